"""An algorithm that loads something before its first job, as LOADED_WAY says."""

import functools
import os
import time
from pathlib import Path

from imaging import Algorithm, Image, Resources, Result, Weights, hookimpl

WEIGHTS = Weights("loaded_model", "model.txt", sha256="0" * 64, licence="CC0-1.0", source="a test")


@functools.cache
def load() -> dict[str, int]:
    """Note the process, and return it."""
    with Path(os.environ["MOODY_RUNS"]).open("a") as runs:
        runs.write(f"load {os.getpid()} 0\n")
    way = os.environ.get("LOADED_WAY", "")
    if way == "raises":
        raise ValueError("the model is of another release")
    if way == "sleeps":
        time.sleep(60)
    secrets = sum(name.startswith("AWS_") for name in os.environ)
    return {"process": os.getpid(), "secrets": secrets}


def loaded(image: Image, mood: str = "", tag: str = "") -> Result:
    """Say where it was loaded, and where it is used; or end the process."""
    if mood == "killed":
        os.kill(os.getpid(), 9)
    return Result(measurements={**load(), "own": os.getpid()})


@hookimpl
def register_algorithms() -> Algorithm:
    """Register it."""
    small = Resources(0.25, 512, timeout=30)
    weights = (WEIGHTS,) if os.environ.get("LOADED_WAY") == "weights" else ()
    return Algorithm("loaded", "Has a model.", loaded, prepare=load, weights=weights, resources=small)
