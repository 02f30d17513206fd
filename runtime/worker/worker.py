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
from runtime.worker.aws.forms import encode_once
from runtime.worker.aws.jobs_table import Table
from runtime.worker.aws.output_bucket import Outputs
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.results_topics import Publisher
from runtime.worker.aws.task_protection import Protection
from runtime.worker.jobs.held_job import WAITING, Stop
from runtime.worker.jobs.held_jobs import Hand
from runtime.worker.jobs.prefetch import Pace
from runtime.worker.settings import Settings
from runtime.worker.steps.commit import Committer
from runtime.worker.steps.compute import Computer
from runtime.worker.steps.give_back import Release
from runtime.worker.steps.heartbeat import Leases
from runtime.worker.steps.inputs import Inputs
from runtime.worker.steps.prepare import Preparer
from runtime.worker.steps.receive import Receiver
from runtime.worker.steps.watch import Watch


class Worker:
    """Start it, then `drain` it."""

    def __init__(self, settings: Settings, registered: Registered) -> None:
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="imaging-worker-"))
        self._stopping = threading.Event()
        self._stopped = threading.Event()
        self.broken = threading.Event()
        pace = Pace(registered.algorithm.resources.typical_seconds)
        self._hand = Hand(pace)
        queue = RequestsQueue(
            aws.client("sqs"), settings.requests_queue_url, settings.lease_seconds, settings.poll_seconds
        )
        table = Table(aws.client("dynamodb"), settings.table_name)
        self._outputs = Outputs(aws.client("s3"), settings.output_bucket)
        publisher = Publisher(
            encode_once(aws.client("sns")), settings.results_topic_arns, settings.distribution_topic_arn
        )
        inputs = Inputs(Archive(aws.client("s3"), settings.pacs_bucket, settings.pacs_key_pattern), self._folder)
        self._protection = Protection(settings.ecs_agent_uri, self._hand.__len__)
        self._release = Release(queue, self._hand)
        self._committer = Committer(registered.label, self._hand, self._outputs, publisher, table, queue, self._release)
        self._preparer = Preparer(registered, self._hand, inputs, self._outputs, self._committer, table, self._release)
        self._computer = Computer(registered, self._hand, pace, self._committer, self._release, self._folder)
        self._leases = Leases(queue, self._hand, self._computer, settings.lease_seconds)
        self._watch = Watch(table, self._hand, self._computer)
        self._receiver = Receiver(
            registered.algorithm.name,
            registered.label,
            settings.lease_seconds,
            queue,
            table,
            self._hand,
            self._preparer,
            self._committer,
            self._release,
            self._protection,
        )

    def start(self) -> None:
        """Start the child, then everything else. Raises ChildError."""
        self._computer.start()
        self._receiving = self._thread("receive", lambda: self._receiver.run(self._stopping))
        self._computing = self._thread("compute", self._computer.run)
        self._thread("leases", lambda: self._leases.run(self._stopped))
        self._thread("protection", lambda: self._protection.run(self._stopped))
        self._thread("watch", lambda: self._watch.run(self._stopped))

    def drain(self) -> None:
        """Finish what can be finished in time, give back the rest, free everything."""
        # The last tenth is for giving back, and for the processes to end.
        deadline = time.monotonic() + self._settings.stop_timeout_seconds * 0.9
        self._stopping.set()
        self._hand.close()
        self._release.now([job for job in self._hand.jobs() if job.stage in WAITING], "stopping")
        # The poll under way is waited for: SQS would lease what comes to it to nobody.
        self._receiving.join(max(0.0, deadline - time.monotonic()))
        if not self._hand.wait_until_empty(deadline - time.monotonic()):
            unfinished = self._hand.jobs()
            for job in unfinished:
                self._computer.interrupt(job, Stop.RELEASED)
            self._release.now(unfinished, "stopped before it was done")
        self.close()

    def close(self) -> None:
        """End the threads, the child and the files."""
        self._stopped.set()
        self._preparer.close()
        self._computing.join(5)
        self._committer.close()
        self._computer.close()
        self._outputs.close()
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
