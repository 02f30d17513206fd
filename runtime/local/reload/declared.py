"""Reads what is declared now: `python -m runtime.local.reload.declared RESULT`, in a process that has loaded nothing.

It writes the fields of `Declared` to the file RESULT, as JSON.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from pathlib import Path

from algorithms.errors import RegistryError
from algorithms.registered import Registry
from algorithms.registry import load_registry
from runtime.bundle.content import TooLargeError, generated
from runtime.bundle.scalars import UnsupportedSchemaError
from runtime.local.processes import guard


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a distribution's algorithms cannot be served: `file:line` if it is known, and a message."""

    distribution: str
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What the installed algorithms declare.

    Parameters
    ----------
    algorithms : the distribution of each algorithm.
    digest : a hash of all that a deployment makes from the declarations.
    faults : what is wrong; the others are empty then.
    """

    algorithms: dict[str, str] = field(default_factory=dict[str, str])
    digest: str = ""
    faults: tuple[Fault, ...] = ()

    def of(self, distributions: Collection[str]) -> frozenset[str]:
        """Return the algorithms of these distributions."""
        return frozenset(name for name, distribution in self.algorithms.items() if distribution in distributions)


def now() -> Declared:
    """Return what is declared at this moment, read by a new process."""
    with tempfile.TemporaryDirectory(prefix="imaging-declared-") as folder:
        result = Path(folder, "declared.json")
        done = subprocess.run(
            guard.command(sys.executable, "-m", "runtime.local.reload.declared", str(result)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if not result.exists():
            ended = done.stderr.strip().splitlines() or [f"reading the declarations ended with code {done.returncode}"]
            return Declared(faults=(Fault("", "", ended[-1]),))
        answer = json.loads(result.read_text())
    return Declared(answer["algorithms"], answer["digest"], tuple(Fault(**each) for each in answer["faults"]))


def of_registry(registry: Registry) -> Declared:
    """Return what a registry declares."""
    text = json.dumps(generated(registry), sort_keys=True)
    names = {name: registered.distribution for name, registered in registry.items()}
    return Declared(names, hashlib.sha256(text.encode()).hexdigest())


def main() -> int:
    """Write what is declared now."""
    try:
        declared = of_registry(load_registry())
    except RegistryError as error:
        declared = Declared(faults=tuple(Fault(each.distribution, each.place, each.message) for each in error.faults))
    except (TooLargeError, UnsupportedSchemaError) as error:
        declared = Declared(faults=(Fault("", "", str(error)),))
    Path(sys.argv[1]).write_text(json.dumps(asdict(declared)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
