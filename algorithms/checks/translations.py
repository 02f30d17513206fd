"""Whether translations are of texts that an algorithm has."""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final, cast

from algorithms.errors import DeclarationError
from algorithms.ports.inputs import inputs_of
from algorithms.ports.outputs import outputs_of
from algorithms.translation import Translation

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check_translations(translations: object, run: Callable[..., Any], parameters: Iterable[str]) -> None:
    """Check an algorithm's translations by language. Raises DeclarationError."""
    if not isinstance(translations, Mapping):
        raise DeclarationError(f"translations is {translations!r}; give a mapping such as {{'it': Translation(...)}}")
    ports = outputs_of(run)
    outputs = {port.name: port for port in ports.ports} if ports else {}
    known = [*parameters, *(port.name for port in inputs_of(run)), *outputs]
    labels = {name: port.names for name, port in outputs.items() if port.type == "labels"}
    for language, translation in cast("Mapping[object, object]", translations).items():
        if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
            raise DeclarationError(f"translations has {language!r}, which is no language; write it, de or pt-BR")
        if not isinstance(translation, Translation):
            raise DeclarationError(f"translations has {translation!r} for {language!r}; give a Translation")
        try:
            _check(translation, known, labels)
        except DeclarationError as error:
            raise DeclarationError(f"translation {language!r}: {error}") from error


def _check(translation: Translation, known: list[str], labels: Mapping[str, Mapping[int, str]]) -> None:
    if not isinstance(cast("object", translation.summary), str):
        raise DeclarationError(f"summary is {translation.summary!r}, not a text")
    for field in ("names", "descriptions"):
        _check_texts(field, getattr(translation, field), known, "parameter, input or output")
    if not isinstance(cast("object", translation.labels), Mapping):
        raise DeclarationError(f"labels is {translation.labels!r}, not a mapping")
    for output, names in translation.labels.items():
        if output not in labels:
            raise DeclarationError(_unknown("labels", output, list(labels), "output with labels"))
        _check_texts(f"labels of {output}", names, list(labels[output]), "label")


def _check_texts(field: str, texts: object, known: list[Any], what: str) -> None:
    if not isinstance(texts, Mapping):
        raise DeclarationError(f"{field} is {texts!r}, not a mapping from names to texts")
    for name, text in cast("Mapping[object, object]", texts).items():
        if name not in known:
            raise DeclarationError(_unknown(field, name, known, what))
        if not isinstance(text, str) or not text.strip():
            raise DeclarationError(f"{field} has {text!r} for {name!r}, not a text")


def _unknown(field: str, name: object, known: list[Any], what: str) -> str:
    near = get_close_matches(str(name), [str(each) for each in known], 1)
    listed = f"did you mean {near[0]}?" if near else f"there are {', '.join(map(str, known)) or 'none'}"
    return f"{field} names {name!r}, which is no {what} of the function; {listed}"
