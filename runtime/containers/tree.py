"""Reads and writes build contexts: the same bytes, modes and dates on any machine, written only if changed."""

import hashlib
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

EPOCH = 315619200  # the second day of 1980: archives hold no earlier date
IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "*.egg-info", "build", "dist", "node_modules")


@dataclass(frozen=True, slots=True)
class File:
    """One file of a tree. `origin` is a written file with the same content and mode, to link to."""

    content: bytes
    executable: bool = False
    origin: Path | None = None

    @property
    def mode(self) -> int:
        """The file's mode, whatever the umask is here."""
        return 0o755 if self.executable else 0o644


Tree = Mapping[str, File]  # by path, with slashes


def read(source: Path) -> dict[str, File]:
    """Return the files of a folder without the ignored ones, or one file under the path "."."""
    if not source.is_dir():
        return {".": _file(source)}
    files: dict[str, File] = {}
    for folder, folders, names in os.walk(source, followlinks=True):
        ignored = IGNORED(folder, [*folders, *names])
        folders[:] = sorted(each for each in folders if each not in ignored)
        for name in sorted(set(names) - ignored):
            path = Path(folder, name)
            files[path.relative_to(source).as_posix()] = _file(path)
    return files


def digest(tree: Tree, name: str = "") -> str:
    """Return 16 hex digits over a name and the paths, modes and contents of the files, whatever their dates."""
    hasher = hashlib.sha256(f"{name}\0".encode())
    for path, file in sorted(tree.items()):
        hasher.update(f"{path}\0{file.mode:o}\0".encode() + _hash(file.content))
    return hasher.hexdigest()[:16]


@lru_cache(maxsize=64)  # most files are in every context
def _hash(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def archive(tree: Tree) -> bytes:
    """Return the tree as one tar file; pip installs it as it does the folder."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path, file in sorted(tree.items()):
            about = tarfile.TarInfo(path)
            about.size, about.mode, about.mtime = len(file.content), file.mode, EPOCH
            tar.addfile(about, io.BytesIO(file.content))
    return written.getvalue()


def write(tree: Tree, target: Path, content: str) -> None:
    """Make `target` hold exactly the tree, whose digest is `content`, unless it does; link files if possible."""
    note = target.with_name(f".{target.name}.digest")
    if note.exists() and note.read_text() == content and _holds(target, tree):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    folders = [fresh, *(fresh / each for each in sorted(_folders(tree)))]
    for folder in folders[1:]:
        folder.mkdir()
    for path, file in tree.items():
        place = f"{fresh}/{path}"
        if file.origin is None or not _linked(file.origin, place):
            written = Path(place)
            written.write_bytes(file.content)
            written.chmod(file.mode)
            os.utime(written, (EPOCH, EPOCH))
    for folder in reversed(folders):
        folder.chmod(0o755)
        os.utime(folder, (EPOCH, EPOCH))
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    note.write_text(content)


def _folders(tree: Tree) -> set[str]:
    """Return the paths of all folders of a tree but itself."""
    found: set[str] = set()
    for path in tree:
        above = path
        while (above := above.rpartition("/")[0]) and above not in found:
            found.add(above)
    return found


def _holds(target: Path, tree: Tree) -> bool:
    """Return whether a folder holds the tree as it was written: a file that was changed since has another date."""
    if not target.is_dir():
        return False
    seen = 0
    for folder, _, names in os.walk(target):
        for name in names:
            path = Path(folder, name)
            file, status = tree.get(path.relative_to(target).as_posix()), path.lstat()
            if file is None or (status.st_size, status.st_mtime, status.st_mode & 0o777) != (
                len(file.content),
                EPOCH,
                file.mode,
            ):
                return False
            seen += 1
    return seen == len(tree)


def _linked(origin: Path, place: str) -> bool:
    try:
        os.link(origin, place)
    except OSError:  # another file system, or one without links
        return False
    return True


def _file(path: Path) -> File:
    return File(path.read_bytes(), bool(path.stat().st_mode & 0o100))
