"""Italian texts of what gives a new grid."""

from typing import Final

from imaging import Translation

CROP_TO_BODY: Final = Translation(
    summary="Toglie ciò che sta intorno al corpo e lascia il resto al suo posto nel paziente.",
    names={"margin": "Margine", "level": "Livello"},
    descriptions={
        "margin": "quanto si lascia intorno al corpo",
        "level": "valore sopra il quale è corpo; se manca, -400 HU o la soglia di Otsu",
    },
    units={"level": "unità dell’immagine"},
)
RESAMPLE_ISOTROPIC: Final = Translation(
    summary="Interpola un volume con la stessa spaziatura lungo ogni asse.",
    names={"spacing": "Spaziatura", "interpolation": "Interpolazione"},
    descriptions={
        "spacing": "spaziatura del risultato; se manca, la più fine dell’immagine",
        "interpolation": "come si trovano i valori tra i pixel",
    },
    choices={"interpolation": {"linear": "lineare", "cubic": "cubica", "nearest": "pixel più vicino"}},
)
