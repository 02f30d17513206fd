"""What was written for release 0.1.0 works unchanged: its example plugin, requests, queued messages and results.

`v0_1_0/` holds the plugin as that release had it, and in `recorded.json` what that release's own code made.
"""

import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from algorithms.registered import Registered, Registry
from algorithms.registry import load_registry
from imaging.testing import image_from, run_like_a_worker
from runtime.authoring.target import find
from runtime.contracts.documents import openapi
from runtime.contracts.messages import decode_job, decode_result, encode_job, encode_result
from runtime.contracts.requests import ProcessRequest

FOLDER = Path(__file__).parent / "v0_1_0"
PLUGIN = FOLDER / "processing_1.py"
RECORDED: dict[str, Any] = json.loads((FOLDER / "recorded.json").read_text())


@pytest.fixture(scope="module")
def plugin() -> Registered:
    return find(str(PLUGIN))


@pytest.fixture(scope="module")
def document(plugin: Registered) -> dict[str, Any]:
    return openapi.document(Registry([*load_registry().values(), plugin]))


def includes(new: Any, old: Any) -> bool:
    """Return whether `new` says all that `old` says; it may say more."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(key in new and includes(new[key], value) for key, value in old.items())
    return new == old


def test_its_plugin_declares_the_same_parameters(plugin: Registered) -> None:
    assert plugin.schema == RECORDED["schema"]
    assert (plugin.inputs, plugin.outputs) == ((), None)


def test_its_plugin_computes_the_same_and_a_worker_writes_the_same_files() -> None:
    row, column = np.mgrid[:6, :8]
    pixels = ((row * 37 + column * 53) % 400 - 100).astype(np.int16)
    image = image_from(pixels, spacing=(3.0, 0.5, 0.5), modality="CT", unit="HU")
    outcome = run_like_a_worker(str(PLUGIN), image, radius=1.0, amount=0.5)
    assert outcome.status == "succeeded", outcome.message
    assert outcome.image is not None
    assert outcome.image.pixels[0].tolist() == RECORDED["values"]
    assert set(outcome.files) == {"preview-0001.png", "mosaic.png", "values.mha"}


def test_its_request_is_taken(document: dict[str, Any]) -> None:
    body = RECORDED["request"]
    schema = {"$ref": "#/components/schemas/ProcessRequest_processing_1", "components": document["components"]}
    assert jsonschema.Draft202012Validator(schema).is_valid(body)
    assert includes(ProcessRequest.model_validate(body).model_dump(mode="json"), body)


def test_each_of_its_calls_is_there(document: dict[str, Any]) -> None:
    calls = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    assert set(RECORDED["calls"]) <= calls


def test_a_message_that_it_left_in_a_queue_is_read_whole() -> None:
    job = decode_job(json.dumps(RECORDED["message"]))
    written = json.loads(encode_job(job))
    assert includes(written, {**RECORDED["message"], "version": written["version"]})


def test_its_results_are_read_and_those_of_today_have_all_that_it_reads() -> None:
    result = decode_result(json.dumps(RECORDED["result"]))
    written = json.loads(encode_result(result))
    old = RECORDED["result"]
    outputs = zip(written["outputs"], old["outputs"], strict=True)
    assert all(includes(new, known) for new, known in outputs)
    assert includes({**written, "outputs": 0}, {**old, "outputs": 0})
    assert written["version"] == old["version"]  # a higher one would be left by its readers
