"""Reads how a job ended from its item in the jobs table, and from its manifest if the item has a part of that."""

import json
from dataclasses import dataclass

from runtime.contracts.items import Item
from runtime.contracts.messages import decode_result, encode_result
from runtime.contracts.models import Fault, JobResult
from runtime.contracts.results import fit
from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.jobs.outcome import Outcome, result
from runtime.worker.steps.dependencies import Dependencies


@dataclass(frozen=True, slots=True)
class RecordedEnds:
    """The ends that the table has already. Threads may share it."""

    distribution: str
    bucket: OutputBucket
    dependencies: Dependencies

    def read(self, job: HeldJob, item: Item) -> tuple[JobResult, str]:
        """Return the result of an ended job, and the text of its message."""
        if "result" in item:
            text = str(item["result"])
            kept = decode_result(text)
            if "manifest" not in json.loads(text):
                return kept, text
            client_id = job.message.client_id
            known = self.dependencies.call("S3", lambda: self.bucket.manifest(client_id, job.job_id), job.is_ours)
            manifest = None if known is None else known.model_dump(mode="json")
            whole = fit.completed(kept.model_dump(mode="json"), manifest, job.message.model_dump(mode="json"))
            done = decode_result(fit.dumps(whole))
        else:
            error = Fault.model_validate_json(item["error"]) if "error" in item else None
            done = result(job, Outcome(item["state"], error=error), self.distribution)
        return done, encode_result(done)
