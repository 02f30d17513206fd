"""The place for a job's outputs, checked before the job is sent."""

import importlib.util
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

import click

# The suffix of a file, and the library without which it cannot be written.
SUFFIXES: Final = {".png": "", ".jpg": "cv2", ".mha": "", ".nii.gz": "", ".csv": "", ".json": ""}
LIBRARIES: Final = {"cv2": "opencv-python-headless"}
HELP: Final = f"A {' '.join(SUFFIXES)} file, or a folder for every output."


class Target(NamedTuple):
    """A checked place: a folder if `suffix` is empty, otherwise one file."""

    path: Path
    suffix: str


def check(context: click.Context, option: click.Parameter, path: Path | None) -> Target | None:
    """Return the place that `--save` names; raise BadParameter if nothing could be written there."""
    if path is None:
        return None
    suffix = "" if path.is_dir() else ".nii.gz" if path.name.endswith(".nii.gz") else path.suffix
    if suffix and suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise click.BadParameter(f"{path.name} ends in {suffix}; known are {known}, and folders without a suffix")
    library = SUFFIXES.get(suffix, "")
    if library and importlib.util.find_spec(library) is None:
        raise click.BadParameter(f"{suffix} needs {LIBRARIES[library]}, which is not installed")
    folder = next(each for each in ((path.parent if suffix else path), *path.absolute().parents) if each.exists())
    try:
        tempfile.TemporaryFile(dir=folder).close()  # what a file system refuses, its permissions need not say
    except OSError as error:
        fault = f"{path} cannot be written: {folder} is no folder that you may write to ({error.strerror})"
        raise click.BadParameter(fault) from error
    return Target(path, suffix)
