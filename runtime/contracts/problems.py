"""The body of an error of either API, as RFC 9457 has it. Plain Python: the Lambda bundle carries this file.

A fault is a pair: a JSON pointer into the body, or "?name" for a query parameter, and what is wrong there.
"""

from collections.abc import Sequence
from typing import Any, Final

from runtime.contracts.codes import CODES

Faults = Sequence[tuple[str, str]]

MEDIA_TYPE: Final = "application/problem+json"
FAULTS_SHOWN: Final = 100


def body(code: str, detail: str, faults: Faults = (), status: int | None = None) -> dict[str, Any]:
    """Return the body of a problem; `status` is that of its code unless it is given."""
    problem: dict[str, Any] = {
        "type": f"urn:imaging:problem:{code}",
        "title": CODES[code].title,
        "status": status or CODES[code].status,
        "detail": detail,
        "code": code,
    }
    if faults:
        problem["errors"] = [
            {"parameter": at[1:], "detail": wrong} if at.startswith("?") else {"pointer": at, "detail": wrong}
            for at, wrong in faults[:FAULTS_SHOWN]
        ]
    return problem


def sentence(faults: Faults) -> str:
    """Return the first fault as a sentence, with the number of the others."""
    at, wrong = faults[0]
    more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
    return f"{at.removeprefix('?') or 'The body'} {wrong}{more}."
