"""One thing that an algorithm is given, and the request to compute it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from algorithms.declaration import Algorithm
from algorithms.image import Image
from algorithms.ports.inputs import inputs_of
from runtime.authoring.checks.further import further_inputs
from runtime.authoring.inputs.further import handed_all
from runtime.authoring.trials.trial import Request


@dataclass(frozen=True, slots=True)
class Case:
    """Words for what is given, the image, the parameters, and the further inputs: by default the required ones."""

    words: str
    image: Image
    parameters: dict[str, Any] = field(default_factory=dict[str, Any])
    inputs: dict[str, Any] | None = None


def request(algorithm: Algorithm, case: Case, parameters: Mapping[str, Any], folder: Path, times: int) -> Request:
    """Return the request to compute a case with `parameters` beside its own; its inputs are written below `folder`."""
    run = algorithm.run
    values = further_inputs(run, case.image) if case.inputs is None else case.inputs
    inputs = handed_all(inputs_of(run), values, Path(mkdtemp(dir=folder)))
    return Request(case.image, folder, {**parameters, **case.parameters}, times=times, inputs=inputs)
