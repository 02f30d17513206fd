"""Italian texts of maps."""

from typing import Final

from imaging import Translation

SOBEL_EDGES: Final = Translation(
    summary="Mostra con che pendenza i valori cambiano in ogni piano, in unità per mm.",
)
VESSELNESS: Final = Translation(
    summary="Mostra da 0 a 1 quanto l’intorno di ogni pixel somiglia a un vaso.",
    names={
        "smallest": "Raggio minimo",
        "largest": "Raggio massimo",
        "scales": "Scale",
        "contrast": "Contrasto",
        "vessels": "Vasi",
        "planes": "Piani",
    },
    descriptions={
        "smallest": "raggio dei vasi più sottili",
        "largest": "raggio dei vasi più spessi",
        "scales": "numero di raggi provati",
        "contrast": "derivata seconda che vale mezzo vaso",
        "vessels": "se i vasi sono più chiari di ciò che li circonda",
        "planes": "cerca linee nei piani, o anche tubi da un piano all’altro",
    },
    choices={
        "vessels": {"bright": "chiari", "dark": "scuri"},
        "planes": {"separately": "uno per uno", "together": "insieme"},
    },
    units={"contrast": "frazione dell’intervallo"},
)
