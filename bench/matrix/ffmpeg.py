"""FFmpeg's own decoders of JPEG 2000 and JPEG-LS: they share nothing with OpenJPEG and CharLS."""

import logging
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

logging.getLogger("libav").setLevel(logging.CRITICAL)


def decode(codec: str, stream: bytes, precision: int) -> NDArray[np.int64]:
    """Return the samples of a codestream, from 0, of shape (M, N) or (M, N, 3). Raises ValueError if it cannot."""
    context: Any = av.CodecContext.create(codec, "r")
    context.thread_count = 1
    frames = [*context.decode(av.Packet(stream)), *context.decode(None)]
    if len(frames) != 1 or frames[0].is_corrupt:
        raise ValueError("FFmpeg does not decode the codestream")
    frame = frames[0]
    name: str = frame.format.name
    size = 2 if "16" in name or "48" in name else 1
    if name not in ("gray", "gray16le", "rgb24", "rgb48le"):
        raise ValueError(f"FFmpeg decodes the codestream to {name}")
    samples = 3 if name.startswith("rgb") else 1
    plane = frame.planes[0]
    lines = np.frombuffer(bytes(plane), np.uint8).reshape(-1, plane.line_size)[: frame.height]
    found = np.ascontiguousarray(lines[:, : frame.width * size * samples]).view(f"<u{size}").astype(np.int64)
    # A sample of fewer bits than FFmpeg's format has is moved up to white.
    found >>= 8 * size - precision
    return found.reshape(frame.height, frame.width, 3) if samples == 3 else found
