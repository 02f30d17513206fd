"""The sentences of workers that the page knows in Italian are what workers write."""

import json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pytest

from algorithms.image import Image, Result
from algorithms.ports.inputs import inputs_of
from imaging import Input
from runtime.dicom import read_image
from runtime.worker.child.check import checked
from runtime.worker.child.ports.gather import gather
from runtime.worker.jobs.fetched import Fetched
from tests.runtime.dicom.files import writer

KNOWN = Path(__file__).parents[3] / "clients/web/src/jobs/list/lacking.fixture.json"
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")


def run(image: Image, prior: Annotated[Image | None, Input("an earlier scan")] = None) -> Image:
    return image


def test_the_page_knows_what_workers_write(tmp_path: Path) -> None:
    flat: Any = {"ImageOrientationPatient": [1, 0, 0, 0, 1, 0], "PixelSpacing": [1, 1]}
    write = writer(tmp_path)
    paths = tuple(
        write(np.zeros((4, 6), np.int16), ImagePositionPatient=[0, 0, z], InstanceNumber=n + 1, **flat)
        for n, z in enumerate([0, 1, 2, 4, 5])
    )
    image = Image(np.zeros((1, 4, 6), np.int16))
    _, result, _ = checked(Result(measurements={"ratio": float("nan")}), image)
    _, _, told = gather(inputs_of(run), {"prior": (Fetched("archive", paths),)}, "resampled", image)
    irregular = [read_image(paths, needs).source["Irregularity"] for needs in ("any", "resampled")]
    assert [*result.missing, *irregular, *told] == list(json.loads(KNOWN.read_text()))
