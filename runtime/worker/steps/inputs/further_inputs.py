"""The further inputs of a job: fetched side by side, each as its message names it."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path

from runtime.contracts import inputs
from runtime.contracts.inputs import ArchiveInput, InputValue, JobOutputInput
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError
from runtime.worker.aws.earlier_outputs import JobOutput
from runtime.worker.jobs.fetched import Fetched
from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.steps.inputs.download import Reference

Fetch = Callable[[HeldJob, Reference], tuple[Path, ...]]
Begun = dict[str, list["Future[Fetched]"]]


def begin(job: HeldJob, fetch: Fetch, pool: Executor) -> Begun:
    """Begin to fetch the further inputs of a job. Raises PermanentError (`bad_message`) for one of no known form."""
    try:
        values = {name: [inputs.read(each) for each in listed] for name, listed in job.message.inputs.items()}
    except ValueError as error:
        raise PermanentError("bad_message", "An input of the job has a form that is not known.") from error
    return {name: [pool.submit(_fetched, job, value, fetch) for value in listed] for name, listed in values.items()}


def end(begun: Begun) -> dict[str, tuple[Fetched, ...]]:
    """Wait for all further inputs and return them. Raises the error of one that failed."""
    return {name: tuple(future.result() for future in futures) for name, futures in begun.items()}


def _fetched(job: HeldJob, value: InputValue, fetch: Fetch) -> Fetched:
    match value:
        case ArchiveInput(study_id=study, series_id=series, image_id=image, scope=scope, volume=volume):
            narrowest = scope or ("image" if image else "series" if series else "study")
            reference = InputReference(study_id=study, series_id=series, image_id=image, scope=narrowest, volume=volume)
            return Fetched("archive", fetch(job, reference), volume=volume)
        case JobOutputInput(job_id=job_id, output=output):
            return Fetched("output", fetch(job, JobOutput(job.message.client_id, job_id, output)))
        case places:
            return Fetched("inline", content=places.model_dump(mode="json"))
