"""Texts of an algorithm in another language."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What the page says of an algorithm in another language; what is left out stays as it is declared.

    Parameters
    ----------
    summary : the sentence of the catalogue.
    names : what parameters, inputs and outputs are called, by their names in the signature.
    descriptions : what describes them, by the same names.
    labels : the names of labels by their numbers, by the name of the output whose labels they are.
    choices : what the values are called among which a parameter chooses, by these values as text, by the parameter.
    units : the units of parameters and outputs that are words, by their names.
    """

    summary: str = ""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    descriptions: Mapping[str, str] = field(default_factory=dict[str, str])
    labels: Mapping[str, Mapping[int, str]] = field(default_factory=dict[str, Mapping[int, str]])
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    units: Mapping[str, str] = field(default_factory=dict[str, str])
