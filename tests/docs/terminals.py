"""A reader's two terminals: the first keeps the system running, in the second commands run."""

import signal
import subprocess
import time
from pathlib import Path

# Nothing listens there: a call that went to the proxy instead of the machine itself would fail.
PROXY = dict.fromkeys(("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9")


class Up:
    """`imaging up` in the first terminal, which keeps what the README's commands make."""

    FIRST = "imaging up --keep my-system"
    AGAIN = "imaging up --data my-scans --keep my-system"

    def __init__(self, clone: Path, shell: dict[str, str]) -> None:
        self._clone, self._shell = clone, shell
        self.log = clone / "up.log"

    def start(self, command_line: str) -> None:
        """Start it, and wait until it says that it is up."""
        command = [self._clone / ".venv/bin/imaging", *command_line.split()[1:]]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(command, cwd=self._clone, env=self._shell, stdout=log, stderr=log)
        deadline = time.monotonic() + 240
        while "The imaging services are up" not in self.log.read_text():
            assert self._process.poll() is None and time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)
        assert self._process.wait(60) == 0, self.log.read_text()


def run(script: str, clone: Path, shell: dict[str, str]) -> str:
    """Run a script in the second terminal; return what it printed."""
    done = subprocess.run(
        ["bash", "-c", script], cwd=clone, env=shell | PROXY, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout
