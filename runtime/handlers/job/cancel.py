"""Cancels a job: at once, or by asking the worker that has it."""

from runtime.contracts import states
from runtime.handlers.job.result import publish, results
from runtime.handlers.problem import Problem
from runtime.handlers.table import store


def cancel(job: store.Item) -> str:
    """Cancel the job at once if no worker has it, otherwise ask its worker to; return the state after that."""
    for _ in range(len(states.OPEN_STATES)):  # it can move on between reading and writing, but only so often
        state = job["state"]
        if state in states.END_STATES:
            break
        if state == states.RUNNING:
            if store.change(job["pk"], {"cancel_requested": True}, "#state = :running", {":running": state}):
                return state
        else:
            message = "The job was cancelled by its client before it started."
            result = results.failure(job, states.CANCELLED, "cancelled", message)
            if results.end(job, result, (states.ACCEPTED, states.QUEUED)):
                publish.publish_stored(job["pk"])
                return states.CANCELLED
        job = store.get(job["pk"]) or job
    if job["state"] == states.CANCELLED and "t_published" not in job:  # an earlier call got no further
        publish.publish_stored(job["pk"])
        return states.CANCELLED
    if job["state"] in states.OPEN_STATES:
        raise Problem("unavailable", "The job changed its state again and again meanwhile; call again.")
    raise Problem("already_ended", f"The job has already ended: {job['state']}.")
