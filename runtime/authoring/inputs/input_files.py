"""An author's files that hold no image: points, boxes and transforms."""

import json
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from algorithms.ports.inputs import InputPort
from algorithms.ports.transform import Transform
from runtime.authoring.inputs.source import check_content
from runtime.contracts import inputs as contract
from runtime.errors import PermanentError

READ: Final = ".tfm, .txt, .h5, .mat and .xfm files"
LONGEST: Final = 200  # characters of what pydantic says


def read_places(port: InputPort, value: str) -> dict[str, Any]:
    """Return points or boxes of JSON, or of a file of it. Raises PermanentError."""
    text = value.strip()
    if not text.startswith("{"):
        _check_file(Path(value.removeprefix("@")))
    try:
        content = json.loads(text if text.startswith("{") else Path(value.removeprefix("@")).read_text("utf-8"))
        form = contract.PointsInput if port.type == "points" else contract.BoxesInput
        return form.model_validate(content).model_dump(mode="json")
    except ValidationError as error:
        fault = error.errors()[0]
        where = "/".join(map(str, fault["loc"]))
        said = f"{where}: {fault['msg']}"[:LONGEST]
        raise PermanentError("input_unsupported", f"it holds no {port.type}: {said}.") from error
    except ValueError as error:
        raise PermanentError("input_unreadable", f"{value[:LONGEST]} cannot be read as JSON: {error}.") from error


def read_transform(path: Path) -> Transform:
    """Return a transform of a file that ITK reads. Raises PermanentError."""
    _check_file(path)
    import SimpleITK as sitk

    kit: Any = sitk
    try:
        read = kit.ReadTransform(str(path))
    except RuntimeError as error:
        raise PermanentError("input_unreadable", f"{path.name} is no transform that ITK reads; {READ} are.") from error
    try:
        return Transform.of_simpleitk(read)
    except ValueError as error:
        raise PermanentError("input_unreadable", f"{path.name} is no linear transform: {error}.") from error


def _check_file(path: Path) -> None:
    if not path.is_file():
        is_other = path.exists()
        raise PermanentError("input_not_found", f"{path} is no file." if is_other else f"There is no {path}.")
    check_content(path)
