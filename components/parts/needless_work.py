"""Spares the program work that is for nobody, which grows with each resource."""

import atexit
import gc
import os

import pulumi

# Set it, to anything, for the lines of Pulumi's own SDK in `pulumi up --debug`.
DEBUG = "IMAGING_SDK_DEBUG"


def spare_needless_work() -> None:
    """Leave garbage lying, and what Pulumi's SDK has to say of each of its steps.

    The program lives for seconds and keeps nearly all that it makes. The engine is called for each line of the SDK, and
    shows none of them but to who asks for `--debug`; messages of other kinds are as they were.
    """
    gc.disable()
    atexit.register(gc.freeze)  # or Python would look through all of it once more as it ends
    if not os.environ.get(DEBUG):
        pulumi.log.debug = _drop


def _drop(
    msg: str, resource: pulumi.Resource | None = None, stream_id: int | None = None, ephemeral: bool | None = None
) -> None:
    pass
