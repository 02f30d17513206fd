"""Values without loss as NIfTI-1 (.nii.gz), which nibabel, FSL, ITK and SimpleITK read.

Written here: a library would be in every container image. Positions are single-precision numbers, as NIfTI-1 has them.
"""

import gzip
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image

# What NIfTI calls numpy's types.
TYPES = {
    "uint8": 2, "int16": 4, "int32": 8, "float32": 16, "float64": 64, "int8": 256, "uint16": 512, "uint32": 768,
    "int64": 1024, "uint64": 1280,
}  # fmt: skip
RGB, VECTOR = 128, 1007  # the type of colours of 8 bits; the meaning of an image of vectors
MILLIMETRES, SCANNER = 2, 1
LONGEST = 2**15 - 1  # pixels along a side, which are numbers of 16 bits
HEADER = 352  # bytes, four of which say that there is no extension
LEVEL = 1


def encoded(image: Image) -> bytes:
    """Return the image as one compressed file.

    Raises TypeError if NIfTI-1 does not have the type of its values, ValueError if it has no form for the image.
    """
    pixels = image.pixels.astype(np.float32) if image.pixels.dtype.name == "float16" else image.pixels
    if pixels.dtype.name not in TYPES:
        raise TypeError(f"NIfTI has no {pixels.dtype}")
    if max(pixels.shape) > LONGEST:
        raise ValueError(f"NIfTI-1 holds at most {LONGEST} pixels along a side, and {max(pixels.shape)} are returned")
    code, intent, bits = TYPES[pixels.dtype.name], 0, 8 * pixels.dtype.itemsize
    size = [3, *pixels.shape[2::-1], 1, 1, 1, 1]
    if image.is_colour and pixels.dtype == np.uint8:
        code, bits = RGB, 24
    elif image.is_colour and len(pixels) == 1:
        # ITK takes the third of five axes away if it is 1, and with it where the plane is in the patient.
        raise ValueError(
            f"One plane in colours of type {pixels.dtype} has no form in NIfTI-1 that keeps its place in the patient; "
            "ask for .mha, or let the algorithm return colours of type uint8"
        )
    elif image.is_colour:  # the three components one after another, along a fifth axis
        intent, size = VECTOR, [5, *pixels.shape[2::-1], 1, 3, 1, 1]
        pixels = np.moveaxis(pixels, 3, 0)
    steps = np.array(image.spacing[::-1], float)
    # NIfTI's axes lead right, anterior, superior: two of them are the opposite of DICOM's.
    turn = np.diag([-1.0, -1.0, 1.0])
    axes, origin = turn @ np.array(image.direction, float).reshape(3, 3), turn @ np.array(image.origin, float)
    handed, quaternion = _quaternion(axes)
    header = bytearray(HEADER)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, *size)
    struct.pack_into("<3h", header, 68, intent, code, bits)
    struct.pack_into("<8f", header, 76, handed, *steps, 0, 0, 0, 0)
    struct.pack_into("<3f", header, 108, HEADER, 1, 0)
    header[123] = MILLIMETRES
    struct.pack_into("<2h", header, 252, SCANNER, SCANNER)
    struct.pack_into("<6f", header, 256, *quaternion, *origin)
    struct.pack_into("<12f", header, 280, *np.column_stack([axes * steps, origin]).ravel())
    header[344:348] = b"n+1\0"
    values = np.ascontiguousarray(pixels, pixels.dtype.newbyteorder("<"))
    return gzip.compress(bytes(header) + values.tobytes(), LEVEL, mtime=0)


def _quaternion(axes: NDArray[Any]) -> tuple[float, tuple[float, float, float]]:
    """Return whether the axes are right-handed (1 or -1), and the last three parts of their rotation's quaternion."""
    handed = 1.0 if np.linalg.det(axes) > 0 else -1.0
    turned = axes * np.array([1.0, 1.0, handed])
    # The eigenvector of the largest eigenvalue is the quaternion of the nearest rotation (Bar-Itzhack, 2000).
    (xx, xy, xz), (yx, yy, yz), (zx, zy, zz) = turned
    parts = np.array(
        [
            [xx - yy - zz, 0, 0, 0],
            [yx + xy, yy - xx - zz, 0, 0],
            [zx + xz, zy + yz, zz - xx - yy, 0],
            [zy - yz, xz - zx, yx - xy, xx + yy + zz],
        ]
    )
    b, c, d, a = np.linalg.eigh(parts / 3)[1][:, -1]
    sign = -1.0 if a < 0 else 1.0
    return handed, (float(sign * b), float(sign * c), float(sign * d))
