"""Run with `pytest` in this folder; it also runs the rules of `imaging check`."""

import numpy as np
from tissue_segmentation import MODEL, NAMES, segment
from train import drawn

from imaging.testing import image_from, run_like_a_worker

UNSEEN = 1000  # beyond the seeds of the training


def test_the_weights_are_the_declared_ones() -> None:
    MODEL.check()


def test_tissue_that_it_was_not_trained_with_is_found() -> None:
    values, classes = drawn(UNSEEN)
    found = segment(image_from(values, spacing=(5, 1, 1))).tissue.pixels[0]
    for label in NAMES:
        mine, true = found == label, classes == label
        assert 2 * np.sum(mine & true) / (np.sum(mine) + np.sum(true)) > 0.8, NAMES[label]


def test_volumes_are_those_of_the_labels() -> None:
    found = segment(image_from(drawn(UNSEEN)[0], spacing=(5, 1, 1)))
    assert found.soft.value == np.count_nonzero(found.tissue.pixels == 2) * 5 / 1000
    assert found.centres is not None and found.centres.names == tuple(NAMES.values())


def test_a_worker_names_the_labels_and_measures() -> None:
    outcome = run_like_a_worker(segment, image_from(drawn(UNSEEN)[0], spacing=(5, 1, 1)))
    assert outcome.status == "succeeded", outcome.message
    assert set(outcome.measurements) == {"dark", "soft", "fat"}
    assert {"tissue.mha", "centres.json", "centres.mrk.json"} <= set(outcome.files)
