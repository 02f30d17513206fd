"""The issuer's keys: found by OpenID Connect discovery, kept, and fetched anew as they are rotated."""

import asyncio
import ipaddress
import json
import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple, cast
from urllib.parse import urlsplit

import httpx
import jwt

DISCOVERY: Final = "/.well-known/openid-configuration"
# Seconds: keys are requested again once they are FRESH old, and used for at most KEPT if the issuer does not answer, as
# long as API Gateway may keep them too.
FRESH: Final = 600.0
KEPT: Final = 7200.0
# Any caller can send tokens with unknown keys: for these the issuer is asked only once in this many seconds.
PAUSE: Final = 30.0
# The pause after an issuer that did not answer.
RETRY: Final = 5.0
SECONDS: Final = 10.0
DOCUMENT_BYTES: Final = 256 * 1024
KEYS_MOST: Final = 100


class IssuerError(Exception):
    """The issuer does not answer, or its answer is not an issuer's."""


class Key(NamedTuple):
    """A public key, and the algorithm that its document binds it to, if any."""

    public: Any
    algorithm: str | None


class Issuer:
    """The issuer that signs the tokens. It belongs to one event loop.

    Parameters
    ----------
    address : the issuer, as tokens name it. Raises ValueError unless it is https; a loopback address may be http.
    http : sends the requests.
    clock : monotonic seconds.
    """

    def __init__(self, address: str, http: httpx.AsyncClient, clock: Callable[[], float] = time.monotonic) -> None:
        if not _trusted(address, local=True):
            raise ValueError(f"the issuer {address!r} must be an https address")
        self.address = address
        self._http = http
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._fetched = self._asked = -KEPT
        self._failure: IssuerError | None = None
        self._asking: asyncio.Task[None] | None = None

    async def key(self, kid: str) -> Key | None:
        """Return the key called `kid`; None if the issuer has none. Raises IssuerError if it cannot be asked."""
        age = self._clock() - self._fetched
        known = self._keys.get(kid) if age < KEPT else None
        if known is not None:
            if age > FRESH:
                self._start()  # nobody waits for it
            return known
        asking = self._start()
        if asking is not None:
            await asyncio.shield(asking)  # others wait for it, too: a caller that leaves must not end it
        if self._failure:
            raise self._failure
        return self._keys.get(kid)

    def _start(self) -> asyncio.Task[None] | None:
        """Return the fetch that is under way, or begin one; None if the last is too recent."""
        if self._asking is not None and not self._asking.done():
            return self._asking
        if self._clock() - self._asked < (RETRY if self._failure else PAUSE):
            return None
        self._asked = self._clock()
        self._asking = asyncio.create_task(self._fetch())
        return self._asking

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                document = await self._get(self.address.rstrip("/") + DISCOVERY)
                if document.get("issuer") != self.address:
                    raise IssuerError("the issuer's document names another issuer")
                address = document.get("jwks_uri")
                if not isinstance(address, str) or not _trusted(address, local=_loopback(self.address)):
                    raise IssuerError("the issuer's document names no https address of its keys")
                self._keys = _keys(await self._get(address))
            self._fetched, self._failure = self._clock(), None
        except TimeoutError:
            self._failure = IssuerError("the issuer took too long to answer")
        except IssuerError as error:
            self._failure = error

    async def _get(self, address: str) -> dict[str, Any]:
        content = bytearray()
        try:
            async with self._http.stream("GET", address, headers={"Accept": "application/json"}) as answer:
                if answer.status_code != 200:
                    raise IssuerError(f"the issuer answered {answer.status_code}")
                async for chunk in answer.aiter_bytes():
                    content += chunk
                    if len(content) > DOCUMENT_BYTES:
                        raise IssuerError("the issuer's answer is too long")
            value: Any = json.loads(content)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise IssuerError("the issuer did not answer") from error
        if not isinstance(value, dict):
            raise IssuerError("the issuer's answer is no document")
        return cast(dict[str, Any], value)


def _keys(document: dict[str, Any]) -> dict[str, Key]:
    """Return the keys that verify signatures; those that the library does not know are skipped."""
    keys: dict[str, Key] = {}
    listed: Any = document.get("keys")
    if not isinstance(listed, list):
        raise IssuerError("the issuer's document has no keys")
    entries = [cast(dict[str, Any], each) for each in cast(list[Any], listed) if isinstance(each, dict)]
    for entry in entries[:KEYS_MOST]:
        if not isinstance(entry.get("kid"), str) or entry.get("use", "sig") != "sig" or entry.get("kty") == "oct":
            continue
        try:
            keys[entry["kid"]] = Key(jwt.PyJWK(entry).key, entry.get("alg"))
        except (jwt.PyJWTError, ValueError, TypeError, KeyError):
            continue
    return keys


def _trusted(address: str, *, local: bool) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (local and _loopback(address)))


def _loopback(address: str) -> bool:
    parts = urlsplit(address)
    try:
        return parts.scheme == "http" and ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
