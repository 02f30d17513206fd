"""Whether an algorithm takes the scope of a job."""

from collections.abc import Sequence

from algorithms.declaration import Scope
from runtime.errors import PermanentError


def check_scope(algorithm: str, scopes: Sequence[Scope], scope: Scope) -> None:
    """Refuse a scope that the algorithm does not take: PermanentError (`input_unsupported`)."""
    if scope not in scopes:
        raise PermanentError("input_unsupported", f"{algorithm} takes {' or '.join(scopes)}, not scope {scope}.")
