"""A running system for the browser's tests: prints its addresses as one line of JSON, then obeys lines on stdin.

Its page is served twice: as that of an open stack, and as that of one whose users sign in at the issuer that is given.

With `examples` as second argument the distributions in `examples/` are installed for this system alone.

Commands: `kill-worker ALGORITHM` (SIGKILL, as a lost machine would), `stop`.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pydicom
import pydicom.data
from pydicom.uid import generate_uid

from runtime.contracts.origin import API_PREFIX, PACS_PREFIX
from runtime.local.cloud import LocalCloud
from runtime.local.page.application import System
from runtime.local.page.build import built
from runtime.local.page.serve import MAY, WebServer
from runtime.local.program.project import ROOT
from runtime.local.samples import mr_brain

FILES = Path(pydicom.data.__file__).parent / "test_files"
# study, series, image -> pydicom's own test file
EXTRA = {
    ("ct", "small", "1"): "CT_small.dcm",
    ("us", "colour", "1"): "examples_rgb_color.dcm",
    ("pair", "first", "1"): "CT_small.dcm",
    ("pair", "second", "1"): "CT_small.dcm",
}
LONG = 100
VOLUME = 300
THICK = 7.0  # mm between the planes of a second series of the long one's place
LEASE = 15  # seconds: a lost worker's job is taken up again after them


def files() -> Iterator[tuple[str, bytes]]:
    """Yield keys and contents: the MR sample, a CT, a colour US, a CR made of the CT, a long and a thick CT series."""
    for image in mr_brain():
        yield f"{image.study_id}/{image.series_id}/{image.image_id}.dcm", image.path.read_bytes()
    for (study, series, image_id), name in EXTRA.items():
        yield f"{study}/{series}/{image_id}.dcm", (FILES / name).read_bytes()
    yield "cr/chest/1.dcm", radiograph()
    yield "drawn/ct/1.dcm", overlaid()
    yield "drawn/seg/1.dcm", segmentation()
    for number in range(LONG):
        yield f"long/head/{number + 1:03}.dcm", slice_of(number)
    for number in range(round(2 * LONG / THICK)):
        yield f"long/thick/{number + 1:03}.dcm", thick_slice_of(number)


def large_files() -> Iterator[tuple[str, bytes]]:
    """Yield what the measurements need beside: a volume of 300 planes of 512 x 512, and a study of 12 series."""
    for number in range(VOLUME):
        yield f"volume/head/{number + 1:03}.dcm", slice_of(number)
    for series in range(12):
        for number in range(20):
            yield f"twelve/{series + 1:02}/{number + 1:03}.dcm", slice_of(20 * series + number)


def radiograph() -> bytes:
    """Return a MONOCHROME1 image with a VOI lookup table, as computed radiography writes them."""
    dataset = pydicom.dcmread(FILES / "CT_small.dcm")
    stored = np.kron(dataset.pixel_array, np.ones((8, 6), np.uint16)).astype(np.uint16)
    dataset.Modality, dataset.SOPInstanceUID = "CR", generate_uid(entropy_srcs=["cr"])
    dataset.PhotometricInterpretation, dataset.PixelRepresentation = "MONOCHROME1", 0
    dataset.Rows, dataset.Columns = stored.shape
    dataset.RescaleSlope, dataset.RescaleIntercept = 1, 0
    dataset.PixelData = stored.tobytes()
    for keyword in ("WindowCenter", "WindowWidth", "PixelPaddingValue", "SmallestImagePixelValue"):
        if keyword in dataset:
            del dataset[keyword]
    entries = (1023 * np.linspace(0, 1, 4096) ** 2).astype(np.uint16)
    lut = pydicom.Dataset()
    lut.add_new("LUTDescriptor", "US", [4096, 0, 10])
    lut.add_new("LUTData", "OW", entries.tobytes())
    dataset.VOILUTSequence = [lut]
    dataset.ImagePositionPatient = dataset.ImageOrientationPatient = None
    return _bytes(dataset)


def overlaid() -> bytes:
    """Return a CT image with an overlay of 4 rows and 8 columns, all set, from its row 11 and column 21 on."""
    dataset = pydicom.dcmread(FILES / "CT_small.dcm")
    shape: list[tuple[int, str, Any]] = [(0x10, "US", 4), (0x11, "US", 8), (0x40, "CS", "G"), (0x50, "SS", [11, 21])]
    for element, vr, value in [*shape, (0x100, "US", 1), (0x102, "US", 0), (0x3000, "OW", b"\xff" * 4)]:
        dataset.add_new((0x6000, element), vr, value)
    return _bytes(dataset)


def segmentation() -> bytes:
    """Return a segmentation of that image: rows 40 to 59 and columns 30 to 69, from 0, are liver."""
    image, dataset = (pydicom.dcmread(FILES / name) for name in ("CT_small.dcm", "liver_1frame.dcm"))
    dataset.Rows, dataset.Columns, dataset.NumberOfFrames = image.Rows, image.Columns, 1
    dataset.FrameOfReferenceUID = image.FrameOfReferenceUID
    dataset.ReferencedSeriesSequence[0].SeriesInstanceUID = image.SeriesInstanceUID
    dataset.PerFrameFunctionalGroupsSequence = dataset.PerFrameFunctionalGroupsSequence[:1]
    shared = dataset.SharedFunctionalGroupsSequence[0]
    dataset.PerFrameFunctionalGroupsSequence[0].PlanePositionSequence[
        0
    ].ImagePositionPatient = image.ImagePositionPatient
    shared.PlaneOrientationSequence[0].ImageOrientationPatient = image.ImageOrientationPatient
    shared.PixelMeasuresSequence[0].PixelSpacing = image.PixelSpacing
    liver = np.zeros((image.Rows, image.Columns), np.uint8)
    liver[40:60, 30:70] = 1
    dataset.PixelData = np.packbits(liver, bitorder="little").tobytes()
    return _bytes(dataset)


def slice_of(number: int) -> bytes:
    """Return one of a long series of 512 x 512 slices, all different."""
    dataset = pydicom.dcmread(FILES / "CT_small.dcm")
    stored = np.kron(dataset.pixel_array, np.ones((4, 4), dataset.pixel_array.dtype))
    dataset.PixelData = np.roll(stored, 3 * number, 1).tobytes()
    dataset.Rows, dataset.Columns = stored.shape
    dataset.SOPInstanceUID = generate_uid(entropy_srcs=["long", str(number)])
    dataset.InstanceNumber = number + 1
    x, y, _ = dataset.ImagePositionPatient
    dataset.ImagePositionPatient = [x, y, 2.0 * number]
    dataset.SeriesDescription = "HEAD 512"
    dataset.WindowCenter, dataset.WindowWidth = 40, 400
    return _bytes(dataset)


def thick_slice_of(number: int) -> bytes:
    """Return one of a series of 128 x 128 slices that lie where the long series does, farther apart."""
    dataset = pydicom.dcmread(FILES / "CT_small.dcm")
    dataset.SOPInstanceUID = generate_uid(entropy_srcs=["thick", str(number)])
    dataset.InstanceNumber = number + 1
    x, y, _ = dataset.ImagePositionPatient
    dataset.ImagePositionPatient = [x, y, THICK * number]
    dataset.SeriesDescription = "HEAD THICK"
    return _bytes(dataset)


def _bytes(dataset: Any) -> bytes:
    out = BytesIO()
    dataset.save_as(out)
    return out.getvalue()


def workers(cloud: LocalCloud, algorithm: str) -> list[int]:
    """Return the process ids of the running workers of an algorithm."""
    name = f"{algorithm.replace('_', '-')}-service-"
    return cloud.supervisor.processes(name) if cloud.supervisor else []


def say(answer: dict[str, Any]) -> None:
    """Answer with one line of JSON."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


