"""The classes of bits, colours, frames and fragments."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from bench.matrix.case import Case

STORED: Final = {8: range(2, 9), 16: range(8, 17), 32: (17, 20, 24, 31, 32), 64: (33, 40, 63, 64)}
# (allocated, stored, high): stored bits that begin above the cell's lowest.
RAISED: Final = ((8, 6, 7), (8, 7, 7), (16, 12, 15), (16, 12, 13), (16, 10, 14), (16, 15, 15), (32, 24, 31))
J2K: Final = ("j2k", "j2k lossy", "htj2k", "htj2k lossy")


def bits() -> Iterator[Case]:
    """Yield bits allocated, stored, high bit and sign, with and without something in the unused bits."""
    grey: dict[str, Any] = {"group": "bits"}
    yield Case(**grey, name="1 of 1 bit", allocated=1, stored=1, columns=40)
    layouts = [(a, s, s - 1) for a, many in STORED.items() for s in many] + list(RAISED)
    for allocated, stored, high in layouts:
        for signed in (False, True):
            raised = f", high bit {high}" if high != stored - 1 else ""
            name = f"{stored} of {allocated} bits{raised}, {'signed' if signed else 'unsigned'}"
            case = Case(**grey, name=name, allocated=allocated, stored=stored, high=high, signed=signed)
            yield case
            if stored < allocated:
                yield replace(case, name=f"{name}, unused bits filled", unused=True)
    for allocated in (32, 64):
        yield Case(**grey, name=f"floats of {allocated} bits", allocated=allocated, stored=allocated, floating=True)


def colours() -> Iterator[Case]:
    """Yield photometric interpretations by planar configuration, bits and frames."""
    for allocated, stored in ((8, 8), (16, 16), (16, 12), (32, 32)):
        for planar in (0, 1):
            for frames in (1, 3):
                name = f"{stored} of {allocated} bits, planar {planar}, {frames} frame(s)"
                case = Case(group="colours", name="", allocated=allocated, stored=stored, planar=planar, frames=frames)
                yield replace(case, name=f"RGB {name}", photometric="RGB")
                yield replace(case, name=f"YBR_RCT {name}", photometric="YBR_RCT", families=J2K)
                if stored == 8:
                    yield replace(case, name=f"YBR_FULL {name}", photometric="YBR_FULL")
    for frames in (1, 3):
        packed = Case(group="colours", name=f"YBR_FULL_422 of 8 bits, {frames} frame(s)", frames=frames)
        yield replace(
            packed, photometric="YBR_FULL_422", families=("native", "jpeg", "jpeg 12"), code={"subsampling": "422"}
        )
    for named in ("YBR_ICT", "YBR_RCT"):
        case = Case(group="colours", name="", photometric=named, families=J2K[:2])
        # The header names the transform (PS3.5 8.2.4), and the codestream says whether it was done.
        yield replace(case, name=f"{named} header, colours transformed", code={"transformed": True})
        yield replace(case, name=f"{named} header, colours as they are", code={"transformed": False}, refused=True)
    for subsampling in ("444", "422", "420", "411"):
        name = f"YBR_FULL_422 header, chroma {subsampling}"
        code = {"subsampling": subsampling}
        yield Case(group="colours", name=name, photometric="YBR_FULL_422", families=("jpeg", "jpeg 12"), code=code)


def frames() -> Iterator[Case]:
    """Yield numbers of frames, sizes, and how frames lie in fragments."""
    for allocated, stored, signed in ((8, 8, False), (16, 12, False), (16, 12, True), (16, 16, True)):
        case = Case(group="frames", name="", allocated=allocated, stored=stored, signed=signed)
        kind = f"{stored} bits {'signed' if signed else 'unsigned'}"
        for count in (2, 5):
            yield replace(case, name=f"{kind}, {count} frames", frames=count)
        for inverse in ("MONOCHROME1",):
            yield replace(case, name=f"{kind}, {inverse}", photometric=inverse)
        for rows, columns in ((64, 64), (33, 65), (65, 33), (128, 40)):
            yield replace(case, name=f"{kind}, {rows} x {columns}", rows=rows, columns=columns)
        for wrapped in ("bare", "extended", "split"):
            name = f"{kind}, 3 frames, {WRAPPED[wrapped]}"
            yield replace(case, name=name, frames=3, wrapped=wrapped, families=ENCAPSULATED)


WRAPPED: Final = {
    "bare": "no offset table",
    "extended": "extended offset table",
    "split": "3 fragments each",
}
ENCAPSULATED: Final = ("rle", "jpeg", "jpeg 12", "jpeg lossless", "jpeg-ls", "jpeg-ls near", "jpeg xl", *J2K)


def codes() -> Iterator[Case]:
    """Yield what only some codes have: predictors and loss."""
    for stored in (8, 12, 16):
        case = Case(group="codestream", name="", allocated=8 if stored == 8 else 16, stored=stored)
        for predictor in range(2, 8):
            name = f"{stored} bits, predictor {predictor}"
            yield replace(case, name=name, code={"predictor": predictor}, families=("jpeg lossless",))
        for near in (1, 3, 7):
            name = f"{stored} bits, near {near}"
            yield replace(case, name=name, code={"near": near}, families=("jpeg-ls near",))
