"""Italian texts of what changes values and keeps the grid."""

from typing import Final

from imaging import Translation

RANGE: Final = "frazione dell’intervallo"
BILATERAL: Final = Translation(
    summary="Leviga ogni piano e conserva i bordi, con la media dei pixel vicini e simili.",
    names={"sigma": "Sigma", "contrast": "Contrasto"},
    descriptions={
        "sigma": "deviazione standard secondo la distanza",
        "contrast": "deviazione standard secondo la differenza dei valori",
    },
    units={"contrast": RANGE},
)
CLAHE: Final = Translation(
    summary="Aumenta il contrasto locale equalizzando l’istogramma di ogni regione, con un limite.",
    names={"region": "Regione", "limit": "Limite"},
    descriptions={
        "region": "lato delle regioni equalizzate",
        "limit": "quota dei pixel di una regione che un livello può contenere",
    },
    units={"limit": "frazione dei pixel"},
)
N4_BIAS_FIELD: Final = Translation(
    summary="Toglie le variazioni lente di luminosità di un’immagine RM.",
    names={"iterations": "Iterazioni", "spacing": "Spaziatura"},
    descriptions={
        "iterations": "numero massimo di iterazioni a ciascuno di quattro livelli",
        "spacing": "distanza tra i pixel con cui il campo è stimato",
    },
)
NON_LOCAL_MEANS: Final = Translation(
    summary="Toglie il rumore di ogni piano con la media dei pixel il cui intorno è simile.",
    names={"strength": "Intensità", "patch": "Intorno", "search": "Ricerca"},
    descriptions={
        "strength": "differenza tollerata tra gli intorni",
        "patch": "lato di un intorno",
        "search": "fin dove si cercano intorni simili",
    },
    units={"strength": "deviazioni standard del rumore", "patch": "pixel", "search": "pixel"},
)
UNSHARP_MASK: Final = Translation(
    summary="Rende più nitido ogni piano aggiungendo ciò che una sfocatura gaussiana toglie.",
    names={"radius": "Raggio", "amount": "Quantità"},
    descriptions={
        "radius": "deviazione standard della sfocatura",
        "amount": "quanto della differenza si aggiunge",
    },
)
WINDOW: Final = Translation(
    summary="Trasforma i valori in livelli di grigio da 0 a 255 con una finestra, come un visualizzatore DICOM.",
    names={"centre": "Centro", "width": "Ampiezza", "function": "Funzione"},
    descriptions={
        "centre": "centro della finestra; se manca, quello del file",
        "width": "ampiezza della finestra; se manca, quella del file",
        "function": "funzione VOI LUT di DICOM",
    },
    choices={"function": {"linear": "lineare", "linear_exact": "lineare esatta", "sigmoid": "sigmoide"}},
    units={"centre": "unità dell’immagine", "width": "unità dell’immagine"},
)
