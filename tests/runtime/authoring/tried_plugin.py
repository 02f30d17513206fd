"""An author's file that does what its parameter says."""

import enum
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from dataclasses import replace
from types import MappingProxyType
from typing import Annotated, Literal

from imaging import Algorithm, Image, Parameter, Resources, Result, UnsupportedInput, hookimpl

Way = Literal[
    "returns", "raises", "refuses", "nothing", "dies", "waits", "grows", "writes", "differs", "leaves", "prints",
    "wraps", "forks", "loses_folder", "mumbles", "pools", "adds_field",
]  # fmt: skip


class MumbledError(Exception):
    """An error that cannot say what it is."""

    def __str__(self) -> str:
        raise ValueError("nothing to say")


def tried(image: Image, way: Annotated[Way, Parameter("what it does")] = "returns") -> Image | Result | None:
    """Do what `way` says."""
    if way == "raises":
        inner(image)
    if way == "refuses":
        raise UnsupportedInput("tried takes nothing today.")
    if way == "nothing":
        return None
    if way == "dies":
        import ctypes

        ctypes.string_at(0)
    if way == "waits":
        time.sleep(60)
    if way == "grows":
        return Result(measurements={"bytes": len(bytearray(4 << 30))})
    if way == "writes":
        image.pixels[:] = 0
    if way == "differs":
        return image.with_values(image.pixels + (time.perf_counter_ns() % 100))
    if way == "leaves":
        threading.Thread(target=time.sleep, args=(60,), daemon=True, name="left").start()
    if way == "prints":
        sys.stdout.write("seen\n")
        return Result(image, {"mean": float(image.pixels.mean())}, missing=("The rest.",), window=(50, 100))
    if way == "wraps":

        class Level(enum.IntEnum):
            LOW = 1

        return Result(
            replace(image, source=MappingProxyType({"function": lambda: 1})), MappingProxyType({"a": Level.LOW})
        )
    if way == "forks" and not os.fork():
        return Result(measurements={"copy": 1})
    if way == "loses_folder":
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
    if way == "mumbles":
        raise MumbledError
    if way == "pools":
        multiprocessing.Pool(1)
    if way == "adds_field":
        object.__getattribute__(image, "__setattr__")("mask", 1)
    return image


def inner(image: Image) -> None:
    try:
        image.pixels.reshape(-1, 7)
    except ValueError as error:
        raise RuntimeError("no rows of seven") from error


@hookimpl
def register_algorithms() -> Algorithm:
    return Algorithm(
        "tried", "Does what it is told.", tried, ("image", "series"), resources=Resources(0.5, 1024, timeout=2)
    )
