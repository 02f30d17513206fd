"""The second decoders: frames to cells, by what the product does not use for that transfer syntax."""

from collections.abc import Callable
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from bench.matrix import ffmpeg
from bench.matrix.case import Case
from bench.matrix.encoders import encoded

codecs: Any = imagecodecs
Samples = NDArray[np.int64]
Second = Callable[[Case, bytes], Samples]


def rle(case: Case, stream: bytes) -> Samples:
    """Decode by PS3.5 annex G, with imagecodecs' PackBits."""
    count = int.from_bytes(stream[:4], "little")
    starts = [int.from_bytes(stream[4 * at : 4 * at + 4], "little") for at in range(1, count + 1)]
    pixels = case.rows * case.columns
    ends = [*starts[1:], len(stream)]
    segments = [codecs.packbits_decode(stream[a:b])[:pixels] for a, b in zip(starts, ends, strict=True)]
    size = count // case.samples
    found = np.zeros((case.samples, pixels), np.uint64)
    for index, segment in enumerate(segments):
        found[index // size] = (found[index // size] << np.uint64(8)) | np.frombuffer(segment, np.uint8)
    shaped = found.reshape(case.samples, case.rows, case.columns).view(np.int64)
    return shaped[0] if case.samples == 1 else np.moveaxis(shaped, 0, -1)


def jpeg(case: Case, stream: bytes) -> Samples:
    """Decode with libjpeg-turbo, colours as they are coded."""
    if case.samples == 1:
        return _wide(codecs.jpeg8_decode(stream))
    space = "RGB" if case.photometric == "RGB" else "YCBCR"
    return _wide(codecs.jpeg8_decode(stream, colorspace=space, outcolorspace=space))


def jpeg_lossless(case: Case, stream: bytes) -> Samples:
    """Decode with liblj92, colours with jpegsof3."""
    return _wide(codecs.ljpeg_decode(stream) if case.samples == 1 else codecs.jpegsof3_decode(stream))


def jpeg_ls(case: Case, stream: bytes) -> Samples:
    """Decode with FFmpeg."""
    frame = stream.index(b"\xff\xf7")
    return ffmpeg.decode("jpegls", stream, stream[frame + 4])


def j2k(case: Case, stream: bytes) -> Samples:
    """Decode with FFmpeg; it moves signed samples up so that the lowest is 0."""
    found = ffmpeg.decode("jpeg2000", stream, case.precision)
    return found - (1 << (case.precision - 1)) if case.signed else found


def htj2k(case: Case, stream: bytes) -> Samples:
    """Decode with OpenJPH."""
    return _wide(codecs.htj2k_decode(stream))


def jpeg_xl(case: Case, stream: bytes) -> Samples:
    """Return what was encoded without loss, by cells of the case's bits."""
    return _wide(encoded[stream])


def recompressed(case: Case, stream: bytes) -> Samples:
    """Decode the JPEG that was recompressed with libjpeg-turbo."""
    return jpeg(case, encoded[stream])


def _wide(samples: Any) -> Samples:
    return np.asarray(samples).astype(np.int64)
