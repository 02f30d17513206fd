"""Makes a worker's parts and hands each the ones that it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.aws.services import connect
from runtime.worker.aws.task_protection import TaskProtection
from runtime.worker.child.fork import isolation
from runtime.worker.child.messages import Declaration
from runtime.worker.health import Health
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.settings import Settings
from runtime.worker.steps.begin import Beginner
from runtime.worker.steps.compute import Computer
from runtime.worker.steps.dependencies import Dependencies
from runtime.worker.steps.ends.announce import Announcer
from runtime.worker.steps.ends.commit import Committer
from runtime.worker.steps.ends.publication import Publication
from runtime.worker.steps.ends.recorded import RecordedEnds
from runtime.worker.steps.ends.refuse import Refusal
from runtime.worker.steps.ends.write import Ends
from runtime.worker.steps.give_back import GiveBack
from runtime.worker.steps.heartbeat import Heartbeat
from runtime.worker.steps.inputs.download import Inputs
from runtime.worker.steps.inputs.prepare import Preparer
from runtime.worker.steps.receive import Receiver
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
    resources = declaration.resources
    prefetch = Prefetch(resources.typical_seconds)
    jobs = HeldJobs(prefetch)
    dependencies = Dependencies(settings.patience_seconds, sick)
    services = connect(settings)
    protection = TaskProtection(settings.ecs_agent_uri, jobs.__len__)
    give_back = GiveBack(services.queue, jobs, services.table, dependencies)
    recorded = RecordedEnds(declaration.label, services.bucket, dependencies)
    committer = Committer(
        distribution=declaration.label,
        jobs=jobs,
        bucket=services.bucket,
        announcer=Announcer(
            jobs=jobs,
            ends=Ends(table=services.table, recorded=recorded, dependencies=dependencies),
            publication=Publication(topics=services.topics, table=services.table, dependencies=dependencies),
            requests=services.queue,
            dependencies=dependencies,
            give_back=give_back,
        ),
        dependencies=dependencies,
        give_back=give_back,
    )
    beginner = Beginner(
        max_attempts=settings.max_attempts,
        table=services.table,
        recorded=recorded,
        queue=services.queue,
        jobs=jobs,
        committer=committer,
        dependencies=dependencies,
    )
    inputs = Inputs(services.archive, services.earlier, folder, isolation.budget(resources.memory_mib))
    preparer = Preparer(
        scopes=declaration.scopes,
        jobs=jobs,
        inputs=inputs,
        bucket=services.bucket,
        committer=committer,
        table=services.table,
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
        queue=services.queue,
        jobs=jobs,
        preparer=preparer,
        refusal=Refusal(queue=services.queue, table=services.table, jobs=jobs, committer=committer),
        protection=protection,
        dependencies=dependencies,
        make_room=inputs.make_room,
        sign_of_life=health.sign_of_life,
    )
    return Parts(
        jobs=jobs,
        bucket=services.bucket,
        protection=protection,
        dependencies=dependencies,
        give_back=give_back,
        committer=committer,
        preparer=preparer,
        computer=computer,
        heartbeat=Heartbeat(services.queue, jobs, computer, settings.lease_seconds, health.sign_of_life),
        watch=Watch(services.table, jobs, computer, give_back, health.sign_of_life),
        receiver=receiver,
    )
