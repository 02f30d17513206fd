"""The end of a job, in the order that survives a crash at any point: files, manifest, SNS, table, message."""

import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from runtime.contracts import keys
from runtime.contracts.messages import encode_result
from runtime.contracts.models import JobResult
from runtime.worker import log
from runtime.worker.aws.jobs_table import JobsTable, Written
from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.results_topics import Letter, ResultsTopics
from runtime.worker.jobs.held_job import HeldJob, Stage, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.outcome import Outcome, cancelled, result
from runtime.worker.jobs.prefetch import BATCH
from runtime.worker.steps.give_back import GiveBack

PARALLEL = 8  # jobs stored at the same time
CHAINS = 2  # batches that are published, written and deleted at the same time: each is a chain of calls


@dataclass(frozen=True, slots=True)
class Ending:
    """A job whose manifest is written. `ended`: its table item says how it ended, only nobody published it."""

    held: HeldJob
    result: JobResult
    text: str
    ended: bool = False


class Committer:
    """Stores in several threads; publishes, writes and deletes in two, as many jobs at once as are waiting."""

    def __init__(
        self,
        *,
        distribution: str,
        jobs: HeldJobs,
        bucket: OutputBucket,
        topics: ResultsTopics,
        table: JobsTable,
        requests: RequestsQueue,
        give_back: GiveBack,
    ) -> None:
        self._distribution = distribution
        self._jobs = jobs
        self._bucket = bucket
        self._topics = topics
        self._table = table
        self._requests = requests
        self._give_back = give_back
        self._pool = ThreadPoolExecutor(PARALLEL, "store")
        self._stored: queue.SimpleQueue[Ending | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"commit-{each}", daemon=True) for each in range(CHAINS)
        ]
        for thread in self._threads:
            thread.start()

    def finish(self, held: HeldJob, outcome: Outcome) -> None:
        """Commit how a job ended."""
        if self._jobs.advance(held, Stage.COMMITTING):
            self._pool.submit(self._store, held, outcome)

    def cancel_waiting(self, held: HeldJob) -> None:
        """End a job that is cancelled and waits for its turn; any other goes on as it is."""
        if held.stop is Stop.CANCELLED and self._jobs.withdraw(held):
            self.finish(held, cancelled())

    def repeat(self, held: HeldJob, done: JobResult, *, ended: bool = False) -> None:
        """Commit again how a job ended before, from its manifest on."""
        if self._jobs.advance(held, Stage.COMMITTING):
            self._announce(held, done, ended)

    def close(self) -> None:
        """Commit what is waiting, then end the threads."""
        self._pool.shutdown()
        self._stored.put(None)
        for thread in self._threads:
            thread.join()

    def _store(self, held: HeldJob, outcome: Outcome) -> None:
        try:
            if not held.is_ours():
                self._abandon(held)
                return
            job = held.message
            self._bucket.store(keys.results_prefix(job.client_id, job.job_id), outcome.products)
            held.mark("stored")
            if not held.is_ours():  # the files took longer than the lease
                self._abandon(held)
                return
            done = result(held, outcome, self._distribution)
            self._bucket.commit(done)
            self._announce(held, done, ended=False)
        except Exception as error:
            self._give_back.later(held, error)

    def _announce(self, held: HeldJob, done: JobResult, ended: bool) -> None:
        held.mark("published")
        done = done.model_copy(update={"hops": {**done.hops, "published": held.hops["published"]}})
        self._stored.put(Ending(held, done, encode_result(done), ended))

    def _run(self) -> None:
        while (first := self._stored.get()) is not None:
            batch = [first]
            while len(batch) < BATCH and not self._stored.empty():
                following = self._stored.get()
                if following is None:
                    self._stored.put(None)
                    break
                batch.append(following)
            try:
                self._end(batch)
            except Exception as error:
                for ending in batch:
                    self._give_back.later(ending.held, error)
        self._stored.put(None)  # for the other thread

    def _end(self, batch: list[Ending]) -> None:
        for ending in [each for each in batch if not each.held.is_ours()]:
            self._abandon(ending.held)
            batch.remove(ending)
        refused = self._topics.publish(Letter(each.held.message.shard, each.result, each.text) for each in batch)
        for ending in [each for each in batch if each.result.job_id in refused]:
            self._give_back.later(ending.held, f"SNS refused the result: {refused[ending.result.job_id]}")
            batch.remove(ending)
        written = self._write(batch)
        for ending in [each for each in batch if written[each.result.job_id].error]:
            self._give_back.later(ending.held, f"the table refused the end: {written[ending.result.job_id].error}")
            batch.remove(ending)
        if batch:
            self._requests.delete([each.held.receipt for each in batch])
        gone = [each for each in batch if self._jobs.remove(each.held)]
        log.jobs_ended((each.result, each.held.receive_count) for each in gone)

    def _write(self, batch: list[Ending]) -> dict[str, Written]:
        ended = [each for each in batch if each.ended]
        ending = [each for each in batch if not each.ended]
        written = zip(
            [each.result.job_id for each in (*ended, *ending)],
            [
                *self._table.published([each.result.job_id for each in ended]),
                *self._table.end([(each.result, each.text) for each in ending]),
            ],
            strict=True,
        )
        return dict(written)

    def _abandon(self, held: HeldJob) -> None:
        if self._jobs.remove(held):
            log.line("job_abandoned", job_id=held.job_id, reason=held.stop.value if held.stop else "lease")
