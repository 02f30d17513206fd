"""SNS is spoken to in forms. botocore encodes a form twice, for the signature and for sending; here it is done once."""

from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote_plus

Form = dict[str, Any]
# A batch's field names and the texts that go to two topics are met again soon.
_quoted = lru_cache(maxsize=1024)(quote_plus)


def encode_once(client: Any) -> Any:
    """Return the client of a service that takes forms, its requests encoded before they are signed."""
    client.meta.events.register_first(f"request-created.{client.meta.service_model.service_name}", _encode)
    return client


def _encode(request: Any, **_: Any) -> None:
    data: object = request.data
    if isinstance(data, dict):
        request.data = encoded(cast("Form", data))


def encoded(form: Form) -> str:
    """Return a form as `application/x-www-form-urlencoded` has it."""
    return "&".join(f"{_quoted(name)}={_quoted(str(value))}" for name, value in form.items())
