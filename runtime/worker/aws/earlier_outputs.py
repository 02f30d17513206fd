"""The declared outputs of earlier jobs, as inputs of a later one."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes
from runtime.contracts.models import JobResult, Output
from runtime.contracts.results.ports import Port
from runtime.errors import PermanentError
from runtime.worker.aws.output_bucket import OutputBucket

CHUNK_BYTES: Final = 1 << 20
# The file that holds an output's value: of images and labels, and of all others.
ENDS: Final = {"points": ".json", "boxes": ".json", "transform": ".tfm"}
PLAIN: Final = "image"  # what the image of an algorithm without declared outputs is called


class JobOutput(NamedTuple):
    """An output of an earlier job of the same client."""

    client_id: str
    job_id: str
    output: str


class EarlierOutputs:
    """The outputs in one output bucket. Threads may share it, as they may share `s3`."""

    def __init__(self, s3: Any, bucket: OutputBucket) -> None:
        self._s3 = s3
        self._bucket = bucket

    def fetch(self, reference: JobOutput, folder: Path, admit: Callable[[int], None]) -> list[Path]:
        """Download an output into `folder`; return its file and the file that describes it (a `Port` as JSON).

        `admit` is called with the bytes before they are read, and may raise. Raises PermanentError
        (`input_not_found`) if the job has no such output, or has it no more.
        """
        result = self._bucket.manifest(reference.client_id, reference.job_id)
        if result is None:
            raise _absent(reference, "it has no results, or no longer")
        port = port_of(result, reference.output)
        if port is None:
            raise _absent(reference, "the job has no such output")
        file = file_of(result, port)
        if file is None:
            raise _absent(reference, "the job wrote no values of it; ask for `values` among its outputs")
        admit(file.bytes)
        paths = [folder / "value", folder / "port.json"]
        try:
            answer = self._s3.get_object(Bucket=self._bucket.name, Key=file.key)
        except ClientError as error:
            if aws_codes.code(error.response) in aws_codes.NO_SUCH_KEY:
                raise _absent(reference, "its files are no longer there") from error
            raise
        with paths[0].open("wb") as target:
            shutil.copyfileobj(answer["Body"], target, CHUNK_BYTES)
        paths[1].write_text(port.model_dump_json(), encoding="utf-8")
        return paths


def port_of(result: JobResult, name: str) -> Port | None:
    """Return what a result says of an output; the image of an algorithm without declared outputs is `image`."""
    declared = next((port for port in result.ports if port.name == name), None)
    if declared is None and name == PLAIN and not result.ports and result.display is not None:
        return Port(name=PLAIN, type="image", unit=result.display.unit, display=result.display)
    return declared


def file_of(result: JobResult, port: Port) -> Output | None:
    """Return the file that holds the value of an output."""
    owner = port.name if result.ports else None
    end = ENDS.get(port.type, ".mha")
    files = [each for each in result.outputs if each.port == owner and each.name.endswith(end)]
    return min(files, key=lambda each: len(each.name), default=None)  # not `.mrk.json`, which is longer


def _absent(reference: JobOutput, why: str) -> PermanentError:
    return PermanentError(
        "input_not_found", f"Output `{reference.output}` of job {reference.job_id} cannot be an input: {why}."
    )
