"""Checks JSON web tokens as API Gateway does for the processing API: a token that opens one API opens both."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

import jwt

from runtime.pacs.auth.issuer import Issuer

# Those of public keys. The library refuses a key that does not fit the algorithm.
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY: Final = 30  # seconds that the issuer's clock may differ
TIME_MOST: Final = 1e12


class TokenError(Exception):
    """A token that is not accepted; the message says why, and quotes nothing of the token."""


class Tokens:
    """Checks tokens as API Gateway's JWT authorizer does: `aud`, or `client_id` if there is none, names an audience."""

    def __init__(self, issuer: Issuer, audiences: Sequence[str], now: Callable[[], float] = time.time) -> None:
        self._issuer = issuer
        self._audiences = frozenset(audiences)
        self._now = now

    async def check(self, token: str) -> None:
        """Raise TokenError for a token that is not accepted, IssuerError if that cannot be decided."""
        try:
            header, claims = _parts(token)
            self._claims(claims)  # before the issuer is asked: most of what is wrong costs nothing to see
            algorithm, kid = header.get("alg"), header.get("kid")
            if algorithm not in ALGORITHMS or "crit" in header:
                raise TokenError("The token's signature is of a kind that is not accepted.")
            key = await self._issuer.key(kid) if isinstance(kid, str) else None
            if key is None:
                raise TokenError("The token is not signed with any of the issuer's keys.")
            if key.algorithm not in (None, algorithm):
                raise TokenError("The token's signature is of another kind than the issuer's key.")
            # What is left to check is that the issuer signed these very claims.
            jwt.decode(token, key.public, algorithms=[str(algorithm)], options=_SIGNATURE)
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise TokenError("The token cannot be read, or its signature is wrong.") from error

    def _claims(self, claims: Mapping[str, Any]) -> None:
        if claims.get("iss") != self._issuer.address:
            raise TokenError("The token comes from another issuer.")
        now, times = self._now(), {name: claims.get(name) for name in ("exp", "nbf", "iat")}
        if times["exp"] is None or any(not _number(time) for time in times.values() if time is not None):
            raise TokenError("The token does not say until when it is valid.")
        if times["exp"] <= now - LEEWAY:
            raise TokenError("The token has expired; sign in again.")
        if any((times[name] or 0) > now + LEEWAY for name in ("nbf", "iat")):
            raise TokenError("The token is not valid yet.")
        named: Any = claims["aud"] if "aud" in claims else claims.get("client_id")
        entries = cast(list[Any], named) if isinstance(named, list) else [named]
        if not self._audiences.intersection(entry for entry in entries if isinstance(entry, str)):
            raise TokenError("The token is meant for another audience.")


_SIGNATURE: Final[Any] = {"verify_signature": True} | {
    f"verify_{claim}": False for claim in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")
}


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return header and claims, whoever signed them."""
    whole: Any = jwt.decode_complete(token, options={"verify_signature": False})
    return whole["header"], whole["payload"]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < TIME_MOST
