"""Writes the ends of jobs to the jobs table, which decides, publishes their results, and deletes their messages."""

import queue
import threading

from runtime.worker import log
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import BATCH
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.ending import Ending, wanted
from runtime.worker.steps.ends.publication import Publication
from runtime.worker.steps.ends.write import Ends
from runtime.worker.steps.give_back import GiveBack

CHAINS = 2  # batches that are on their way at the same time: each is a chain of calls


class Announcer:
    """A queue of endings, and two threads that announce them; each takes those that wait, at most ten at once."""

    def __init__(
        self,
        *,
        jobs: HeldJobs,
        ends: Ends,
        publication: Publication,
        requests: RequestsQueue,
        dependencies: Dependencies,
        give_back: GiveBack,
    ) -> None:
        self._jobs = jobs
        self._ends = ends
        self._publication = publication
        self._requests = requests
        self._dependencies = dependencies
        self._give_back = give_back
        self._endings: queue.SimpleQueue[Ending | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"announce-{each}", daemon=True) for each in range(CHAINS)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, ending: Ending) -> None:
        """Put an ending in the queue."""
        self._endings.put(ending)

    def close(self) -> None:
        """Announce the endings that wait, then end the threads."""
        self._endings.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while (first := self._endings.get()) is not None:
            batch = [first]
            while len(batch) < BATCH:
                try:
                    following = self._endings.get_nowait()
                except queue.Empty:
                    break
                if following is None:
                    self._endings.put(None)
                    break
                batch.append(following)
            try:
                self._announce(batch)
            except Exception as error:
                for ending in batch:
                    self._give_back.later(ending.job, error)
        self._endings.put(None)  # for the other thread

    def _announce(self, batch: list[Ending]) -> None:
        """Announce a batch; a job that cannot be announced is given back, or abandoned if it is lost."""
        self._drop_lost(batch)
        self._drop(batch, self._ends.write(batch), "the jobs table refused the end")
        self._drop_lost(batch)
        news = [each for each in batch if not each.is_published]
        self._drop(batch, self._publication.publish(news), "SNS refused the result")
        if batch:
            receipts = [each.job.receipt for each in batch]
            self._dependencies.call("SQS", lambda: self._requests.delete(receipts), lambda: wanted(batch))
        gone = [each for each in batch if self._jobs.remove(each.job)]
        log.jobs_ended((each.result, each.job.receive_count) for each in gone if not each.is_published)

    def _drop_lost(self, batch: list[Ending]) -> None:
        for ending in [each for each in batch if not each.job.is_ours()]:
            self._give_back.abandon(ending.job)
            batch.remove(ending)

    def _drop(self, batch: list[Ending], refused: dict[str, str], reason: str) -> None:
        for ending in [each for each in batch if each.job.job_id in refused]:
            self._give_back.later(ending.job, f"{reason}: {refused[ending.job.job_id]}")
            batch.remove(ending)
