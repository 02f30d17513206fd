"""The catalogue says what a model is loaded from, and has an algorithm's texts in other languages."""

from algorithms.registered import Registered, Registry
from imaging import Algorithm, Image, Translation, Weights
from runtime.contracts.documents.catalogue import catalogue


def run(image: Image) -> Image:
    return image


def test_weights_are_listed_with_checksum_licence_and_source() -> None:
    weights = Weights("tissue_model", "tissue.npz", sha256="0" * 64, licence="CC-BY-4.0", source="doi:10.1/2")
    algorithm = Algorithm("tissue", "Finds tissue.", run, weights=(weights,))
    registered = Registered(algorithm, "tissue", "1.0", "tissue", {"properties": {}}, "")
    (entry,) = catalogue(Registry([registered]))["algorithms"]
    assert entry["weights"] == [
        {
            "package": "tissue_model",
            "file": "tissue.npz",
            "sha256": "0" * 64,
            "licence": "CC-BY-4.0",
            "source": "doi:10.1/2",
        }
    ]


def test_texts_in_other_languages_are_listed() -> None:
    italian = Translation(
        summary="Trova i tessuti.",
        names={"image": "Immagine"},
        labels={"tissue": {1: "osso"}},
        choices={"edge": {"soft": "sfumato"}},
        units={"volume": "millilitri"},
    )
    algorithm = Algorithm("tissue", "Finds tissue.", run, translations={"it": italian})
    registered = Registered(algorithm, "tissue", "1.0", "tissue", {"properties": {}}, "")
    (entry,) = catalogue(Registry([registered]))["algorithms"]
    assert entry["translations"] == {
        "it": {
            "summary": "Trova i tessuti.",
            "names": {"image": "Immagine"},
            "descriptions": {},
            "labels": {"tissue": {"1": "osso"}},
            "choices": {"edge": {"soft": "sfumato"}},
            "units": {"volume": "millilitri"},
        }
    }
