"""The process that runs the program for one deployment: it imports at once, and begins when it is told to."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runtime.local.processes import guard
from runtime.local.program.project import BEGINS_WHEN_TOLD, ROOT


@dataclass(frozen=True, slots=True)
class Asked:
    """What a deployment is asked to make.

    Parameters
    ----------
    stack : whose Pulumi.<stack>.yaml is used.
    changes : configuration values that differ from it.
    earlier : the fields of `Earlier`.
    environment : the cloud's address, and the addresses that were chosen.
    folder : where the program builds; removed with the cloud.
    """

    stack: str
    changes: Mapping[str, Any]
    earlier: Mapping[str, Any]
    environment: Mapping[str, str]
    folder: Path


class ProgramProcess:
    """One run of the program. It has until `finish` to import, for which it needs no cloud."""

    def __init__(self, asked: Asked) -> None:
        self._answer, earlier = (asked.folder / name for name in ("deployment.json", "earlier.json"))
        self._answer.unlink(missing_ok=True)
        earlier.write_text(json.dumps(asked.earlier, default=str))
        path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]  # it may lead to plugins
        arguments = (asked.stack, str(self._answer), json.dumps(asked.changes), str(earlier), BEGINS_WHEN_TOLD)
        self._process = subprocess.Popen(
            guard.command(sys.executable, "-m", "runtime.local.program.run", *arguments),
            env={**os.environ, **asked.environment, "PYTHONPATH": os.pathsep.join(path)},
            cwd=asked.folder,
            stdin=subprocess.PIPE,
            stdout=sys.stderr.fileno() if _has_descriptor() else subprocess.DEVNULL,
            process_group=0,  # a Ctrl-C reaches the deployer alone: a half imported program would print a traceback
        )

    def finish(self) -> dict[str, Any]:
        """Let it begin, now that the cloud is there, and return its answer once it has ended."""
        self._process.communicate()  # ends its standard input
        code = self._process.returncode
        report: dict[str, Any] = json.loads(self._answer.read_text()) if self._answer.exists() else {}
        if code and "error" not in report:
            report["error"] = f"the program ended with code {code}"
        return report

    def stop(self) -> None:
        """End it, if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def _has_descriptor() -> bool:
    try:
        sys.stderr.fileno()
    except (OSError, AttributeError, ValueError):  # replaced by something that is not a file
        return False
    return True
