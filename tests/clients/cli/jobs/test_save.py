"""`--save` is checked before anything is sent, and each kind of file holds what its suffix says."""

import csv
import errno
import gzip
import json
import os
from pathlib import Path
from typing import Any

import click
import cv2
import numpy as np
import pytest
import SimpleITK

from clients.cli.jobs import place, save
from imaging import Image
from runtime.worker.child.files.metaimage import encoded

CONTEXT, OPTION = click.Context(click.Command("process")), click.Option(["--save"])
OUTPUTS = [
    {"name": "preview-0000.png", "kind": "preview", "url": "http://signed/preview"},
    {"name": "values.mha", "kind": "values", "url": "http://signed/values"},
]
RESULT: dict[str, Any] = {"job_id": "1", "measurements": {"area": 3.5, "kind": "a,b"}, "outputs": OUTPUTS}


class Outputs:
    """Stands for a client that has the outputs of one result."""

    def __init__(self, folder: Path) -> None:
        picture = folder / "picture.png"
        cv2.imwrite(str(picture), np.full((4, 6), 200, np.uint8))
        values = Image(np.arange(24, dtype=np.float32).reshape(2, 3, 4), (3.0, 0.6, 0.5))
        self._content = {
            "http://signed/preview": picture.read_bytes(),
            "http://signed/values": encoded(values),
            "http://signed/table": b"a\n1\n",
            "http://signed/colours": encoded(Image(np.zeros((1, 3, 4, 3), np.uint16))),
        }

    def outputs(self, result: Any) -> list[dict[str, Any]]:
        return result["outputs"]

    def download(self, url: str) -> bytes:
        return self._content[url]


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """Write the result to a path in an empty folder; return the paths."""

    def write(name: str, result: dict[str, Any] = RESULT) -> list[Path]:
        target = place.check(CONTEXT, OPTION, tmp_path / "new" / name)
        assert target is not None
        client: Any = Outputs(tmp_path)
        return save.write(client, result, target)

    return write


def test_pictures(written: Any) -> None:
    [png], [jpg] = written("out.png"), written("out.jpg")
    assert png.read_bytes().startswith(b"\x89PNG") and jpg.read_bytes().startswith(b"\xff\xd8\xff")
    decoded = cv2.imread(str(jpg), cv2.IMREAD_UNCHANGED)
    assert decoded is not None and decoded.shape == (4, 6) and abs(int(decoded[0, 0]) - 200) <= 2


def test_values_keep_their_geometry_in_either_form(written: Any) -> None:
    [mha], [nifti] = written("out.mha"), written("out.nii.gz")
    gzip.decompress(nifti.read_bytes())
    one, other = SimpleITK.ReadImage(mha), SimpleITK.ReadImage(nifti)
    assert np.array_equal(SimpleITK.GetArrayFromImage(one), SimpleITK.GetArrayFromImage(other))
    assert other.GetSpacing() == pytest.approx((0.5, 0.6, 3.0))


def test_measurements_and_the_result_itself(written: Any) -> None:
    [table], [whole] = written("out.csv"), written("out.json")
    assert list(csv.reader(table.open())) == [["measurement", "value"], ["area", "3.5"], ["kind", "a,b"]]
    assert json.loads(whole.read_text())["measurements"] == RESULT["measurements"]
    assert "signed" not in whole.read_text()


def test_a_folder_gets_every_output(written: Any) -> None:
    assert sorted(path.name for path in written("all")) == ["preview-0000.png", "values.mha"]


def test_a_table_is_the_csv_of_a_result_that_measures_nothing_else(written: Any) -> None:
    table = {"name": "table.csv", "kind": "data", "url": "http://signed/table"}
    [one] = written("one.csv", {**RESULT, "measurements": {}, "outputs": [table]})
    [other] = written("other.csv", {**RESULT, "outputs": [table]})
    assert one.read_text() == "a\n1\n" and other.read_text().startswith("measurement,value")


def test_what_one_file_does_not_hold_is_told(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    mask, image = ({"name": f"{name}.mha", "kind": "values", "url": "http://signed/values"} for name in ("mask", "map"))
    written("out.nii.gz", {**RESULT, "outputs": [mask, image]})
    assert capsys.readouterr().err == "out.nii.gz holds mask.mha alone; a folder holds map.mha, too\n"


def test_what_nifti_does_not_hold_is_told(written: Any) -> None:
    colours = {"name": "values.mha", "kind": "values", "url": "http://signed/colours"}
    with pytest.raises(click.ClickException, match=r"no \.nii\.gz of this result: One plane in colours of type uint16"):
        written("out.nii.gz", {**RESULT, "outputs": [colours]})


def test_a_result_without_an_image_says_so(written: Any) -> None:
    with pytest.raises(click.ClickException, match="the job made no picture"):
        written("out.png", {**RESULT, "outputs": []})
    with pytest.raises(click.ClickException, match="neither measurements nor a table"):
        written("out.csv", {**RESULT, "measurements": {}, "outputs": []})


def test_a_full_disk_is_told_and_leaves_what_was_there(written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    [before] = written("out.json")
    content = before.read_bytes()

    def full(path: Path, content: bytes) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(click.ClickException, match=r"out\.json cannot be written: No space left on device"):
        written("out.json")
    assert before.read_bytes() == content
    assert list(before.parent.iterdir()) == [before]


def test_the_path_of_a_file_is_printed_whatever_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = place.check(CONTEXT, OPTION, tmp_path / os.fsdecode(b"odd\xff.png"))
    client: Any = Outputs(tmp_path)
    save.deliver(client, {**RESULT, "measurements": {}}, target)
    assert capsys.readouterr().out.encode().decode().endswith("odd\N{REPLACEMENT CHARACTER}.png\n")
    assert target and target.path.exists()
