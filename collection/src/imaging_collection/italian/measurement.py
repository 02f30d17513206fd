"""Italian texts of measurements."""

from typing import Final

from imaging import Translation

UNIT: Final = "unità dell’immagine"
HISTOGRAM_STATISTICS: Final = Translation(
    summary="Misura la distribuzione dei valori: media, deviazione, percentili, entropia.",
    names={"lower": "Minimo", "upper": "Massimo", "bins": "Classi"},
    descriptions={
        "lower": "valore più basso che conta",
        "upper": "valore più alto che conta",
        "bins": "numero di classi per l’entropia",
    },
    units={"lower": UNIT, "upper": UNIT},
)
REGION_PROPERTIES: Final = Translation(
    summary="Misura grandezza, posizione, forma e valori di ogni regione etichettata.",
    names={"labels": "Etichette", "regions": "Regioni", "number": "Numero", "volume": "Volume"},
    descriptions={
        "labels": "le regioni, per esempio le etichette di un lavoro precedente",
        "regions": "una riga per ogni etichetta",
        "number": "etichette oltre allo sfondo",
        "volume": "di tutte insieme",
    },
)
SNR: Final = Translation(summary="Misura nel corpo il segnale, il rumore e il loro rapporto.")
