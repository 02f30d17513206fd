"""Whether translations are of texts that an algorithm has."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, cast

from algorithms.errors import DeclarationError
from algorithms.ports.inputs import inputs_of
from algorithms.ports.outputs import outputs_of
from algorithms.translation import Translation

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class _Known:
    """What a translation may name: parameters, inputs and outputs, labels and choices by their owner, units."""

    names: list[str]
    labels: Mapping[str, list[Any]]
    choices: Mapping[str, list[Any]]
    units: list[str]


def check_translations(translations: object, run: Callable[..., Any], parameters: Mapping[str, Any]) -> None:
    """Check an algorithm's translations by language; `parameters` are the properties of its JSON Schema.

    Raises DeclarationError.
    """
    if not isinstance(translations, Mapping):
        raise DeclarationError(f"translations is {translations!r}; give a mapping such as {{'it': Translation(...)}}")
    ports = outputs_of(run)
    outputs = {port.name: port for port in ports.ports} if ports else {}
    choices = {name: [str(each) for each in _stated(schema, "enum") or ()] for name, schema in parameters.items()}
    units = [name for name, schema in parameters.items() if _stated(schema, "unit")]
    known = _Known(
        names=[*parameters, *(port.name for port in inputs_of(run)), *outputs],
        labels={name: list(port.names) for name, port in outputs.items() if port.type == "labels"},
        choices={name: values for name, values in choices.items() if values},
        units=[*units, *(name for name, port in outputs.items() if port.unit)],
    )
    for language, translation in cast("Mapping[object, object]", translations).items():
        if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
            raise DeclarationError(f"translations has {language!r}, which is no language; write it, de or pt-BR")
        if not isinstance(translation, Translation):
            raise DeclarationError(f"translations has {translation!r} for {language!r}; give a Translation")
        try:
            _check(translation, known)
        except DeclarationError as error:
            raise DeclarationError(f"translation {language!r}: {error}") from error


def _stated(schema: Mapping[str, Any], keyword: str) -> Any:
    """Return what a parameter's schema says by a keyword, also if the parameter may be None."""
    parts = [schema, *schema.get("anyOf", ())]
    return next((part[keyword] for part in parts if part.get(keyword)), None)


def _check(translation: Translation, known: _Known) -> None:
    if not isinstance(cast("object", translation.summary), str):
        raise DeclarationError(f"summary is {translation.summary!r}, not a text")
    for field in ("names", "descriptions"):
        _check_texts(field, getattr(translation, field), known.names, "parameter, input or output")
    _check_texts("units", translation.units, known.units, "parameter or output with a unit")
    _check_owned("labels", translation.labels, known.labels, "output with labels", "label")
    _check_owned("choices", translation.choices, known.choices, "parameter with choices", "choice")


def _check_owned(field: str, texts: object, owners: Mapping[str, list[Any]], owner: str, what: str) -> None:
    """Check texts of what belongs to a parameter or an output, such as labels. Raises DeclarationError."""
    if not isinstance(texts, Mapping):
        raise DeclarationError(f"{field} is {texts!r}, not a mapping")
    for name, each in cast("Mapping[str, object]", texts).items():
        if name not in owners:
            raise DeclarationError(_unknown(field, name, list(owners), owner))
        _check_texts(f"{field} of {name}", each, owners[name], what)


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
