"""The PACS API's settings, from its container's environment."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from runtime.contracts import keys, pacs_variables


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment, read once.

    Parameters
    ----------
    bucket, pattern : the existing bucket and how it names its objects.
    processing_api : address of the processing API, or "" if images are only shown.
    port : port to listen on.
    origins : web origins that may call, or "*".
    decoders : processes that decode.
    issuer, audiences : who signs the JSON web tokens that a caller must bring, and for whom they must be meant; ""
        and none in a stack that asks for none.
    """

    bucket: str
    pattern: str = keys.PACS_KEY_PATTERN
    processing_api: str = ""
    port: int = 8080
    origins: tuple[str, ...] = ()
    decoders: int = field(default_factory=lambda: max(1, min(4, os.cpu_count() or 1)))
    issuer: str = ""
    audiences: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.issuer) != bool(self.audiences):
            raise ValueError("JWT_ISSUER and JWT_AUDIENCES must be given together")


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises KeyError for a missing PACS_BUCKET, ValueError for a PORT that is no number or an issuer without audiences.
    """
    origins = environment.get(pacs_variables.CORS_ORIGINS, "").split(",")
    return Settings(
        bucket=environment[pacs_variables.PACS_BUCKET],
        pattern=environment.get(pacs_variables.PACS_KEY_PATTERN) or keys.PACS_KEY_PATTERN,
        processing_api=environment.get(pacs_variables.PROCESSING_API_BASE, "").rstrip("/"),
        port=int(environment.get(pacs_variables.PORT) or 8080),
        origins=tuple(origin.strip() for origin in origins if origin.strip()),
        issuer=environment.get(pacs_variables.JWT_ISSUER, ""),
        audiences=tuple(json.loads(environment.get(pacs_variables.JWT_AUDIENCES) or "[]")),
    )
