"""Algorithms with one fault each, of the kinds that authors make."""

import threading
import time
from typing import Annotated

from imaging import Algorithm, Image, Input, Parameter, Result, UnsupportedInput, hookimpl


def good(
    image: Image,
    sigma: Annotated[float, Parameter("width", gt=0, le=5, unit="mm")] = 1.0,
    sides: Annotated[int | None, Parameter("how many", ge=1, le=4)] = None,
) -> Image:
    """Return the image. Raises UnsupportedInput for colour."""
    if image.is_colour:
        raise UnsupportedInput("good takes images of one channel.")
    return image.with_values(image.pixels)


def signed(image: Image) -> Image:
    import math

    math.sqrt(image.pixels.min())
    return image


def unsigned(image: Image) -> Image:
    if image.pixels.dtype.kind == "u":
        raise OverflowError("negative differences")
    return image


def constant(image: Image) -> Image:
    low, high = float(image.pixels.min()), float(image.pixels.max())
    return image.with_map((image.pixels - low) * (1 / (high - low)))


def undefined(image: Image) -> Result:
    return Result(measurements={"brightest": int(image.pixels.max())})


def small(image: Image) -> Image:
    return image.with_values(image.pixels - image.pixels[0, 1, 1])


def square(image: Image) -> Image:
    return image.with_values(image.pixels.swapaxes(1, 2))


def even(image: Image) -> Image:
    planes, rows, columns = image.pixels.shape[:3]
    image.pixels.reshape(planes, rows // 2, 2, columns // 2, 2, -1)
    return image


def isotropic(image: Image) -> Image:
    if len(set(image.spacing)) > 1:
        raise NotImplementedError("cubes alone")
    return image


def flat(image: Image) -> Image:
    (plane,) = image.pixels
    return image.with_values(plane[None])


def wide(image: Image, radius: Annotated[int, Parameter("how far", ge=1, le=90)] = 1) -> Image:
    return image.with_values(image.pixels - image.pixels[0, radius, 0])


def writing(image: Image) -> Image:
    pixels = image.pixels
    pixels += 1
    return image.with_values(pixels)


def random(image: Image) -> Result:
    return Result(image, {"now": time.perf_counter_ns()})


def silent(image: Image) -> Image:
    """Return the image, unless it is in colour."""
    if image.is_colour:
        raise UnsupportedInput("One channel.")
    return image


def wordless(image: Image) -> Image:
    """Return the image. Raises UnsupportedInput for colour."""
    if image.is_colour:
        raise UnsupportedInput
    return image


def threaded(image: Image) -> Image:
    threading.Thread(target=time.sleep, args=(30,), daemon=True, name="pool").start()
    return image


def forking(image: Image) -> Image:
    import subprocess

    subprocess.Popen(["sleep", "30"])
    return image


def moving(image: Image) -> Image:
    import os

    os.chdir("/")
    return image


def listing(image: Image) -> object:
    return [image]


def hungry(image: Image) -> Image:
    import numpy as np

    return image.with_values(np.repeat(image.pixels[None].astype(float), 20, axis=0).mean(axis=0).round())


def crashing(image: Image) -> Image:
    import ctypes

    ctypes.string_at(0)
    return image


def alone(image: Image, prior: Annotated[Image | None, Input("an earlier image")] = None) -> Image:
    if prior is not None:
        raise ValueError("two images")
    return image


def apart(image: Image, prior: Annotated[Image, Input("an earlier image")]) -> Image:
    if prior.origin != image.origin:
        raise ValueError("no overlap")
    return image


def littering(image: Image) -> Image:
    from pathlib import Path

    Path("/var/tmp/imaging-littered").write_text("x")
    Path("/var/tmp/imaging-littered").unlink()
    return image


def seeding(image: Image) -> Image:
    import random

    import numpy as np

    np.random.seed(7)
    return image.with_values(image.pixels + int(np.random.randint(9)) + random.Random(1).randint(0, 9))


def calling(image: Image) -> Image:
    import contextlib
    import socket

    with contextlib.suppress(OSError):
        socket.create_connection(("192.0.2.1", 80), timeout=0.01)
    return image


@hookimpl
def register_algorithms() -> list[Algorithm]:
    takes = ("image", "series")
    functions = (
        good, signed, unsigned, constant, undefined, small, square, even, isotropic, flat, wide, writing, random,
        silent, wordless, threaded, forking, moving, listing, crashing, hungry, alone, apart,
        littering, seeding, calling,
    )  # fmt: skip
    largest = {"hungry": (300, 512, 512)}
    return [
        Algorithm(each.__name__, "Has a fault.", each, takes, largest_input=largest.get(each.__name__))
        for each in functions
    ]
