"""The exception that ends a call with an RFC 9457 problem."""

from collections.abc import Sequence

from runtime.contracts import problems


class Problem(Exception):  # noqa: N818 - RFC 9457's word
    """Ends a call with a problem: `errors` are (pointer, detail) pairs, or ("?name", detail) for a query parameter."""

    def __init__(self, code: str, detail: str, errors: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.errors = errors


def faults(errors: Sequence[tuple[str, str]], code: str = "invalid_request") -> Problem:
    """Return the problem of a request that does not fit, with all its faults."""
    return Problem(code, problems.sentence(errors), errors)
