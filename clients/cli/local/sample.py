"""Puts the sample MR series into a PACS bucket, as a hospital's archive would store it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from runtime.local.samples import SampleImage, mr_brain

__all__ = ["SampleImage", "put"]


def put(s3: Any, bucket: str) -> list[SampleImage]:
    """Upload the series under the default key pattern; return its slices in the order of their positions."""

    def upload(image: SampleImage) -> SampleImage:
        key = f"{image.study_id}/{image.series_id}/{image.image_id}.dcm"
        s3.put_object(Bucket=bucket, Key=key, Body=image.path.read_bytes())
        return image

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(upload, mr_brain()))
