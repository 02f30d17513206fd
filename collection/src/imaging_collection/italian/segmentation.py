"""Italian texts of masks and labels."""

from typing import Final

from imaging import Translation

UNIT: Final = "unità dell’immagine"
BODY_MASK: Final = Translation(
    summary="Maschera il corpo: la regione più grande sopra un livello, con ciò che contiene.",
    names={"level": "Livello", "opening": "Apertura"},
    descriptions={
        "level": "valore sopra il quale è corpo; se manca, -400 HU o la soglia di Otsu",
        "opening": "larghezza di ciò che si toglie: lettino, tubi",
    },
    units={"level": UNIT},
)
OTSU: Final = Translation(
    summary="Divide un’immagine in due alla soglia che separa meglio i suoi valori.",
    names={"keep": "Classe"},
    descriptions={"keep": "quale delle due classi vale 1"},
    choices={"keep": {"above": "sopra la soglia", "below": "sotto la soglia"}},
)
THRESHOLD: Final = Translation(
    summary="Maschera un intervallo di valori, per esempio HU; volendo, solo la regione più grande e senza fori.",
    names={"lower": "Minimo", "upper": "Massimo", "keep": "Regioni", "holes": "Fori"},
    descriptions={
        "lower": "valore più basso che conta",
        "upper": "valore più alto che conta",
        "keep": "quali regioni si tengono",
        "holes": "che cosa avviene dei fori in un piano",
    },
    choices={
        "keep": {"all": "tutte", "largest": "la più grande"},
        "holes": {"keep": "restano", "fill": "si riempiono"},
    },
    units={"lower": UNIT, "upper": UNIT},
)
WATERSHED_SPLIT: Final = Translation(
    summary="Etichetta gli oggetti sopra un valore e separa quelli che si toccano dove sono più stretti.",
    names={"lower": "Minimo", "distance": "Distanza"},
    descriptions={
        "lower": "valore più basso di un oggetto",
        "distance": "distanza da cui due centri sono due oggetti",
    },
    units={"lower": UNIT},
)
