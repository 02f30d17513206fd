"""What all messages and bodies are made of: their base, and the forms of identifiers."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from runtime.contracts import keys

Scope = Literal["image", "series", "study"]

# DICOM UIDs, or what the existing bucket uses instead; no character that could leave its segment of a key.
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$")]
ClientId = Annotated[str, StringConstraints(pattern=f"^{keys.CLIENT_ID_PATTERN}$")]
BatchId = Annotated[str, StringConstraints(pattern=f"^{keys.BATCH_ID_PATTERN}$")]
JobId = Annotated[str, StringConstraints(pattern=f"^{keys.JOB_ID_PATTERN}$")]
# A job's id or a batch's: what the callbacks table has its receiver under.
CallbackId = Annotated[str, StringConstraints(pattern=f"^({keys.JOB_ID_PATTERN}|{keys.BATCH_ID_PATTERN})$")]
# A volume of a series, as the stack of the series names it.
VolumeId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
OrderingKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


class Model(BaseModel):
    """The base of every message and body: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
