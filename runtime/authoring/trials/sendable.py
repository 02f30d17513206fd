"""What a function returned, as another process can be sent it."""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import SimpleNamespace
from typing import Any, Final, cast

import numpy as np

from algorithms.image import Image, Result
from algorithms.ports.types import OUTPUTS

OURS: Final = frozenset({Image, Result, *OUTPUTS})
PLAIN: Final = (bool, int, float, str, bytes)


def sendable(value: Any) -> Any:
    """Return a result made of our types and Python's alone: an author's classes may be known in one process only.

    Outputs of a dataclass of the author's are attributes of a namespace. What cannot be sent at all, which is never
    what a result's files are made of, becomes None.
    """
    if type(value) in (type(None), *PLAIN, np.ndarray):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        ours = next((each for each in type(value).__mro__ if each in OURS), None)
        named = {each.name: sendable(getattr(value, each.name)) for each in fields(ours or value)}
        return (ours or SimpleNamespace)(**named)
    if isinstance(value, Mapping):
        listed = cast("Mapping[Any, Any]", value)
        return {sendable(name): sendable(each) for name, each in listed.items()}
    if _can_be_sent(value):
        return cast("Any", value)
    if isinstance(value, np.ndarray):  # of a class of the author's
        return np.asarray(cast("Any", value))
    if base := next((each for each in PLAIN if isinstance(value, each)), None):
        return base(cast("Any", value))
    return [sendable(each) for each in cast("Sequence[Any]", value)] if hasattr(value, "__len__") else None


def _can_be_sent(value: object) -> bool:
    try:
        pickle.dumps(value)
    except Exception:
        return False
    return True
