"""Runs the emulator, MiniStack, on loopback, with a port and folders of its own."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from runtime.local.emulator import changes
from runtime.local.processes import group, guard
from runtime.local.processes.ports import free_port

REGION = "eu-south-1"
__all__ = ["ACCOUNT", "REGION", "Emulator", "free_port"]

ACCOUNT = "000000000000"
START_SECONDS = 30.0


class Emulator:
    """A running MiniStack; a context manager that leaves no process and no file behind.

    `variables` are added to its environment (such as AUTH=true, which makes it enforce IAM for assumed roles). It
    listens on `port`, by default any free one. When it stops, it may take `keep_seconds` to write what it keeps; by
    default it keeps nothing, and is killed.
    """

    def __init__(self, *, port: int | None = None, keep_seconds: float = 0, **variables: str) -> None:
        self.port = port or free_port()
        self._keep_seconds = keep_seconds
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.folder = Path(tempfile.mkdtemp(prefix="imaging-cloud-"))
        self.log = self.folder / "ministack.log"
        self.ecs_changes = self.folder / "ecs-changes"
        self._variables = variables
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment variables with which a process reaches this cloud and no other."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": ACCOUNT,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",  # where it is set, it counts instead
        }

    @property
    def arguments(self) -> dict[str, str]:
        """Return the arguments with which boto3 makes a client of this cloud."""
        secret = {"aws_secret_access_key": "local"}  # the emulator takes any
        return {"endpoint_url": self.endpoint, "region_name": REGION, "aws_access_key_id": ACCOUNT, **secret}

    def boto3_client(self, service: str) -> Any:
        """Return a boto3 client of this cloud."""
        import boto3  # late: half of what `imaging up` imports, and the emulator can start meanwhile
        from botocore.config import Config

        overloaded: Any = boto3  # each of its overloads names one AWS service; here the name is a variable
        return overloaded.client(
            service,
            **self.arguments,
            config=Config(retries={"max_attempts": 2}, max_pool_connections=32),
        )

    def start(self) -> None:
        """Start it and wait until it answers; raise RuntimeError with its log if it does not."""
        self.begin()
        self.wait()

    def begin(self) -> None:
        """Start it; it does not answer yet."""
        temporary = self.folder / "tmp"
        temporary.mkdir()
        variables = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            **self.environment,
            "BIND_HOST": "127.0.0.1",  # it listens on every interface otherwise
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": "127.0.0.1",
            "MINISTACK_REGION": REGION,
            "S3_DATA_DIR": str(self.folder / "s3"),
            "STATE_DIR": str(self.folder / "state"),
            "TMPDIR": str(temporary),
            "LOG_LEVEL": "WARNING",
            changes.FILE: str(self.ecs_changes),
            **self._variables,
        }
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                guard.command(sys.executable, "-m", "runtime.local.emulator.server"),
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,  # a Ctrl-C then reaches the deployer first, which stops all in order
            )

    def wait(self) -> None:
        """Wait until it answers; raise RuntimeError with its log if it does not."""
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process is None or self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"MiniStack did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=1):  # noqa: S310 - our own http
                return True
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """Stop it and the functions that it runs, and remove its files."""
        if self._process is not None:
            if self._keep_seconds:
                self._process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(self._keep_seconds)
            group.end_group(self._process.pid)  # its functions, too
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
