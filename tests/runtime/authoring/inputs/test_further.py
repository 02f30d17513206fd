"""An author's files become further inputs as a worker's child gets them."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk

from algorithms.image import Image
from algorithms.registered import Registered
from runtime.authoring.inputs.further import named
from runtime.authoring.target import find
from runtime.authoring.trials.trial import Request, Trial, attempt
from runtime.errors import PermanentError
from runtime.local.samples import FOLDER
from runtime.worker.child import main
from runtime.worker.child.fork import preload
from runtime.worker.child.messages import Done, Failed

PLUGIN = Path(__file__).parents[1] / "paired_plugin.py"
IMAGE = Image(np.arange(12, dtype=np.int16).reshape(1, 3, 4))


@pytest.fixture(scope="module")
def paired() -> Iterator[Registered]:
    before = list(sys.path)
    preload.perform(main.NUMERIC)
    yield find(str(PLUGIN))
    sys.path[:] = before


@pytest.fixture
def given(paired: Registered, tmp_path: Path):
    """Compute with the inputs of these texts."""

    def compute(*texts: str) -> Trial:
        folders = tmp_path / "inputs", tmp_path / "results"
        for each in folders:
            each.mkdir()
        inputs = named(texts, paired.algorithm, folders[0])
        return attempt(paired, Request(IMAGE, folders[1], inputs=inputs))

    return compute


def words(trial: Trial) -> dict[str, str]:
    assert isinstance(trial.reply, Done), trial.reply
    columns = trial.seen.returned.given.columns
    return dict(zip(columns["name"], columns["words"], strict=True))


def test_dicom_files_are_read_as_the_worker_reads_them(given) -> None:
    trial = given(f"prior={FOLDER / '05.dcm'}")
    assert words(trial) == {"prior": "(1, 256, 256) int16 0.86 MR"}
    assert [(each.name, each.type) for each in trial.reply.used] == [("prior", "image")]
    assert "does not lie on the grid of the image" in trial.reply.used[0].unusual[0]


def test_volumes_pictures_labels_and_transforms_are_taken_as_files(given, tmp_path: Path) -> None:
    kit = sitk
    kit.WriteImage(kit.GetImageFromArray(np.full((1, 3, 4), 7, np.int32)), str(tmp_path / "labels.nii.gz"))
    kit.WriteImage(kit.GetImageFromArray(np.zeros((5, 6), np.uint8)), str(tmp_path / "picture.png"))
    kit.WriteTransform(kit.Euler3DTransform((0, 0, 0), 0, 0, 0, (1, 2, 3)), str(tmp_path / "moved.tfm"))
    found = words(
        given(
            f"within={tmp_path / 'labels.nii.gz'}",
            f"others={tmp_path / 'picture.png'}",
            f"others={tmp_path / 'picture.png'}",
            f"through={tmp_path / 'moved.tfm'}",
        )
    )
    assert found == {"others": "2 of (1, 5, 6)", "within": "7 uint8", "through": "(1.0, 2.0, 3.0)"}


def test_points_and_boxes_are_taken_as_json_and_in_files(given, tmp_path: Path) -> None:
    file = tmp_path / "regions.json"
    file.write_text(json.dumps({"boxes": [{"corners": [[0, 0, 0], [1, 2, 3]]}]}))
    found = words(given('seeds={"points": [{"position": [1, 2, 3], "name": "tip"}]}', f"regions={file}"))
    assert found["seeds"] == "[[1. 2. 3.]] ('tip',)"
    assert found["regions"].split() == ["[[[0.", "0.", "0.]", "[1.", "2.", "3.]]]"]


def test_none_is_needed_if_all_are_optional(given) -> None:
    assert words(given()) == {}


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("prio=x.png", "input_unsupported", "paired has no input `prio`; did you mean prior?"),
        ("atlas=x.png", "input_unsupported", "its further inputs are prior, others, within, seeds, regions, through."),
        ("prior", "input_unsupported", "--input prior: it is not NAME=PATH."),
        ("prior=nowhere", "input_not_found", "Input `prior`: There is no nowhere."),
        (f"prior={FOLDER}", "input_unsupported", "Input `prior`: it takes image, not scope series."),
        ("through=nowhere.tfm", "input_not_found", "Input `through`: There is no nowhere.tfm."),
        (f"through={PLUGIN}", "input_unreadable", "paired_plugin.py is no transform that ITK reads"),
        ("seeds=nowhere.json", "input_not_found", "Input `seeds`: There is no nowhere.json."),
        ("seeds={", "input_unreadable", "Input `seeds`: { cannot be read as JSON"),
        ('seeds={"points": [{"position": [1, 2]}]}', "input_unsupported", "it holds no points: points/0/position"),
        ('regions={"points": []}', "input_unsupported", "it holds no boxes: "),
        ('seeds= {"points": []}', "input_unsupported", "it holds no points: "),
        (f"seeds={FOLDER}", "input_not_found", "mr-brain is no file."),
    ],
)
def test_what_is_no_input_is_refused_in_a_sentence(
    text: str, code: str, sentence: str, paired: Registered, tmp_path: Path
) -> None:
    with pytest.raises(PermanentError) as refused:
        named([text], paired.algorithm, tmp_path)
    assert refused.value.code == code
    assert sentence in refused.value.message


def test_one_value_is_not_given_twice(paired: Registered, tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match="Input `seeds` is given twice, and takes one value"):
        named(['seeds={"points": [{"position": [1, 2, 3]}]}'] * 2, paired.algorithm, tmp_path)


def test_what_the_child_cannot_take_ends_as_a_job_would(given) -> None:
    reply = given(f"within={FOLDER / '05.dcm'}").reply
    assert reply == Failed("input_unsupported", "Input `within` takes labels, and the PACS has images alone.")
