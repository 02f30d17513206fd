"""Makes one call for many jobs: throttled ones are sent again, those refused for good are returned with their code."""

from collections.abc import Callable, Sequence

from runtime.errors import TransientError
from runtime.worker.aws.trouble import Trouble, of_code
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.ending import Ending, wanted

Action = Callable[[Sequence[Ending]], dict[str, str]]


def for_each(
    dependencies: Dependencies, name: str, batch: Sequence[Ending], action: Action, most: int | None = None
) -> dict[str, str]:
    """Call `action` for a batch, and return the codes of the jobs that it refuses for good, by job_id.

    `action` returns the codes of the jobs that were refused. It is called again, at most `most` times, for those whose
    code may pass. Raises as `Dependencies.call` does; with `most`, the error's name becomes the code of the jobs left.
    """
    refused: dict[str, str] = {}
    left = {each.job_id: each for each in batch}

    def act() -> None:
        codes = action(list(left.values()))
        passing = {job_id: code for job_id, code in codes.items() if of_code(code) is Trouble.PASSING}
        refused.update({job_id: code for job_id, code in codes.items() if job_id not in passing})
        for job_id in left.keys() - passing.keys():
            del left[job_id]
        if passing:
            raise TransientError(f"{name} refused jobs: {', '.join(sorted(set(passing.values())))}")

    if not batch:
        return refused
    try:
        dependencies.call(name, act, lambda: wanted(batch), most)
    except Exception as error:
        if most is None:
            raise
        refused |= dict.fromkeys(left, type(error).__name__)
    return refused
