"""Before and after side by side, as one PNG."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import httpx

from clients.cli.local.sample import SampleImage

if TYPE_CHECKING:
    from numpy.typing import NDArray

GAP = 8  # pixels between the two


def before_after(pacs_api: str, image: SampleImage, scope: str, outputs: Mapping[str, bytes]) -> bytes:
    """Return one PNG with the PACS API's preview of the input and, to its right, the job's picture of its result."""
    import cv2
    import numpy as np

    def decoded(data: bytes) -> "NDArray[Any]":
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            raise ValueError("the answer is not a picture")
        return np.asarray(picture)

    address = f"{pacs_api}/studies/{image.study_id}/series/{image.series_id}/images/{image.image_id}"
    before = httpx.get(address, params={"scope": scope}, timeout=30, trust_env=False).raise_for_status().content
    after = outputs.get("mosaic.png") if scope != "image" else None
    after = after or next(content for name, content in sorted(outputs.items()) if name.endswith(".png"))
    pictures = [decoded(before), decoded(after)]
    height = max(picture.shape[0] for picture in pictures)
    width = sum(picture.shape[1] for picture in pictures) + GAP
    canvas = np.full((height, width, 3), 255, np.uint8)
    left = 0
    for picture in pictures:
        canvas[: picture.shape[0], left : left + picture.shape[1]] = picture
        left += picture.shape[1] + GAP
    return cv2.imencode(".png", canvas)[1].tobytes()
