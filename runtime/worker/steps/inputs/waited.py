"""Lets go of jobs that were cancelled while they waited on their queue, before their inputs are downloaded."""

from collections.abc import Sequence
from typing import Final

from runtime.contracts import states
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.jobs.held_job import HeldJob, now_ms
from runtime.worker.steps.begin import Beginner
from runtime.worker.steps.dependencies import Dependencies

LONG_MS: Final = 10_000  # a job that came sooner is not worth a call: few are cancelled so soon


def has_waited(job: HeldJob) -> bool:
    """Return whether a job was so long on its queue that its client may have cancelled it meanwhile."""
    return now_ms() - job.hops["queued"] > LONG_MS


def without_ended(
    jobs: Sequence[HeldJob], *, table: JobsTable, beginner: Beginner, dependencies: Dependencies
) -> Sequence[HeldJob]:
    """Return the jobs that have not ended; one call looks at all of them, and one deletes the others' messages."""

    def ended() -> list[HeldJob]:
        marks = table.marks([job.job_id for job in jobs])
        told = {key for key, mark in marks.items() if mark["state"] in states.END_STATES and "t_published" in mark}
        return [job for job in jobs if job.job_id in told]

    try:
        gone = dependencies.call("DynamoDB", ended, lambda: any(job.is_ours() for job in jobs))
        if gone:
            beginner.drop(gone)
    except Exception:  # it is looked at again when the job begins
        return jobs
    return [job for job in jobs if job not in gone]
