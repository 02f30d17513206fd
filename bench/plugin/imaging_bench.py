"""Algorithms of known cost: nothing at all, about 4 ms and about 240 ms of numpy on a 256 x 256 slice."""

from collections.abc import Iterable

from imaging import Algorithm, Image, Resources, Result, hookimpl

# Fast Fourier transforms there and back, as many as cost about that much on the machine of bench/README.md.
SHORT, LONG = 3, 155
# One task that is always there: what is measured is one worker, never the start of a second one.
ONE = Resources(vcpu=1, memory_mib=2048, min_tasks=1, max_tasks=1, typical_seconds=0.1)


def nothing(image: Image) -> Result:
    """Return at once, with one measurement and no image."""
    return Result(measurements={"planes": len(image.pixels)})


def short(image: Image) -> Image:
    """Return the image after about 4 ms."""
    return _transform(image, SHORT)


def long(image: Image) -> Image:
    """Return the image after about 240 ms."""
    return _transform(image, LONG)


def _transform(image: Image, times: int) -> Image:
    import dataclasses

    import numpy as np

    pixels = image.pixels
    for _ in range(times):
        pixels = np.fft.ifft2(np.fft.fft2(pixels)).real
    return dataclasses.replace(image, pixels=np.rint(pixels).astype(image.pixels.dtype))


@hookimpl
def register_algorithms() -> Iterable[Algorithm]:
    """Register all three."""
    return (
        Algorithm(name="bench_nothing", summary="Does nothing.", run=nothing, resources=ONE),
        Algorithm(name="bench_4ms", summary="Takes about 4 ms.", run=short, resources=ONE),
        Algorithm(name="bench_240ms", summary="Takes about 240 ms.", run=long, resources=ONE),
    )
