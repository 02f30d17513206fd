"""Whether the declared weights say what they must, and are installed."""

import re
from pathlib import PurePosixPath
from typing import Any, Final, cast

from algorithms.errors import DeclarationError, WeightsError
from algorithms.weights import Weights

SHA256: Final = re.compile(r"[0-9a-f]{64}")
PACKAGE: Final = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
TEXTS: Final = {"licence": "under which it may be used", "source": "where it comes from"}


def check_weights(weights: object) -> None:
    """Check an algorithm's weights; DeclarationError if one cannot be or is not there. Contents are not compared."""
    if type(weights) is not tuple or not all(isinstance(each, Weights) for each in cast("tuple[Any, ...]", weights)):
        raise DeclarationError(f"weights is {weights!r}; give a tuple of Weights(...)")
    listed = cast("tuple[Weights, ...]", weights)
    for each in listed:
        _check(each)
    if len({(each.package, each.file) for each in listed}) < len(listed):
        raise DeclarationError("weights names a file twice")


def _check(weights: Weights) -> None:
    if not _is_text(weights.package) or not PACKAGE.fullmatch(weights.package):
        raise DeclarationError(f"weights of {weights.package!r}: give the package that holds them, as it is imported")
    if not _is_text(weights.file) or PurePosixPath(weights.file).is_absolute() or ".." in weights.file.split("/"):
        raise DeclarationError(f"weights {weights.file!r} of {weights.package}: give the file's path in the package")
    if not _is_text(weights.sha256) or not SHA256.fullmatch(weights.sha256):
        raise DeclarationError(f"{weights}: sha256 is {weights.sha256!r}; give 64 digits, as `sha256sum` prints them")
    for name, meaning in TEXTS.items():
        if not _is_text(getattr(weights, name)):
            raise DeclarationError(f"{weights}: {name} is {getattr(weights, name)!r}; say {meaning}")
    try:
        weights.path()
    except WeightsError as error:
        raise DeclarationError(str(error)) from error


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
