"""An author's files that hold no image: points, boxes and transforms."""

import json
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from algorithms.ports.inputs import InputPort
from algorithms.ports.transform import Transform
from runtime.contracts import inputs as contract
from runtime.errors import PermanentError

LONGEST: Final = 200  # characters of what pydantic says


def read_places(port: InputPort, value: str) -> dict[str, Any]:
    """Return points or boxes of JSON, or of a file of it. Raises PermanentError."""
    path = Path(value.removeprefix("@"))
    if not value.startswith("{") and not path.is_file():
        raise PermanentError("input_not_found", f"There is no {path}.")
    try:
        content = json.loads(value if value.startswith("{") else path.read_text(encoding="utf-8"))
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
    if not path.is_file():
        raise PermanentError("input_not_found", f"There is no {path}.")
    import SimpleITK as sitk

    kit: Any = sitk
    try:
        return Transform.of_simpleitk(kit.ReadTransform(str(path)))
    except (RuntimeError, ValueError) as error:
        reason = [line for line in str(error).strip().splitlines() if line.strip()][-1]
        raise PermanentError("input_unreadable", f"{path.name} is no linear transform: {reason}.") from error