@contextmanager
def examples(wanted: bool) -> Iterator[None]:
    """Let what is started meanwhile find the examples, as pip installs them into a folder."""
    if not wanted:
        yield
        return
    with TemporaryDirectory() as folder:
        options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
        found = [str(each.parent) for each in sorted(ROOT.glob("examples/*/pyproject.toml"))]
        subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", folder, *found], check=True)
        os.environ["PYTHONPATH"] = os.pathsep.join([folder, *filter(None, [os.environ.get("PYTHONPATH")])])
        yield


def main() -> None:
    """Run until stdin closes."""
    page = built()
    config = {"leaseSeconds": LEASE, "uploads": True}
    with examples("examples" in sys.argv[2:]), LocalCloud(config=config) as cloud:
        bucket = cloud.outputs["PacsBucket"]
        s3 = cloud.emulator.boto3_client("s3")
        for key, content in chain(files(), large_files() if "large" in sys.argv else ()):
            s3.put_object(Bucket=bucket, Key=key, Body=content)
        guarded = {"AUTH": "jwt", "OIDC": json.loads(sys.argv[1])}
        storage = cloud.emulator.endpoint
        system = System(cloud.outputs["ProcessingApiEndpoint"], cloud.outputs["PacsApiLB"], storage)
        with WebServer(page, system, MAY) as web, WebServer(page, system, guarded) as second:
            say(
                {
                    "web": web.address,
                    "guarded": second.address,
                    "s3": storage,
                    "API_BASE": web.address + API_PREFIX,
                    "PACS_API_BASE": web.address + PACS_PREFIX,
                }
            )
            for line in sys.stdin:
                command, *rest = line.split()
                if command == "stop":
                    break
                if command == "kill-worker":
                    killed = workers(cloud, rest[0])
                    for pid in killed:
                        os.kill(pid, signal.SIGKILL)
                    say({"killed": killed})


if __name__ == "__main__":
    main()
