"""The PACS API's settings, from its container's environment."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from runtime.contracts import keys
from runtime.contracts.variables import pacs_variables

# What the server itself needs of the task's memory, with the pictures and the files that it keeps.
SERVER_MIB = 384
PARSER_MIB = 256  # what the process that parses headers may allocate
DECODER_MOST_MIB = 3072  # the largest frame, its values and its picture
DECODER_LEAST_MIB = 256  # however small the task: below this, hardly an image can be decoded


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
    memory_mib : the memory of the server's task; 0 outside a task, where only the largest frame is a limit.
    uploads : whether callers may store images in the bucket.
    patient_columns : whether the list of studies names patients.
    """

    bucket: str
    pattern: str = keys.PACS_KEY_PATTERN
    processing_api: str = ""
    port: int = 8080
    origins: tuple[str, ...] = ()
    decoders: int = field(default_factory=lambda: max(1, min(4, os.cpu_count() or 1)))
    issuer: str = ""
    audiences: tuple[str, ...] = ()
    memory_mib: int = 0
    uploads: bool = False
    patient_columns: bool = False

    def __post_init__(self) -> None:
        if bool(self.issuer) != bool(self.audiences):
            raise ValueError("JWT_ISSUER and JWT_AUDIENCES must be given together")

    @property
    def decoder_bytes(self) -> int:
        """What one decoding process may allocate, so that all of them and the server fit into the task."""
        if not self.memory_mib:
            return DECODER_MOST_MIB << 20
        share = (self.memory_mib - SERVER_MIB - PARSER_MIB) // self.decoders
        return max(DECODER_LEAST_MIB, min(share, DECODER_MOST_MIB)) << 20


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises KeyError for a missing PACS_BUCKET, ValueError for a PORT or MEMORY_MIB that is no number, or an issuer
    without audiences.
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
        memory_mib=int(environment.get(pacs_variables.MEMORY_MIB) or 0),
        uploads=environment.get(pacs_variables.UPLOADS) == "true",
        patient_columns=environment.get(pacs_variables.PATIENT_COLUMNS) == "true",
    )
