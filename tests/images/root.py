"""A process in an image's files, as Fargate runs it: as the image's user, and read-only but for /tmp."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

# In a mount namespace of its own, so that nothing is left mounted when the process ends.
ENTER = """
set -e
root=$1 user=$2; shift 2
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
exec chroot --userspec="$user" --groups= "$root" env -i "$@"
"""


@dataclass(frozen=True, slots=True)
class Root:
    """An image's files and what the image says about its process."""

    folder: Path
    config: Mapping[str, Any]

    def command(self, arguments: list[str], environment: Mapping[str, str]) -> list[str]:
        """Return the command line that runs `arguments` in it."""
        variables = [*self.config["Env"], *(f"{name}={value}" for name, value in environment.items())]
        enter = ["unshare", "--mount", "bash", "-c", ENTER, "enter", str(self.folder), self.config["User"]]
        return [*enter, *variables, *arguments]

    def run(self, *arguments: str) -> str:
        """Run a command to its end; return what it printed."""
        done = subprocess.run(self.command(list(arguments), {}), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    @contextmanager
    def running(self, arguments: list[str], environment: Mapping[str, str], log: IO[bytes]) -> Iterator[None]:
        """Run a command until the block ends; then stop it as ECS does."""
        command = self.command(arguments, environment)
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            finally:
                process.kill()
