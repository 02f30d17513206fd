"""What a caller accepts."""

import re
from functools import lru_cache
from typing import Final

WEIGHT: Final = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")  # RFC 9110, 12.4.2


@lru_cache(64)  # callers of one kind send one header
def choose(accept: str, offers: tuple[str, ...]) -> str | None:
    """Return the offer that an Accept header likes best, the first among equals; None if it takes none of them."""
    preferences = [_preference(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best, liked = None, 0.0
    for offer in offers:
        kind = offer.partition("/")[0]
        # The most specific range decides, whatever its weight (RFC 9110, 12.5.1).
        for media in (offer, f"{kind}/*", "*/*"):
            weights = [weight for preferred, weight in preferences if preferred == media]
            if weights:
                if max(weights) > liked:
                    best, liked = offer, max(weights)
                break
    return best


def takes_gzip(accept_encoding: str) -> bool:
    """Tell whether an Accept-Encoding header takes gzip (RFC 9110, 12.5.3); a weight of 0 refuses it."""
    weights = dict(_preference(part) for part in accept_encoding.split(",") if part.strip())
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _preference(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return media, float(value) if WEIGHT.fullmatch(value) else 0.0
    return media, 1.0
