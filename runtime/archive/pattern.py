"""How the existing bucket names its objects: identifiers to a key, and exactly back."""

import re
from typing import Final, NamedTuple, get_args

from pydantic import StringConstraints

from runtime.contracts import models

FIELDS: Final = ("study_id", "series_id", "image_id")
_FIELD = re.compile(r"\{([^{}]*)\}")


def _identifier() -> str:
    constraint = next(part for part in get_args(models.Identifier) if isinstance(part, StringConstraints))
    return str(constraint.pattern).removeprefix("^").removesuffix("$")


IDENTIFIER: Final = _identifier()


class Address(NamedTuple):
    """The identifiers that a key holds."""

    study_id: str
    series_id: str
    image_id: str


class KeyPattern:
    """A pattern such as `{study_id}/{series_id}/{image_id}.dcm`.

    The three fields stand in this order, each once, each in a path segment of its own: only then does a key mean one
    image, and can a study be listed without listing the bucket. Raises ValueError for any other pattern.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        parts = _FIELD.split(pattern)  # literal, field, literal, field, literal, field, literal
        if tuple(parts[1::2]) != FIELDS or any("{" in part or "}" in part for part in parts[::2]):
            raise ValueError(
                f"the key pattern {pattern!r} must hold {{study_id}}, {{series_id}}, {{image_id}} in order"
            )
        if "/" not in parts[2] or "/" not in parts[4]:
            raise ValueError(f"the key pattern {pattern!r} must keep its fields apart with a slash")
        self._literals = tuple(parts[::2])
        expression = "".join(
            re.escape(literal) + (f"({IDENTIFIER})" if index < len(FIELDS) else "")
            for index, literal in enumerate(self._literals)
        )
        self._expression = re.compile(expression)

    def key(self, study_id: str, series_id: str, image_id: str) -> str:
        """Return the object key of an image. Raises ValueError for an invalid identifier."""
        return self._join((study_id, series_id, image_id)) + self._literals[3]

    def parse(self, key: str) -> Address | None:
        """Return the identifiers of a key, or None for a key of another form: the inverse of `key`."""
        match = self._expression.fullmatch(key)
        return Address(*match.groups()) if match else None

    def prefix(self, study_id: str | None = None, series_id: str | None = None) -> str:
        """Return the beginning of a study's keys, of a series', or of all keys, up to the next field."""
        if study_id is None:
            return self._join(())
        return self._join((study_id,) if series_id is None else (study_id, series_id))

    def child(self, folder: str, study_id: str | None = None, series_id: str | None = None) -> str | None:
        """Return the study's or series' identifier that a common prefix (ending in "/") of a listing stands for."""
        level = 0 if study_id is None else 1 if series_id is None else 2
        suffix = self._literals[level + 1].partition("/")[0] + "/"
        prefix = self.prefix(study_id, series_id)
        if not folder.startswith(prefix) or not folder.endswith(suffix):
            return None
        identifier = folder[len(prefix) : len(folder) - len(suffix)]
        return identifier if re.fullmatch(IDENTIFIER, identifier) else None

    def _join(self, identifiers: tuple[str, ...]) -> str:
        for identifier in identifiers:
            if not re.fullmatch(IDENTIFIER, identifier):
                raise ValueError(f"not an identifier: {identifier!r}")
        key = self._literals[0]
        for index, identifier in enumerate(identifiers):
            key += identifier + self._literals[index + 1] if index < 2 else identifier
        return key
