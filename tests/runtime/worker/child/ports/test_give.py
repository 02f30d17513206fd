"""Declared outputs are checked with one sentence each, and written into files that other programs read."""

import csv
import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import cv2
import numpy as np
import pytest
import SimpleITK as sitk

from algorithms.ports.outputs import outputs_of
from imaging import Boxes, File, Image, Labels, Output, Points, Quantity, Table, Transform
from runtime.errors import PermanentError
from runtime.worker.child.ports.documents import read_transform, table_csv
from runtime.worker.child.ports.give import Given, give

SOURCE = Image(np.arange(2 * 4 * 6, dtype=np.int16).reshape(2, 4, 6), (5.0, 0.5, 0.7), "CT", "HU", (1.0, 2.0, 3.0))
CLASSES = np.zeros((2, 4, 6), np.uint8)
CLASSES[0, 1], CLASSES[1, 2] = 1, 2


TISSUE = Output("classes", names={1: "CSF", 2: "grey"}, colours={1: "#0a141e"}, codes={1: ("12738006", "SCT", "Brain")})


@dataclass(frozen=True)
class Everything:
    tissue: Annotated[Labels, TISSUE]
    vessels: Annotated[Image, Output("vesselness", window=(0.5, 0.99))]
    volume: Annotated[Quantity, Output("volume of CSF", unit="ml")]
    marks: Annotated[Points, Output("landmarks")]
    around: Annotated[Boxes, Output("where it is")]
    motion: Annotated[Transform, Output("how it moved")]
    rows: Annotated[Table, Output("by region")]
    report: Annotated[File, Output("for people")]
    spare: Annotated[Labels | None, Output("may be left out")] = None


GOOD = Everything(
    tissue=Labels.of(SOURCE, CLASSES),
    vessels=SOURCE.with_map(np.linspace(0, 1, 48, dtype=np.float32).reshape(2, 4, 6)),
    volume=Quantity(12.5),
    marks=Points([(1.0, 2.0, 3.0), (4.0, 5.0, 6.0)], ("AC", "PC")),
    around=Boxes([[(0.0, 0.0, 0.0), (2.0, 4.0, -6.0)]]),
    motion=Transform((0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0), (1.0, 2.0, 3.0), (4.0, 5.0, 6.0)),
    rows=Table({"region": ["a", "b"], "mean": np.array([1.5, np.nan]).tolist()}, {"mean": "HU"}),
    report=File(b"%PDF", ".pdf", "application/pdf"),
)


def run(image: Image) -> Everything: ...  # pyright: ignore[reportReturnType]


def given(folder: Path, returned: Any, kinds: Any = ("preview", "mosaic", "values", "nifti")) -> Given:
    outputs = outputs_of(run)
    assert outputs is not None
    return give(returned, outputs, {"image": SOURCE}, kinds, folder / "job")


def test_each_output_has_its_files_and_is_described(tmp_path: Path) -> None:
    done = given(tmp_path, GOOD)
    names = {product.path.name for product in done.products}
    assert {"tissue-preview-0001.png", "tissue-mosaic.png", "tissue.mha", "tissue.nii.gz", "vessels.mha"} <= names
    assert {"marks.json", "marks.mrk.json", "around.mrk.json", "motion.tfm", "rows.csv", "report.pdf"} <= names
    assert {product.port for product in done.products} == {port.name for port in done.ports} - {"volume"}
    ports = {port.name: port for port in done.ports}
    assert list(ports) == ["tissue", "vessels", "volume", "marks", "around", "motion", "rows", "report"]
    csf, grey = ports["tissue"].labels
    assert (csf.name, csf.colour, csf.code and csf.code.meaning) == ("CSF", "#0a141e", "Brain")
    assert grey.colour.startswith("#") and grey.code is None
    assert (ports["volume"].value, ports["volume"].unit, done.measurements) == (12.5, "ml", {"volume": 12.5})
    assert (ports["marks"].count, ports["around"].count, ports["rows"].count) == (2, 1, 2)
    window = ports["vessels"].display and ports["vessels"].display.window
    assert window is not None and (window.centre, window.width) == (0.5, 0.99)


@pytest.mark.parametrize("name", ["tissue.mha", "tissue.nii.gz"])
def test_labels_are_read_back_in_their_place(tmp_path: Path, name: str) -> None:
    given(tmp_path, GOOD)
    read = sitk.ReadImage(str(tmp_path / "job" / name))
    assert np.array_equal(sitk.GetArrayFromImage(read), CLASSES)
    assert np.allclose(read.GetSpacing(), (0.7, 0.5, 5.0)) and np.allclose(read.GetOrigin(), (1.0, 2.0, 3.0))


def test_a_preview_of_labels_has_their_colours(tmp_path: Path) -> None:
    given(tmp_path, GOOD)
    picture = cv2.imread(str(tmp_path / "job/tissue-preview-0001.png"))
    assert picture is not None
    assert picture[1, 0].tolist() == [30, 20, 10] and not picture[0].any()  # blue, green, red


