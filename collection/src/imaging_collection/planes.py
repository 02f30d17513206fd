"""Computing the planes of an image one by one, as many at a time as the task has CPUs."""

import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from imaging import Image, UnsupportedInput, report_progress

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

Compute = Callable[["NDArray[Any]"], "NDArray[Any]"]
# How OpenCV and SimpleITK say that they got no memory: the job's fault, and no plane's.
NO_MEMORY: Final = re.compile(r"alloc|memory", re.IGNORECASE)


def by_plane(
    image: Image, compute: Compute, *, vcpu: float, dtype: "DTypeLike | None" = None
) -> "tuple[NDArray[Any], tuple[str, ...]]":
    """Return the computed planes of an image, and a sentence for each that failed.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), or (P, M, N, 3) in colour.
    compute : callable
        Takes a plane, of shape (M, N) or (M, N, 3), and returns one of that shape. It is called from several threads
        and must not write into what it is given.
    vcpu : float
        vCPUs of the task, as the algorithm declares them; as many planes are computed at a time, at least one.
    dtype : dtype, optional
        Type of the result. Without it results are brought into the type of the image's pixels: rounded, and clipped
        to the ends of that type.

    Returns
    -------
    values : ndarray
        Same shape as the pixels. A plane that failed is the image's own, or, with `dtype`, zero.
    missing : tuple of str
        One sentence for each plane that failed, with its number, its image in the archive and the reason. The image
        is what a job with the scope `image` takes, so that a second try computes these planes alone.

    Raises
    ------
    Exception
        What the first plane raised, if all planes failed. MemoryError and its like at once.
    """
    import numpy as np

    def one(index: int) -> None:
        plane = image.pixels[index]
        if plane.dtype.kind == "f" and not np.isfinite(plane).all():
            raise UnsupportedInput("Values are infinite or not a number.")
        found = compute(plane)
        if dtype is None:
            values[index] = _like(image, index, found)
        else:
            values[index] = found

    values = np.array(image.pixels) if dtype is None else np.zeros(image.pixels.shape, dtype)
    failed: dict[int, Exception] = {}
    with ThreadPoolExecutor(max(1, int(vcpu)), thread_name_prefix="plane") as pool:
        pending: dict[Future[None], int] = {pool.submit(one, index): index for index in range(len(values))}
        for done, future in enumerate(as_completed(pending), start=1):
            error = future.exception()
            if error is not None and (not isinstance(error, Exception) or _is_memory(error)):
                pool.shutdown(cancel_futures=True)
                raise error
            if error is not None:
                failed[pending[future]] = error
            report_progress(done / len(values))
    if len(failed) == len(values):
        raise failed[min(failed)]
    for index in failed:  # what was written before it failed
        values[index] = image.pixels[index] if dtype is None else 0
    kept = "it stays as it was" if dtype is None else "it is zero"
    return values, tuple(_sentence(image, index, failed[index], kept) for index in sorted(failed))


def _like(image: Image, index: int, found: "NDArray[Any]") -> "NDArray[Any]":
    import numpy as np

    # rounded here: what is smooth may be left with two integers, and is on the image's scale still
    rounded = np.rint(found) if image.pixels.dtype.kind in "iu" and found.dtype.kind == "f" else found
    return replace(image, pixels=image.pixels[index : index + 1]).with_values(rounded[np.newaxis]).pixels[0]


def _is_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or NO_MEMORY.search(str(error)) is not None


def _sentence(image: Image, index: int, error: Exception, kept: str) -> str:
    identifiers = image.source.get("SOPInstanceUIDs") or ()
    known = f" (image {identifiers[index]})" if len(identifiers) == len(image.pixels) else ""
    reason = str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__
    return f"Plane {index + 1} of {len(image.pixels)}{known} was not computed, {kept}: {reason}."
