"""The folder in which a local system keeps images, clients, jobs and results between its runs.

`state/` and `s3/` are written by MiniStack: the files of these AWS services alone are read again. All other resources
are made anew with each run, by the program as it is then. `system.json` is written when a run is deployed.
"""

import fcntl
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final, cast

from runtime.local.place import PlaceError, Ports

SERVICES: Final = ("dynamodb", "s3", "sns", "sqs")
FIELDS: Final = {"urn", "type", "name", "id", "inputs", "outputs"}  # of a resource, as the deployment reads it


class Kept:
    """Such a folder; it belongs to one running system at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))  # `resolve` fails on a link that leads to itself
        self._record = self.folder / "system.json"
        self._lock: Any = None

    def open(self) -> None:
        """Take the folder, and make it if it is not there; raise PlaceError if it is in use or holds other files."""
        lock = self.folder / ".lock"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            own = {lock, *self._parts(), _partial(self._record)} if lock.exists() else set[Path]()
            if not (own and self._record.exists()) and set(self.folder.iterdir()) - own:
                raise PlaceError(f"{self.folder} holds other files; give an empty folder, or one of an earlier run")
            self._lock = lock.open("w")
            for part in (self.folder, *(each for each in self._parts() if each.exists())):
                tempfile.TemporaryFile(dir=part).close()  # MiniStack would go on without a word
        except OSError as error:
            raise PlaceError(f"nothing can be kept in {self.folder}: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            self._lock = None
            raise PlaceError(
                f"another `imaging up --keep` uses {self.folder}; stop it, or give another folder"
            ) from error

    def close(self) -> None:
        """Let go of the folder."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def ports(self) -> Ports:
        """Return the ports of the last run; none of them if there was no run yet."""
        return Ports(*self._read().get("ports", ()))

    def resources(self) -> list[dict[str, Any]]:
        """Return the resources of the last run, as `LocalCloud.resources` had them."""
        return self._read().get("resources", [])

    def write(self, ports: Ports, resources: list[dict[str, Any]]) -> None:
        """Note what the next run needs to know of this one."""
        self._write(self._record, json.dumps({"ports": ports, "resources": resources}, default=str))

    def variables(self) -> dict[str, str]:
        """Return the environment variables with which MiniStack keeps its state here."""
        return {
            "PERSIST_STATE": "1",
            "S3_PERSIST": "1",
            "STATE_DIR": str(self.folder / "state"),
            "S3_DATA_DIR": str(self.folder / "s3"),
        }

    def prepare(self, api_port: int) -> None:
        """Leave the state of those services alone, with the addresses of queues at the port of this run.

        Raises PlaceError if some of it cannot be read: MiniStack would begin without it, and without a word.
        """
        if not self._record.exists():
            self._clear()
        before = self.ports().api
        for file in (self.folder / "state").glob("*.json"):
            if file.stem not in SERVICES:
                file.unlink()
                continue
            self._parsed(file)
            if before not in (None, api_port):
                self._write(file, file.read_text().replace(f"127.0.0.1:{before}/", f"127.0.0.1:{api_port}/"))

    def _parts(self) -> tuple[Path, Path]:
        return self.folder / "state", self.folder / "s3"

    def _clear(self) -> None:
        """Remove what a first run left that was killed before it was deployed; nobody has put anything into it."""
        if any(path.is_file() for path in (self.folder / "s3").rglob("*")):
            raise self._unusable(self._record)
        for part in self._parts():
            shutil.rmtree(part, ignore_errors=True)

    def _read(self) -> dict[str, Any]:
        if not self._record.exists():
            return {}
        record = self._parsed(self._record)
        ports: Any = record.get("ports", [])
        resources: Any = record.get("resources", [])
        if not _list_of(dict, resources) or not all(set(each) >= FIELDS for each in resources):
            raise self._unusable(self._record)
        if not _list_of(int | None, ports) or not all(_is_port(each) for each in ports):
            raise self._unusable(self._record)
        return {"ports": ports[:3], "resources": resources}

    def _parsed(self, file: Path) -> dict[str, Any]:
        try:
            content: Any = json.loads(file.read_text())
        except (ValueError, RecursionError) as error:
            raise self._unusable(file) from error
        if not isinstance(content, dict):
            raise self._unusable(file)
        return cast("dict[str, Any]", content)

    def _write(self, file: Path, text: str) -> None:
        partial = _partial(file)
        try:
            partial.write_text(text)
            partial.replace(file)
        except OSError as error:
            raise PlaceError(f"nothing can be kept in {self.folder}: {error.strerror}") from error

    def _unusable(self, file: Path) -> PlaceError:
        return PlaceError(
            f"{file} is missing, damaged or of another version: give another folder, or put this file back from a copy"
        )


def _partial(file: Path) -> Path:
    return file.with_suffix(".partial")


def _is_port(number: int | None) -> bool:
    return number is None or 0 < number < 65536


def _list_of(kind: Any, value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, kind) for each in cast("list[Any]", value))
