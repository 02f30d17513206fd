"""Refuses query parameters that a call does not have: a filter that is ignored would list what nobody asked for."""

from typing import Final

from runtime.handlers import compiled
from runtime.handlers.http.exchange import Request
from runtime.handlers.problem import faults

# A call may carry its signature in the query, which API Gateway has verified:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
SIGNATURE: Final = "x-amz-"
# Of a name that is looked for among the known ones.
LONGEST: Final = 64


def check_query(request: Request) -> None:
    """Raise a Problem if the call has parameters that its route does not know, with the ones that were meant."""
    known = compiled.queries().get(request.route)
    if known is None:
        return
    unknown = [each for each in request.query if each not in known and not each.lower().startswith(SIGNATURE)]
    if unknown:
        raise faults([(f"?{each[:LONGEST] or '(no name)'}", _wrong(each[:LONGEST], known)) for each in unknown])


def _wrong(name: str, known: tuple[str, ...]) -> str:
    if not known:
        return "is not known here: this call takes no query parameters"
    import difflib  # only needed here, and every cold start would pay for it

    meant = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    listed = ", ".join(known)
    return (
        f"is not known here; did you mean {meant[0]}? Known: {listed}"
        if meant
        else f"is not known here; known: {listed}"
    )
