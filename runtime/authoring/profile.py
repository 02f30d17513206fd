"""Seconds and memory of an algorithm against the size of its input, measured on DICOM files of growing sizes."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from algorithms.declaration import Algorithm
from algorithms.ports.inputs import inputs_of
from runtime.authoring.checks.further import further_inputs
from runtime.authoring.checks.images import volume
from runtime.authoring.checks.values import fitting
from runtime.authoring.inputs.dicom_files import write
from runtime.authoring.inputs.further import handed_all
from runtime.authoring.inputs.source import locate
from runtime.authoring.trials.attempts import Attempts
from runtime.authoring.trials.trial import Request
from runtime.worker.child.messages import Done

Shape = tuple[int, int, int]  # planes, rows, columns
PLANES: Final[tuple[Shape, ...]] = ((1, 128, 128), (1, 256, 256), (1, 512, 512), (1, 1024, 1024))
VOLUMES: Final[tuple[Shape, ...]] = ((12, 96, 96), (24, 128, 128), (36, 192, 192), (48, 256, 256))
LONGEST: Final = 20.0  # seconds of one size after which no larger one is measured


@dataclass(frozen=True, slots=True)
class Point:
    """What one size took; `failed` is the sentence if there was no result."""

    shape: Shape
    seconds: float
    peak_bytes: int
    failed: str = ""

    @property
    def voxels(self) -> int:
        """The number of voxels."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Fit:
    """Seconds as `factor * voxels ** exponent`, at least `least`; memory as `base + per_voxel * voxels` bytes."""

    factor: float
    exponent: float
    base: float
    per_voxel: float
    least: float = 0.0

    def seconds(self, voxels: int) -> float:
        """Return the seconds of an input."""
        return max(self.least, self.factor * voxels**self.exponent)

    def peak_bytes(self, voxels: int) -> float:
        """Return the memory of an input, in bytes."""
        return self.base + self.per_voxel * voxels


def sizes(algorithm: Algorithm) -> tuple[Shape, ...]:
    """Return the sizes to measure: planes if it takes single images alone, volumes otherwise."""
    return PLANES if algorithm.scopes == ("image",) else VOLUMES


def measure(
    algorithm: Algorithm, schema: dict[str, Any], attempts: Attempts, shapes: Sequence[Shape]
) -> Iterator[Point]:
    """Yield what each size took, until one fails or takes long. Raises ValueError if no required parameter is known."""
    parameters = fitting(algorithm.run, schema)
    for shape in shapes:
        with TemporaryDirectory(prefix="imaging-profile-") as folder:
            files, results = Path(folder, "input"), Path(folder, "results")
            image = volume(*shape)
            write(image, files)
            results.mkdir()
            inputs = handed_all(inputs_of(algorithm.run), further_inputs(algorithm.run, image), Path(folder, "further"))
            source = locate(files, None if "series" in algorithm.scopes else algorithm.scopes[0])
            (trial,) = attempts.attempt_all([Request(source, results, parameters, inputs=inputs)])
        failed = "" if isinstance(trial.reply, Done) else trial.reply.message
        yield Point(shape, trial.seconds, trial.peak_bytes, failed)
        if failed or trial.seconds > LONGEST:
            return


def fit(points: Sequence[Point]) -> Fit:
    """Return the fit of at least two sizes. Raises ValueError for fewer."""
    whole = [point for point in points if not point.failed]
    if len(whole) < 2:
        reason = next((f": {point.failed}" for point in points if point.failed), "")
        raise ValueError(f"two sizes at least must be computed{reason}")
    exponent, _ = _line([(math.log(each.voxels), math.log(max(each.seconds, 1e-3))) for each in whole])
    # What every job takes hides the growth in small ones: seconds grow in proportion at least, from the largest size.
    exponent, last = max(exponent, 1.0), whole[-1]
    per_voxel, base = _line([(each.voxels, each.peak_bytes) for each in whole])
    factor, least = last.seconds / last.voxels**exponent, whole[0].seconds  # of a small input, that is what all take
    return Fit(factor, exponent, max(base, 0.0), max(per_voxel, 0.0), least)


def _line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return slope and intercept of the line with the least squares."""
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    slope = sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)
    return slope, middle_y - slope * middle_x
