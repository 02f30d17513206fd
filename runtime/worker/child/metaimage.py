"""Values without loss as MetaImage (.mha), which SimpleITK, ITK, 3D Slicer and the page read."""

import sys
import zlib
from collections.abc import Iterable, Mapping

import numpy as np

from algorithms.image import Image

# What MetaImage calls numpy's types.
ELEMENTS = {
    "int8": "MET_CHAR", "uint8": "MET_UCHAR", "int16": "MET_SHORT", "uint16": "MET_USHORT", "int32": "MET_INT",
    "uint32": "MET_UINT", "int64": "MET_LONG_LONG", "uint64": "MET_ULONG_LONG", "float32": "MET_FLOAT",
    "float64": "MET_DOUBLE",
}  # fmt: skip
LEVEL = 1  # several times as fast as zlib's default, for a few per cent more bytes


def encoded(image: Image, texts: Mapping[str, str] | None = None) -> bytes:
    """Return the image as one file: header, with `texts` as fields of its own, and compressed values.

    Raises TypeError if the values are of a type that MetaImage does not have.
    """
    pixels = image.pixels
    if pixels.dtype.name == "float16":  # single precision holds every such value
        pixels = pixels.astype(np.float32)
    if pixels.dtype.name not in ELEMENTS:
        raise TypeError(f"MetaImage has no {pixels.dtype}")
    values = zlib.compress(np.ascontiguousarray(pixels, pixels.dtype.newbyteorder("=")).data, LEVEL)
    # The rows of the file are the directions of the axes, which are the columns of the matrix.
    axes = [image.direction[index] for start in range(3) for index in range(start, 9, 3)]
    fields = {
        "ObjectType": "Image",
        "NDims": 3,
        "BinaryData": True,
        "BinaryDataByteOrderMSB": sys.byteorder == "big",
        "CompressedData": True,
        "CompressedDataSize": len(values),
        "TransformMatrix": _numbers(axes),
        "Offset": _numbers(image.origin),
        "CenterOfRotation": "0 0 0",
        "ElementSpacing": _numbers(image.spacing[::-1]),
        "DimSize": _numbers(pixels.shape[2::-1]),
        **({"ElementNumberOfChannels": pixels.shape[3]} if image.is_colour else {}),
        "ElementType": ELEMENTS[pixels.dtype.name],
        **(texts or {}),  # readers keep fields that they do not know, or skip them
        "ElementDataFile": "LOCAL",  # the values follow this line
    }
    return "".join(f"{name} = {value}\n" for name, value in fields.items()).encode() + values


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value:.17g}" for value in values)
