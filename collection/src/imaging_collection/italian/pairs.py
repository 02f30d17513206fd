"""Italian texts of what takes two images."""

from typing import Final

from imaging import Translation

METRIC: Final = {
    "mutual_information": "informazione mutua",
    "correlation": "correlazione",
    "mean_squares": "scarto quadratico medio",
}
TRANSFORM: Final = "porta da questa immagine all’altra, come lo dà una registrazione"
MOVED: Final = "l’immagine mobile nei pixel di quella fissa"
OVERLAP: Final = "quota dell’immagine fissa che quella mobile copre"

COMPARE: Final = Translation(
    summary="Misura quanto due immagini si somigliano e quanto le etichette concordano.",
    names={
        "other": "Altra immagine",
        "labels": "Etichette",
        "other_labels": "Altre etichette",
        "transform": "Trasformazione",
        "mutual_information": "Informazione mutua",
        "overlap": "Sovrapposizione",
        "agreement": "Concordanza",
    },
    descriptions={
        "other": "l’immagine con cui si confronta",
        "labels": "strutture di questa immagine",
        "other_labels": "le stesse strutture dell’altra immagine",
        "transform": TRANSFORM,
        "mse": "scarto quadratico medio, nel quadrato dell’unità dei valori",
        "rmse": "la sua radice quadrata, nell’unità dei valori",
        "mae": "scarto assoluto medio, nell’unità dei valori",
        "ncc": "correlazione incrociata normalizzata, da -1 a 1; nessuna per un solo valore",
        "ssim": "somiglianza strutturale, da -1 a 1; nessuna sotto 7 x 7 pixel",
        "mutual_information": "quanto un’immagine dice dell’altra",
        "overlap": "quota di questa immagine che l’altra copre",
        "agreement": "Dice e Jaccard di ogni etichetta, se ci sono etichette di entrambe",
    },
)
REGISTER_DEFORMABLE: Final = Translation(
    summary="Trova la deformazione regolare che porta un volume mobile su uno fisso.",
    names={
        "metric": "Misura",
        "distance": "Distanza",
        "iterations": "Iterazioni",
        "moving": "Volume mobile",
        "moved": "Volume spostato",
        "transform": "Trasformazione",
        "deformation": "Deformazione",
        "largest_displacement": "Spostamento massimo",
        "smallest_jacobian": "Jacobiano minimo",
        "overlap": "Sovrapposizione",
    },
    descriptions={
        "metric": "che cosa rende simili due immagini",
        "distance": "tra i punti di controllo: se minore, segue dettagli più fini",
        "iterations": "numero massimo di passi a ogni risoluzione",
        "moving": "il volume da portare su questo, per esempio un esame precedente",
        "moved": MOVED,
        "transform": "la parte affine: dai punti dell’immagine fissa a quella mobile",
        "deformation": "la trasformazione intera, affine e B-spline, come la legge ITK",
        "largest_displacement": "di un punto, oltre la parte affine",
        "smallest_jacobian": "crescita minima di un volume; sotto 0 la deformazione si ripiega",
        "overlap": OVERLAP,
    },
    choices={"metric": METRIC},
)
REGISTER_RIGID: Final = Translation(
    summary="Trova la rotazione e lo spostamento che portano un’immagine mobile su una fissa.",
    names={
        "metric": "Misura",
        "start": "Inizio",
        "iterations": "Iterazioni",
        "moving": "Immagine mobile",
        "moved": "Immagine spostata",
        "transform": "Trasformazione",
        "rotation": "Rotazione",
        "shift": "Spostamento",
        "overlap": "Sovrapposizione",
    },
    descriptions={
        "metric": "che cosa rende simili due immagini",
        "start": "dove comincia la ricerca",
        "iterations": "numero massimo di passi a ciascuna di tre risoluzioni",
        "moving": "l’immagine da portare su questa, per esempio un esame precedente",
        "moved": MOVED,
        "transform": "dai punti dell’immagine fissa agli stessi punti di quella mobile",
        "rotation": "angolo di cui ruotano le direzioni",
        "shift": "spostamento del centro dell’immagine fissa",
        "overlap": OVERLAP,
    },
    choices={"metric": METRIC, "start": {"positions": "posizioni nel paziente", "centres": "centri"}},
    units={"rotation": "gradi"},
)
SUBTRACT: Final = Translation(
    summary="Sottrae un’altra immagine negli stessi punti del paziente.",
    names={"other": "Altra immagine", "transform": "Trasformazione"},
    descriptions={
        "other": "l’immagine da sottrarre, per esempio un esame precedente",
        "transform": TRANSFORM,
    },
)
