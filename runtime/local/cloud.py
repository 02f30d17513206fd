"""The whole system on one machine: the emulator, the program deployed to it, and the supervisor of its services."""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from runtime.local import readiness
from runtime.local.emulator.emulator import REGION, Emulator
from runtime.local.emulator.enforcement import adapt_roles, judge_services_by_their_cluster
from runtime.local.kept import Kept
from runtime.local.place import Ports, choose
from runtime.local.processes.ports import API_ID, BALANCER_PORT
from runtime.local.program.process import Asked, ProgramProcess
from runtime.local.program.project import configuration, project_name
from runtime.local.services import Services
from runtime.local.tasks.supervisor import Supervisor

KEEP_SECONDS = 60.0  # for the emulator to write what is kept


class DeploymentError(RuntimeError):
    """A deployment that failed; the message says what a person needs to know."""


class LocalCloud:
    """A deployed stack; a context manager that leaves no process and no file behind.

    Parameters
    ----------
    stack : whose Pulumi.<stack>.yaml is used.
    config : configuration values that differ from it, by their keys in Pulumi.yaml.
    enforce : whether the emulator refuses what IAM policies do not allow to functions and tasks, as AWS does.
    ports : where to listen; names and ids are then the same in each run.
    keep : the folder in which images, clients, jobs and results outlast this run; its ports are those of the last one.
    emulator : another than the usual one, such as one behind a proxy.

    Attributes
    ----------
    emulator : the running cloud.
    outputs : the stack's outputs.
    resources : every resource: urn, type, name, id, inputs, outputs.
    """

    def __init__(
        self,
        stack: str = "dev",
        config: Mapping[str, Any] | None = None,
        *,
        enforce: bool = False,
        ports: Ports | None = None,
        keep: Path | None = None,
        emulator: Emulator | None = None,
    ) -> None:
        self.stack = stack
        self._config = dict(config or {})
        self._enforce = enforce
        self._kept = Kept(keep) if keep else None
        if self._kept:
            self._kept.open()
        self.ports = choose(ports or Ports(), self._kept.ports() if self._kept else None)
        self._stable = self._kept is not None or ports not in (None, Ports())
        variables = {**({"AUTH": "true"} if enforce else {}), **(self._kept.variables() if self._kept else {})}
        seconds = KEEP_SECONDS if keep else 0
        self.emulator = emulator or Emulator(port=self.ports.api, keep_seconds=seconds, **variables)
        self.outputs: dict[str, Any] = {}
        self.resources: list[dict[str, Any]] = []
        self._services = Services(self.emulator, enforce=enforce)
        self._program: ProgramProcess | None = None  # of a deployment that has not begun yet

    @property
    def supervisor(self) -> Supervisor | None:
        """What runs the services, once they have been started."""
        return self._services.supervisor

    @property
    def template(self) -> int | None:
        """The process from which tasks are forked, while it runs and if there is one."""
        return self._services.template

    def start(self) -> None:
        """Deploy the stack and start its services; on a DeploymentError nothing is left running."""
        try:
            if self._kept:
                self._kept.prepare(self.emulator.port)
            # What takes longest begins first: the program imports while the emulator starts.
            self._program = ProgramProcess(self._asked())
            self.emulator.begin()
            self._services.prepare()
            s3 = self.emulator.boto3_client("s3")  # imports boto3 meanwhile
            self.emulator.wait()
            self._pacs_bucket(s3)
            self.deploy()
            self._start_services()
        except BaseException:
            self.stop()
            raise

    def _pacs_bucket(self, s3: Any) -> None:
        """Create the PACS bucket, which exists already if the program is deployed to AWS."""
        bucket = configuration(self.stack, self._config)[f"{project_name()}:pacsBucket"]
        place = {"LocationConstraint": REGION}
        if bucket:  # the program says what is missing
            with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):  # it was kept
                s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=place)

    def deploy(self) -> None:
        """Run the program on the emulator. If it ran there before, what is the same stays as it is.

        A later DeploymentError leaves running what runs, and the next deployment goes on from there.
        """
        self._program = self._program or ProgramProcess(self._asked())
        running = bool(self.resources)
        with self._services.paused():
            report = self._program.finish()
        self._program = None
        if "error" in report:
            if running:
                made = {each["urn"]: each for each in [*self.resources, *report.get("resources", ())]}
                self.resources = list(made.values())
            raise DeploymentError(report["error"])
        self.outputs, self.resources = report["outputs"], report["resources"]
        if self._kept:
            self._kept.write(self.ports, self.resources)
        if self._enforce:
            adapt_roles(self.emulator.boto3_client)
            judge_services_by_their_cluster(self.emulator.boto3_client)

    def _asked(self) -> Asked:
        before = self.resources or (self._kept.resources() if self._kept else [])
        earlier = {"stable": self._stable, "resources": before, "running": bool(self.resources)}
        chosen = {BALANCER_PORT: str(self.ports.pacs or ""), API_ID: "imaging" if self._stable else ""}
        environment = {**self.emulator.environment, **chosen}
        return Asked(self.stack, self._config, earlier, environment, self.emulator.folder)

    def _start_services(self) -> None:
        try:
            self._services.start(self.outputs)
        except readiness.UnhealthyError as error:
            raise DeploymentError(f"{error}\n{self._services.logs()}") from error

    def stop(self) -> None:
        """Stop the services, then the emulator, and remove every file."""
        self._services.stop()
        if self._program is not None:
            self._program.stop()
        self.emulator.stop()
        if self._kept:
            self._kept.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
