"""What an author gives an algorithm: DICOM files, read as the worker reads them, or a file of another format."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from algorithms.declaration import Needs, Scope
from algorithms.image import Image
from runtime.authoring.inputs.nifti import is_nifti, with_what_is_not_finite
from runtime.authoring.inputs.whole import lack_of
from runtime.errors import PermanentError

PICTURES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
VOLUMES: Final = (".nii", ".nii.gz", ".mha", ".mhd", ".nrrd")
PREAMBLE: Final = 128  # bytes before the letters DICM


@dataclass(frozen=True, slots=True)
class Source:
    """Files of one input; `left_out` counts those of a folder that are not DICOM, `volume` is the one that is read."""

    paths: tuple[Path, ...]
    format: Literal["dicom", "picture", "volume"]
    scope: Scope
    left_out: int = 0
    volume: str | None = None


def locate(path: Path, scope: Scope | None = None, series: str | None = None) -> Source:
    """Return the files of an input. Raises PermanentError if there is none, or more than one.

    The scope is `image` for one file, `series` for a folder of one series or a file of a volume; `scope` says
    otherwise. `series` is the SeriesInstanceUID of the files to take from a folder.
    """
    if not path.exists():
        raise PermanentError("input_not_found", f"There is no {path}.")
    if path.is_file():
        check_content(path)
        name = path.name.lower()
        if name.endswith(PICTURES):
            return Source((path,), "picture", scope or "image")
        if name.endswith(VOLUMES):
            return Source((path,), "volume", scope or "series")
        return Source((path,), "dicom", scope or "image")
    files = sorted(each for each in path.rglob("*") if each.is_file() and not each.name.startswith("."))
    found = [each for each in files if _is_dicom(each)]
    if not found:
        others = [each for each in files if each.name.lower().endswith(PICTURES + VOLUMES)]
        way = f" Give a file of another kind by its own name, such as {others[0]}." if others else ""
        raise PermanentError("input_not_found", f"{path} holds no DICOM file.{way}")
    left_out = len(files) - len(found)
    if scope != "study":
        found = _one_series(found, series)
    return Source(tuple(found), "dicom", scope or "series", left_out)


def check_content(file: Path) -> None:
    """Check that a file holds something. Raises PermanentError."""
    if not file.stat().st_size:
        raise PermanentError("input_unreadable", f"{file.name} is empty.")


def read(source: Source, needs: Needs) -> Image:
    """Read an input into memory. Raises PermanentError as the worker does."""
    if source.format == "dicom":
        from runtime.dicom import read_image

        try:
            return read_image(source.paths, needs, source.volume)
        except PermanentError as error:
            if error.code != "input_unreadable" or len(source.paths) != 1 or _is_dicom(source.paths[0]):
                raise
            others = ", ".join(VOLUMES + PICTURES)
            raise PermanentError(
                error.code, f"{source.paths[0].name} is no DICOM file; by their names others are read: {others}."
            ) from error
    return _by_simpleitk(source.paths[0])


def _is_dicom(file: Path) -> bool:
    if file.name.upper() == "DICOMDIR":
        return False
    with file.open("rb") as content:
        head = content.read(PREAMBLE + 4)
    return head[PREAMBLE:] == b"DICM" or file.suffix.lower() in (".dcm", ".ima")


def _one_series(files: Sequence[Path], wanted: str | None) -> list[Path]:
    from runtime.dicom.parse.load import load

    series: dict[str, list[Path]] = {}
    for each in files:
        try:
            uid = str(load(each, header_only=True).get("SeriesInstanceUID"))
        except PermanentError as error:
            raise PermanentError(error.code, f"{each}: {error.message}") from error
        series.setdefault(uid, []).append(each)
    if wanted is None and len(series) == 1:
        return next(iter(series.values()))
    if wanted in series:
        return series[wanted]
    listed = "".join(f"\n  {uid}: {len(paths)} files, in {paths[0].parent}" for uid, paths in series.items())
    raise PermanentError(
        "input_unsupported", f"The folder holds these series; say which with --series, or --scope study:{listed}"
    )


def _by_simpleitk(path: Path) -> Image:
    try:
        import SimpleITK as sitk
    except ModuleNotFoundError as error:
        raise PermanentError(
            "input_unreadable", f"{path.name} is read by SimpleITK, which is not installed: pip install SimpleITK"
        ) from error
    if lack := lack_of(path):
        raise _damaged(path, lack)
    try:
        read: Any = sitk.ReadImage(str(path))
    except RuntimeError as error:
        reason = [each for each in str(error).strip().splitlines() if each.strip()][-1].removeprefix("sitk::ERROR: ")
        raise _damaged(path, reason) from error
    channels, dimensions = read.GetNumberOfComponentsPerPixel(), read.GetDimension()
    if dimensions not in (2, 3) or channels not in (1, 3, 4):
        raise PermanentError(
            "input_unsupported",
            f"{path.name} has {dimensions} dimensions and {channels} channels; two or three dimensions in grey or "
            "colour are taken: write what you want of it into a file of its own.",
        )
    pixels = sitk.GetArrayFromImage(read)
    if is_nifti(path):
        pixels = with_what_is_not_finite(pixels, path, channels)
    pixels = pixels[..., :3] if channels == 4 else pixels  # without transparency
    if dimensions == 2:
        rows, columns = read.GetSpacing()[::-1]
        return Image(pixels[None], (1.0, rows, columns), source=_described(channels))
    spacing, origin = read.GetSpacing()[::-1], read.GetOrigin()
    return Image(pixels, spacing, origin=origin, direction=read.GetDirection(), source=_described(channels))


def _damaged(path: Path, reason: str) -> PermanentError:
    said = "it is damaged, cut off, or of another format than its name says"
    return PermanentError("input_unreadable", f"{path.name} cannot be read: {said} ({reason}).")


def _described(channels: int) -> dict[str, Any]:
    return {"PhotometricInterpretation": "MONOCHROME2" if channels == 1 else "RGB"}
