"""One call of the API."""

from dataclasses import dataclass
from typing import Any, Final

Parameter = tuple[str, str, bool, dict[str, Any], str]  # in, name, required, schema, description
ALWAYS: Final = ("address_not_allowed", "unavailable", "internal_error")
OWNED: Final = ("unauthorized", "forbidden")


@dataclass(frozen=True, kw_only=True)
class Route:
    """One call: who handles it, what it takes and what it answers."""

    method: str
    path: str
    handler: str
    operation: str
    summary: str
    status: int
    answers: str
    response: str = ""
    request: str = ""
    parameters: tuple[Parameter, ...] = ()
    codes: tuple[str, ...] = ALWAYS
    token: bool = True
    operator: bool = False
    """Whether it is the operators' alone: called with a signature of AWS, whatever the stack asks of its clients."""
    sign_in: bool = False
    """Whether an operators' route asks for a sign-in with `operatorsScope` instead, if the stack has that."""
    per_algorithm: bool = False
    media: str = "application/json"
    batch: tuple[str, str] = ("", "")
    """The request of many jobs in one call and its response, if the call takes one."""
    share: float = 1.0
    """Of the requests that the API takes of any other route: a call that costs more is taken less often."""

    @property
    def key(self) -> str:
        """By which API Gateway knows it."""
        return f"{self.method} {self.path}"

    @property
    def query(self) -> tuple[str, ...]:
        """The names of its query parameters; a call that may answer `invalid_request` refuses all others."""
        return tuple(name for place, name, *_ in self.parameters if place == "query")
