"""The sample MR series, put into a PACS bucket as the hospital's own archive would hold it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple

FOLDER: Final = Path(__file__).parents[2] / "examples/mr-brain"


class SampleImage(NamedTuple):
    """The identifiers of one slice."""

    study_id: str
    series_id: str
    image_id: str


def put(s3: Any, bucket: str) -> list[SampleImage]:
    """Upload the series under the default key pattern and return its slices in their order in space."""
    import pydicom

    files = sorted(FOLDER.glob("*.dcm"))

    def upload(path: Path) -> SampleImage:
        header = pydicom.dcmread(path, stop_before_pixels=True)
        image = SampleImage(header.StudyInstanceUID, header.SeriesInstanceUID, header.SOPInstanceUID)
        s3.put_object(Bucket=bucket, Key=f"{'/'.join(image)}.dcm", Body=path.read_bytes())
        return image

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(upload, files))