def test_a_map_is_shown_in_its_own_window(tmp_path: Path) -> None:
    given(tmp_path, GOOD)
    picture = cv2.imread(str(tmp_path / "job/vessels-preview-0002.png"), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    assert 100 < picture.min() < picture[2].max() < picture.max() == 255


def test_places_and_tables_are_read_by_other_programs(tmp_path: Path) -> None:
    given(tmp_path, GOOD)
    folder = tmp_path / "job"
    (markup,) = json.loads((folder / "marks.mrk.json").read_text())["markups"]
    assert (markup["type"], markup["coordinateSystem"]) == ("Fiducial", "LPS")
    assert [(each["label"], each["position"]) for each in markup["controlPoints"]][1] == ("PC", [4.0, 5.0, 6.0])
    (roi,) = json.loads((folder / "around.mrk.json").read_text())["markups"]
    assert (roi["center"], roi["size"]) == ([1.0, 2.0, -3.0], [2.0, 4.0, 6.0])
    assert list(csv.reader((folder / "rows.csv").open())) == [["region", "mean [HU]"], ["a", "1.5"], ["b", ""]]
    assert json.loads((folder / "rows.json").read_text())["columns"]["mean"] == [1.5, None]
    read = sitk.ReadTransform(str(folder / "motion.tfm"))
    expected = GOOD.motion.to_simpleitk().TransformPoint((7.0, 8.0, 9.0))
    assert np.allclose(read.TransformPoint((7.0, 8.0, 9.0)), expected)
    assert read_transform((folder / "motion.tfm").read_bytes()) == GOOD.motion


def test_only_what_was_asked_for_is_written(tmp_path: Path) -> None:
    done = given(tmp_path, GOOD, ("mosaic",))
    assert {product.kind for product in done.products} == {"mosaic"}
    assert len(done.ports) == 8


def test_a_quantity_that_is_no_number_is_missing(tmp_path: Path) -> None:
    done = given(tmp_path, replace(GOOD, volume=Quantity(float("nan"))))
    assert done.missing == ["volume is not a finite number."] and not done.measurements


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("tissue", None, "The output `tissue` is missing: the algorithm returned None for it."),
        ("tissue", SOURCE, "is declared as Labels, and the algorithm returned Image"),
        ("vessels", Labels.of(SOURCE, CLASSES), "is declared as Image, and the algorithm returned Labels"),
        ("tissue", Labels(CLASSES), "Labels.of(image, values) takes the image's."),
        ("tissue", Labels.of(SOURCE, CLASSES * 3), "has the label 3, which has no name; named are 1, 2"),
        (
            "vessels",
            replace(SOURCE, pixels=SOURCE.pixels[:1]),
            "has 1 x 4 x 6 pixels (planes, rows, columns) instead of",
        ),
        ("vessels", replace(SOURCE, spacing=(5.0, 0.5, 0.8)), "has the spacing (5, 0.5, 0.8) mm instead of"),
        ("vessels", replace(SOURCE, pixels=SOURCE.pixels * float("nan")), "has pixels without a single finite value"),
        ("volume", Quantity(1.0, "mm3"), "is declared in ml, and the algorithm returned mm3"),
        ("volume", Quantity("much"), "has the value 'much', which is no number"),  # pyright: ignore[reportArgumentType]
        ("marks", Points([(1.0, 2.0)]), "has positions of shape (1, 2)"),
        ("marks", Points([(1.0, 2.0, 3.0)], ("a", "b")), "has 2 names for 1 places"),
        ("motion", Transform((1.0,)), "9 finite numbers are asked"),
        ("rows", Table({"a": [1], "b": [1, 2]}), "has columns of different lengths (a: 1, b: 2)"),
        ("report", File(b"", "pdf"), "has the suffix 'pdf'"),
        ("report", File(b"", ".pdf", "a\nb"), "has the media type"),
    ],
)
def test_an_output_that_is_not_what_it_was_declared_is_told_in_one_sentence(
    tmp_path: Path, field: str, value: Any, said: str
) -> None:
    with pytest.raises(PermanentError) as caught:
        given(tmp_path, replace(GOOD, **{field: value}))
    assert caught.value.code == "invalid_result" and said in caught.value.message
    assert f"`{field}`" in caught.value.message and "\n" not in caught.value.message
    assert not (tmp_path / "job").exists()


def test_something_else_than_the_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match="an object of type dict, and it declares Everything"):
        given(tmp_path, {})


def test_a_text_that_a_spreadsheet_would_compute_begins_with_an_apostrophe_in_csv_alone() -> None:
    texts = ["=1+1", "+cmd", "@SUM(A1)", "-2.5e3", "-", "+5 %", "plain", "a,b\n=c", "\t=1"]
    rows = list(csv.reader(io.StringIO(table_csv({"=id": texts}, {}).decode(), newline="")))
    shown = ["'=1+1", "'+cmd", "'@SUM(A1)", "-2.5e3", "-", "+5 %", "plain", "a,b\n=c", "'\t=1"]
    assert [row[0] for row in rows] == ["'=id", *shown]
