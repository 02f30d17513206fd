"""Further inputs are read, checked and described before the algorithm runs."""

from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pytest

from algorithms.ports.inputs import inputs_of
from imaging import Boxes, Image, Input, Labels, Points, Transform
from runtime.contracts.results.ports import Label, Port
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.geometry.series.volumes import volumes_of
from runtime.dicom.parse.load import load
from runtime.errors import PermanentError
from runtime.worker.child.files.metaimage import encoded
from runtime.worker.child.ports.documents import dumps, transform_text
from runtime.worker.child.ports.gather import gather
from runtime.worker.jobs.fetched import Fetched
from tests.runtime.dicom.files import writer

IMAGE = Image(np.zeros((2, 4, 6), np.int16))
HERE = {"points": [{"position": [1, 2, 3], "name": "AC"}]}


def run(
    image: Image,
    prior: Annotated[Image | None, Input("an earlier scan")] = None,
    phases: Annotated[list[Image] | None, Input("phases")] = None,
    within: Annotated[Labels | None, Input("where")] = None,
    marks: Annotated[Points | None, Input("clicks")] = None,
    around: Annotated[Boxes | None, Input("boxes")] = None,
    motion: Annotated[Transform | None, Input("motion")] = None,
) -> Image:
    return image


def gathered(**fetched: Any) -> Any:
    return gather(inputs_of(run), fetched, "regular", IMAGE)


def output(folder: Path, content: bytes, port: Port) -> Fetched:
    """Return an output of an earlier job, as the worker has downloaded it."""
    (folder / "value").write_bytes(content)
    (folder / "port.json").write_text(port.model_dump_json())
    return Fetched("output", (folder / "value", folder / "port.json"))


def test_an_image_of_the_pacs_is_read_and_described(tmp_path: Path) -> None:
    path = writer(tmp_path)(ImagePositionPatient=[0, 0, 0], ImageOrientationPatient=[1, 0, 0, 0, 1, 0])
    fetched = Fetched("archive", (path,))
    arguments, used, irregular = gathered(prior=(fetched,), phases=(fetched, fetched))
    assert isinstance(arguments["prior"], Image) and len(arguments["phases"]) == 2
    assert [each.name for each in used] == ["prior", "phases", "phases"]
    assert used[0].geometry is not None and used[0].geometry.size[0] == 1
    assert "does not lie on the grid of the image: it has 1 x" in used[0].unusual[-1]
    assert irregular == [] and arguments["within"] is None


def test_the_volumes_of_a_time_series_are_several_images(tmp_path: Path) -> None:
    write, flat = writer(tmp_path), [1, 0, 0, 0, 1, 0]
    paths = tuple(
        write(np.full((4, 6), time, np.int16), ImagePositionPatient=[0, 0, z], ImageOrientationPatient=flat,
              TemporalPositionIdentifier=time, RescaleSlope=None, RescaleIntercept=None)
        for z in (0, 1) for time in (1, 2, 3)
    )  # fmt: skip
    planes = [plane for path in paths for plane in describe(load(path))]
    phases = tuple(Fetched("archive", paths, volume=volume.id) for volume in volumes_of(planes))
    arguments, used, _ = gathered(phases=phases)
    assert [each.pixels.shape for each in arguments["phases"]] == [(2, 4, 6)] * 3
    assert [set(each.pixels.ravel()) for each in arguments["phases"]] == [{1}, {2}, {3}]
    assert [each.name for each in used] == ["phases"] * 3
    with pytest.raises(PermanentError, match=r"Input `prior`: There are 6 planes .* one of its 3 volumes by `volume`"):
        gathered(prior=(Fetched("archive", paths),))


def test_outputs_of_earlier_jobs_are_what_they_were(tmp_path: Path) -> None:
    labels = Labels.of(IMAGE, np.ones((2, 4, 6)))
    said = Port(name="tissue", type="labels", labels=(Label(label=1, name="CSF", colour="#ffffff"),))
    arguments, used, _ = gathered(within=(output(tmp_path, encoded(labels), said),))
    assert arguments["within"].names == {1: "CSF"} and arguments["within"].pixels.all()
    assert used[0].unusual == ()
    moved = Transform(translation=(1.0, 2.0, 3.0))
    said = Port(name="motion", type="transform")
    assert gathered(motion=(output(tmp_path, transform_text(moved), said),))[0]["motion"] == moved
    said = Port(name="marks", type="points")
    arguments, used, _ = gathered(marks=(output(tmp_path, dumps(HERE), said),))
    assert np.array_equal(arguments["marks"].positions, [[1, 2, 3]]) and used[0].count == 1


def test_clicks_come_with_the_request() -> None:
    boxes = {"boxes": [{"corners": [[0, 0, 0], [1, 1, 1]], "name": ""}]}
    arguments, used, _ = gathered(marks=(Fetched("inline", content=HERE),), around=(Fetched("inline", content=boxes),))
    assert arguments["marks"].names == ("AC",) and arguments["around"].names == ()
    assert [each.count for each in used] == [1, 1]


@pytest.mark.parametrize(
    ("fetched", "said"),
    [
        ({"prior": (Fetched("inline", content=HERE),)}, "Input `prior` takes image, and the job names points"),
        ({"marks": (Fetched("archive"),)}, "Input `marks` takes points, and the PACS has images alone"),
        ({"marks": (Fetched("inline", content=HERE),) * 2}, "Input `marks` takes one value, and the job names 2"),
        ({"seeds": (Fetched("inline", content=HERE),)}, "Input `seeds` is none of the algorithm's inputs"),
    ],
)
def test_an_input_that_does_not_fit_is_told_in_one_sentence(fetched: dict[str, Any], said: str) -> None:
    with pytest.raises(PermanentError, match=said) as caught:
        gathered(**fetched)
    assert caught.value.code == "input_unsupported"


def test_labels_are_whole_numbers(tmp_path: Path) -> None:
    values = Image(np.full((2, 4, 6), 0.5, np.float32))
    with pytest.raises(PermanentError, match="Input `within` takes labels, and the values are of type float32"):
        gathered(within=(output(tmp_path, encoded(values), Port(name="image", type="image")),))
    with pytest.raises(PermanentError, match="Input `within` cannot be read: it is no MetaImage"):
        gathered(within=(output(tmp_path, b"nonsense", Port(name="image", type="image")),))
