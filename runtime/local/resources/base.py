"""The base of all handlers: provider operations on camelCase properties, as the real provider has them."""

import secrets
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, ClassVar, cast

from botocore.exceptions import ClientError

from runtime.local.resources.constraints import faults

Properties = dict[str, Any]
Boto3Clients = Callable[[str], Any]


class Handler:
    """The operations of one resource type.

    All state is in the cloud: nothing is remembered between two calls, so several processes may serve one stack.
    """

    service: ClassVar[str]
    # The property that holds the physical name, if the provider makes one up; and the longest such name.
    name_property: ClassVar[str] = ""
    name_limit: ClassVar[int] = 64
    defaults: ClassVar[Properties] = {}
    replace_on: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, boto3_client: Boto3Clients, token: str = "") -> None:
        self.boto3_client = boto3_client
        self._token = token

    @property
    def api(self) -> Any:
        """Return the boto3 client of this type's service."""
        return self.boto3_client(self.service)

    def check(self, logical: str, inputs: Properties, old: Mapping[str, Any], seed: bytes = b"") -> Properties:
        """Return the inputs with defaults and the automatic name filled in; a name that exists is kept.

        Raises a ValueError that names every property that AWS would refuse.
        """
        checked = {**self.defaults, **{key: value for key, value in inputs.items() if value is not None}}
        if self.name_property and not checked.get(self.name_property):
            checked[self.name_property] = old.get(self.name_property) or self.auto_name(logical, checked, seed)
        if refused := faults(self._token, checked):
            raise ValueError("; ".join(refused))
        return checked

    def auto_name(self, logical: str, inputs: Properties, seed: bytes) -> str:
        """Return `<logical>-<7 hex digits>`, cut to what the service allows; the same seed gives the same name."""
        digits = (seed or secrets.token_bytes(4)).hex()[:7]
        return f"{logical[: self.name_limit - 8]}-{digits}"

    def diff(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """Return the input properties that differ, and those among them that only a replacement can change."""
        changed = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
        return changed, [key for key in changed if key in self.replace_on]

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; return its id and its outputs."""
        raise NotImplementedError

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Return the outputs as the cloud has them now, or None if it is gone."""
        raise NotImplementedError

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Change it in place; return its outputs."""
        raise NotImplementedError(f"{type(self).__name__} cannot change in place; it is replaced")

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        raise NotImplementedError

    @property
    def place(self) -> str:
        """Return `<region>:<account>`, which most ARNs have after the service's name."""
        return f"{self.api.meta.region_name}:{account(self.boto3_client)}"

    def present(self, identity: str, inputs: Properties) -> Properties:
        """Return the outputs of something that must exist."""
        outputs = self.read(identity, inputs)
        if outputs is None:
            raise LookupError(f"{type(self).__name__} {identity} does not exist right after it was written")
        return outputs


@lru_cache(maxsize=8)
def account(boto3_client: Boto3Clients) -> str:
    """Return the number of the account whose boto3 clients these are."""
    return str(boto3_client("sts").get_caller_identity()["Account"])


def absent(error: ClientError) -> bool:
    """Return whether an AWS error says that something does not exist."""
    code = str(error.response["Error"]["Code"])  # pyright: ignore[reportTypedDictNotRequiredAccess]
    return any(word in code for word in ("NotFound", "NoSuch", "NonExistent", "DoesNotExist", "404")) or (
        code in ("ClientException", "ValidationError") and "does not exist" in str(error)
    )


def unless_absent(call: Callable[..., Any], **arguments: Any) -> Any:
    """Return the answer of `call`, or None if AWS says that the resource does not exist."""
    try:
        return call(**arguments)
    except ClientError as error:
        if absent(error):
            return None
        raise


def nested(inputs: Mapping[str, Any], name: str) -> Properties:
    """Return the object that a property holds, or an empty one if it is not set."""
    return inputs.get(name) or {}


def tags_list(inputs: Mapping[str, Any], key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """Return the `tags` property in the list form that most services take."""
    return [{key: name, value: text} for name, text in nested(inputs, "tags").items()]


def pascal(value: Any) -> Any:
    """Return nested properties with their keys in PascalCase, as most AWS APIs spell them."""
    return _with_first_letters(str.upper, value)


def camel(value: Any) -> Any:
    """Return an AWS answer with its keys in camelCase, as the provider spells them."""
    return _with_first_letters(str.lower, value)


def _with_first_letters(change: Callable[[str], str], value: Any) -> Any:
    if isinstance(value, dict):
        items = cast(Properties, value)
        return {change(key[:1]) + key[1:]: _with_first_letters(change, inner) for key, inner in items.items()}
    if isinstance(value, list):
        return [_with_first_letters(change, inner) for inner in cast(list[Any], value)]
    return value


def pick(inputs: Mapping[str, Any], **names: str) -> dict[str, Any]:
    """Return `{API argument: value}` of those properties (`api_name="property"`) that are set."""
    return {argument: inputs[name] for argument, name in names.items() if inputs.get(name) is not None}
