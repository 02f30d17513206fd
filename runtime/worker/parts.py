"""Makes a worker's parts and hands each the ones that it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from runtime import aws
from runtime.archive import Archive
from runtime.worker.aws.earlier_outputs import EarlierOutputs
from runtime.worker.aws.jobs_table import JobsTable
from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.results_topics import ResultsTopics
from runtime.worker.aws.task_protection import TaskProtection
from runtime.worker.child import isolation
from runtime.worker.child.messages import Declaration
from runtime.worker.health import Health
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.settings import Settings
from runtime.worker.steps.announce import Announcer
from runtime.worker.steps.begin import Beginner
from runtime.worker.steps.commit import Committer
from runtime.worker.steps.compute import Computer
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends import Ends
from runtime.worker.steps.give_back import GiveBack
from runtime.worker.steps.heartbeat import Heartbeat
from runtime.worker.steps.inputs import Inputs
from runtime.worker.steps.prepare import Preparer
from runtime.worker.steps.publication import Publication
from runtime.worker.steps.receive import Receiver
from runtime.worker.steps.recorded import RecordedEnds
from runtime.worker.steps.refuse import Refusal
from runtime.worker.steps.run import Runner
from runtime.worker.steps.watch import Watch


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that the worker starts, drains and closes."""

    jobs: HeldJobs
    bucket: OutputBucket
    protection: TaskProtection
    dependencies: Dependencies
    give_back: GiveBack
    committer: Committer
    preparer: Preparer
    computer: Computer
    heartbeat: Heartbeat
    watch: Watch
    receiver: Receiver


def wire(
    settings: Settings,
    declaration: Declaration,
    *,
    runner: Runner,
    folder: Path,
    health: Health,
    sick: Callable[[str], None],
) -> Parts:
    """Make the parts of a worker whose files are in `folder`."""
    silence, resources = settings.silence_seconds, declaration.resources
    prefetch = Prefetch(resources.typical_seconds)
    jobs = HeldJobs(prefetch)
    dependencies = Dependencies(settings.patience_seconds, sick)
    queue = RequestsQueue(
        aws.boto3_client("sqs", silence),
        settings.requests_queue_url,
        settings.lease_seconds,
        settings.receive_seconds,
        overflow_url=settings.overflow_queue_url,
        polling=aws.boto3_client("sqs", silence + settings.receive_seconds),
    )
    table = JobsTable(aws.boto3_client("dynamodb", silence), settings.table_name)
    bucket = OutputBucket(aws.boto3_client("s3", silence), settings.output_bucket)
    topics = ResultsTopics(aws.boto3_client("sns", silence), settings.shards, settings.distribution_topic_arn)
    archive = Archive(aws.boto3_client("s3", silence), settings.pacs_bucket, settings.pacs_key_pattern)
    protection = TaskProtection(settings.ecs_agent_uri, jobs.__len__)
    give_back = GiveBack(queue, jobs, table)
    recorded = RecordedEnds(declaration.label, bucket, dependencies)
    committer = Committer(
        distribution=declaration.label,
        jobs=jobs,
        bucket=bucket,
        announcer=Announcer(
            jobs=jobs,
            ends=Ends(table=table, recorded=recorded, dependencies=dependencies),
            publication=Publication(topics=topics, table=table, dependencies=dependencies),
            requests=queue,
            dependencies=dependencies,
            give_back=give_back,
        ),
        dependencies=dependencies,
        give_back=give_back,
    )
    beginner = Beginner(
        max_attempts=settings.max_attempts,
        table=table,
        recorded=recorded,
        queue=queue,
        jobs=jobs,
        committer=committer,
        dependencies=dependencies,
    )
    earlier = EarlierOutputs(aws.boto3_client("s3", silence), bucket)
    inputs = Inputs(archive, earlier, folder, isolation.budget(resources.memory_mib))
    preparer = Preparer(
        scopes=declaration.scopes,
        jobs=jobs,
        inputs=inputs,
        bucket=bucket,
        committer=committer,
        table=table,
        give_back=give_back,
        beginner=beginner,
        dependencies=dependencies,
    )
    computer = Computer(
        runner=runner,
        jobs=jobs,
        prefetch=prefetch,
        committer=committer,
        give_back=give_back,
        beginner=beginner,
        dependencies=dependencies,
    )
    receiver = Receiver(
        algorithm=declaration.name,
        lease_seconds=settings.lease_seconds,
        folder=folder,
        queue=queue,
        jobs=jobs,
        preparer=preparer,
        refusal=Refusal(queue=queue, table=table, jobs=jobs, committer=committer),
        protection=protection,
        dependencies=dependencies,
        make_room=inputs.make_room,
        sign_of_life=health.sign_of_life,
    )
    return Parts(
        jobs=jobs,
        bucket=bucket,
        protection=protection,
        dependencies=dependencies,
        give_back=give_back,
        committer=committer,
        preparer=preparer,
        computer=computer,
        heartbeat=Heartbeat(queue, jobs, computer, settings.lease_seconds, health.sign_of_life),
        watch=Watch(table, jobs, computer, give_back, health.sign_of_life),
        receiver=receiver,
    )
