"""The worker put together, and how it stops."""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from algorithms.registry import Registered
from runtime import aws
from runtime.archive import Archive
from runtime.worker import log
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.results_topics import ResultsTopics
from runtime.worker.aws.task_protection import TaskProtection
from runtime.worker.jobs.held_job import WAITING, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.settings import Settings
from runtime.worker.steps.begin import Beginner
from runtime.worker.steps.commit import Committer
from runtime.worker.steps.compute import Computer
from runtime.worker.steps.give_back import GiveBack
from runtime.worker.steps.heartbeat import Heartbeat
from runtime.worker.steps.inputs import Inputs
from runtime.worker.steps.prepare import Preparer
from runtime.worker.steps.receive import Receiver
from runtime.worker.steps.refuse import Refusal
from runtime.worker.steps.watch import Watch


class Worker:
    """Start it, then `drain` it."""

    def __init__(self, settings: Settings, registered: Registered) -> None:
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="imaging-worker-"))
        self._stopping = threading.Event()
        self._stopped = threading.Event()
        self.broken = threading.Event()
        prefetch = Prefetch(registered.algorithm.resources.typical_seconds)
        self._jobs = jobs = HeldJobs(prefetch)
        silence = settings.silence_seconds
        sqs, polling = aws.client("sqs", silence), aws.client("sqs", silence + settings.poll_seconds)
        queue = RequestsQueue(
            sqs, settings.requests_queue_url, settings.lease_seconds, settings.poll_seconds, polling=polling
        )
        table = JobsTable(aws.client("dynamodb", silence), settings.table_name)
        self._bucket = bucket = OutputBucket(aws.client("s3", silence), settings.output_bucket)
        topics = ResultsTopics(aws.client("sns", silence), settings.results_topic_arns, settings.distribution_topic_arn)
        inputs = Inputs(
            Archive(aws.client("s3", silence), settings.pacs_bucket, settings.pacs_key_pattern), self._folder
        )
        self._protection = TaskProtection(settings.ecs_agent_uri, jobs.__len__)
        self._give_back = give_back = GiveBack(queue, jobs, table)
        label = registered.label
        self._committer = committer = Committer(
            distribution=label,
            jobs=jobs,
            bucket=bucket,
            topics=topics,
            table=table,
            requests=queue,
            give_back=give_back,
        )
        beginner = Beginner(
            distribution=label,
            max_attempts=settings.max_attempts,
            table=table,
            queue=queue,
            jobs=jobs,
            committer=committer,
        )
        self._preparer = Preparer(
            registered,
            jobs=jobs,
            inputs=inputs,
            bucket=bucket,
            committer=committer,
            table=table,
            give_back=give_back,
            beginner=beginner,
        )
        self._computer = Computer(
            registered,
            jobs=jobs,
            prefetch=prefetch,
            committer=committer,
            give_back=give_back,
            folder=self._folder,
            beginner=beginner,
        )
        self._heartbeat = Heartbeat(queue, jobs, self._computer, settings.lease_seconds)
        self._watch = Watch(table, jobs, self._computer)
        self._receiver = Receiver(
            algorithm=registered.algorithm.name,
            lease_seconds=settings.lease_seconds,
            queue=queue,
            jobs=jobs,
            preparer=self._preparer,
            refusal=Refusal(queue=queue, table=table, jobs=jobs, committer=committer),
            protection=self._protection,
        )

    def start(self) -> None:
        """Start the child, then everything else. Raises ChildError."""
        self._computer.start()
        self._receiving = self._thread("receive", lambda: self._receiver.run(self._stopping))
        self._computing = self._thread("compute", self._computer.run)
        self._thread("heartbeat", lambda: self._heartbeat.run(self._stopped))
        self._thread("protection", lambda: self._protection.run(self._stopped))
        self._thread("watch", lambda: self._watch.run(self._stopped))

    def drain(self) -> None:
        """Finish what can be finished in time, give back the rest, free everything."""
        # The last tenth is for giving back, and for the processes to end.
        deadline = time.monotonic() + self._settings.stop_timeout_seconds * 0.9
        self._stopping.set()
        self._jobs.close()
        self._give_back.now([job for job in self._jobs.jobs() if job.stage in WAITING], "stopping")
        # The poll under way is waited for: SQS would lease what comes to it to nobody.
        self._receiving.join(max(0.0, deadline - time.monotonic()))
        if not self._jobs.wait_until_empty(deadline - time.monotonic()):
            unfinished = self._jobs.jobs()
            for job in unfinished:
                self._computer.interrupt(job, Stop.RELEASED)
            self._give_back.now(unfinished, "stopped before it was done")
        self.close()

    def close(self) -> None:
        """End the threads, the child and the files."""
        self._stopped.set()
        self._preparer.close()
        self._computing.join(5)
        self._committer.close()
        self._computer.close()
        self._bucket.close()
        self._protection.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _thread(self, name: str, run: Callable[[], None]) -> threading.Thread:
        def guarded() -> None:
            try:
                run()
            except BaseException as error:
                log.line("thread_failed", thread=name, error=f"{type(error).__name__}: {error}")
                self.broken.set()  # a worker with a part missing is worse than none: it is replaced

        thread = threading.Thread(target=guarded, name=name, daemon=True)
        thread.start()
        return thread
