"""An algorithm that does whatever its job says, including the worst."""

import ctypes
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from imaging import Algorithm, Image, Resources, Result, UnsupportedInput, hookimpl, report_progress

Mood = Literal[
    "nothing", "image", "partial", "sleep", "progress", "spawn",
    "segfault", "abort", "exit", "quit", "loop", "memory", "slow_memory", "killed", "raise", "unsupported",
    "wrong_type", "wrong_shape", "not_a_number", "nothing_at_all",
    "litter", "verbose", "many", "leak", "crash_once", "full_disk", "killer",
]  # fmt: skip


def moody(image: Image, mood: Mood = "nothing", seconds: float = 0.0, tag: str = "") -> Any:
    """Do what `mood` says, after noting `tag` in the file that MOODY_RUNS names."""
    with Path(os.environ["MOODY_RUNS"]).open("a") as runs:
        runs.write(f"{tag} {os.getpid()} {time.time()}\n")
    report_progress(0.25)
    if "sleep" in mood:
        time.sleep(seconds)
    if mood in ("nothing", "sleep"):
        return Result(measurements={"planes": len(image.pixels)})
    return globals()[f"_{mood}"](image, seconds)


def _image(image: Image, _: float) -> Image:
    import numpy as np

    return replace(image, pixels=np.concatenate([image.pixels, image.pixels // 2]))


def _partial(image: Image, _: float) -> Result:
    return Result(image, {"volume_ml": 1.5, "contrast": float("nan")}, ("There is no second phase.",))


def _progress(image: Image, seconds: float) -> Result:
    for step in range(1, 11):
        report_progress(step / 10)
        time.sleep(seconds / 10)
    return Result(measurements={"steps": 10})


def _spawn(image: Image, seconds: float) -> Any:
    import subprocess

    other = subprocess.Popen(["sleep", "1000"])
    with Path(os.environ["MOODY_RUNS"]).open("a") as runs:
        runs.write(f"spawned {other.pid} 0\n")
    _loop(image, seconds)


def _segfault(image: Image, _: float) -> None:
    ctypes.string_at(0)


def _abort(image: Image, _: float) -> None:
    os.abort()


def _exit(image: Image, _: float) -> None:
    os._exit(7)


def _quit(image: Image, _: float) -> None:
    sys.exit(3)


def _loop(image: Image, _: float) -> None:
    while True:
        pass


def _memory(image: Image, _: float) -> Result:
    import numpy as np

    return Result(measurements={"sum": float(np.ones((1 << 14, 1 << 14)).sum())})


def _slow_memory(image: Image, _: float) -> None:
    hoard = []
    while True:
        hoard.append(bytearray(64 << 20))


def _killed(image: Image, _: float) -> None:
    os.kill(os.getpid(), 9)  # as the kernel does when the task's memory is used up


def _raise(image: Image, _: float) -> None:
    raise ValueError(f"sigma in {__file__} is too large\nand more that nobody should read")


def _unsupported(image: Image, _: float) -> None:
    raise UnsupportedInput("Only colour images can be balanced.")


def _wrong_type(image: Image, _: float) -> Any:
    return [1, 2, 3]


def _wrong_shape(image: Image, _: float) -> Image:
    return replace(image, pixels=image.pixels[0])


def _not_a_number(image: Image, _: float) -> Image:
    return replace(image, pixels=image.pixels * float("nan"))


def _nothing_at_all(image: Image, _: float) -> Result:
    return Result()


_leaked: list[bytearray] = []


def _leak(image: Image, _: float) -> Result:
    _leaked.append(bytearray(40 << 20))
    return Result(measurements={"leaked": len(_leaked)})


def _crash_once(image: Image, seconds: float) -> Result:
    marker = Path(os.environ["MOODY_RUNS"]).with_name("crashed-once")
    if not marker.exists():
        marker.touch()
        os.abort()
    return Result(measurements={"planes": len(image.pixels)})


def _killer(image: Image, _: float) -> None:
    """Ask the test to end the worker, the parent of the fork server, with all that it runs; a job itself may not."""
    stat = Path(f"/proc/{os.getppid()}/stat").read_text()
    with Path(os.environ["MOODY_RUNS"]).open("a") as runs:
        runs.write(f"kill {stat.rsplit(')', 1)[1].split()[1]} {time.time()}\n")
    time.sleep(60)


def _full_disk(image: Image, _: float) -> None:
    raise OSError(28, "No space left on device")


def _litter(image: Image, seconds: float) -> None:
    with tempfile.NamedTemporaryFile(prefix="litter-", delete=False) as file:
        file.write(bytes(1 << 20))
    _loop(image, seconds)


def _verbose(image: Image, _: float) -> Result:
    return Result(measurements={"planes": len(image.pixels), "report": "x" * 300_000})


def _many(image: Image, _: float) -> Result:
    return Result(image, {f"region_{each}": each / 7 for each in range(10_000)}, ("It is missing.",) * 10_000)


@hookimpl
def register_algorithms() -> Iterable[Algorithm]:
    """Register it twice: with a short and with a long timeout."""
    short = Resources(0.25, 512, timeout=3, typical_seconds=0.1)
    long = Resources(0.25, 512, timeout=60, typical_seconds=0.1)
    return (
        Algorithm("moody", "Does what its job says.", moody, resources=short),
        Algorithm("moody_long", "Does what its job says, with time.", moody, resources=long),
    )
