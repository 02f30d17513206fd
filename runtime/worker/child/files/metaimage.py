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
LONGEST_FIELD = 4096  # bytes of one line of the header
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


def decoded(content: bytes) -> tuple[Image, dict[str, str]]:
    """Return the image of a file that `encoded` made, and the fields of its header. Raises ValueError."""
    fields: dict[str, str] = {}
    start = 0
    while "ElementDataFile" not in fields:
        end = content.find(b"\n", start, start + LONGEST_FIELD)
        name, equals, value = content[start:end].decode("utf-8", "replace").partition(" = ")
        if end < 0 or not equals:
            raise ValueError("it is no MetaImage of this platform")
        fields[name], start = value, end + 1
    try:
        dtype = {element: name for name, element in ELEMENTS.items()}[fields["ElementType"]]
        columns, rows, planes = (int(each) for each in fields["DimSize"].split())
        colours = (int(fields["ElementNumberOfChannels"]),) if "ElementNumberOfChannels" in fields else ()
        values = np.frombuffer(zlib.decompress(content[start:]), dtype).reshape(planes, rows, columns, *colours)
        x, y, z = (float(each) for each in fields["Offset"].split())
        across, down, step = (float(each) for each in fields["ElementSpacing"].split())
        axes = [float(each) for each in fields["TransformMatrix"].split()]
    except (KeyError, ValueError, zlib.error) as error:
        raise ValueError(f"it is no MetaImage of this platform: {error}") from error
    image = Image(
        values.copy(),
        spacing=(step, down, across),
        unit=fields.get("Unit", ""),
        origin=(x, y, z),
        direction=tuple(axes[index] for start in range(3) for index in range(start, 9, 3)),
        own_scale=fields.get("Scale") in ("own", "mask"),
    )
    return image, fields


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value:.17g}" for value in values)
