"""The transfer syntaxes of PS3.6 that are neither retired nor video: who encodes them here, and who decodes them.

Explicit VR Big Endian is retired, but read.
"""

from dataclasses import dataclass
from typing import Final

from pydicom import uid

from bench.matrix import encoders, seconds
from bench.matrix.case import Case
from bench.matrix.encoders import Encode
from bench.matrix.seconds import Second


@dataclass(frozen=True)
class Syntax:
    """A transfer syntax: `encode` and `second` are None for uncompressed pixels, and where the product has no decoder.

    `first` and `independent` name the product's decoder and the second one; `first` is "" where it has none.
    """

    uid: str
    name: str
    family: str
    first: str
    independent: str
    encode: Encode | None = None
    second: Second | None = None

    @property
    def encapsulated(self) -> bool:
        """Whether frames lie in fragments."""
        return self.family != "native"

    @property
    def lossless(self) -> bool:
        """Whether what is decoded must be what was encoded."""
        return self.family in ("native", "rle", "jpeg lossless", "jpeg-ls", "j2k", "htj2k", "jpeg xl")


NUMPY, FFMPEG = "NumPy, from the file's bytes", "FFmpeg (PyAV)"
TURBO, JPH = "libjpeg-turbo (imagecodecs)", "OpenJPH (imagecodecs)"
ENCODED = "NumPy: what was encoded"
LJ92 = "liblj92 and jpegsof3 (imagecodecs)"
LOSSY_LS = ("jpeg-ls near", "CharLS (gdcm)", FFMPEG, encoders.jpeg_ls, seconds.jpeg_ls)
DECODED: Final = (
    Syntax(uid.ImplicitVRLittleEndian, "Implicit VR Little Endian", "native", "pydicom", NUMPY),
    Syntax(uid.ExplicitVRLittleEndian, "Explicit VR Little Endian", "native", "pydicom", NUMPY),
    Syntax(uid.ExplicitVRBigEndian, "Explicit VR Big Endian (retired)", "native", "pydicom", NUMPY),
    Syntax(uid.DeflatedExplicitVRLittleEndian, "Deflated Explicit VR Little Endian", "native", "pydicom", NUMPY),
    Syntax(uid.RLELossless, "RLE Lossless", "rle", "pydicom", "PackBits of imagecodecs", encoders.rle, seconds.rle),
    Syntax(uid.JPEGBaseline8Bit, "JPEG Baseline", "jpeg", "libjpeg (gdcm)", TURBO, encoders.jpeg, seconds.jpeg),
    Syntax(uid.JPEGExtended12Bit, "JPEG Extended", "jpeg 12", "libjpeg (gdcm)", TURBO, encoders.jpeg, seconds.jpeg),
    *(
        Syntax(each, name, "jpeg lossless", "libjpeg (gdcm)", LJ92, encoders.jpeg_lossless, seconds.jpeg_lossless)
        for each, name in (
            (uid.JPEGLossless, "JPEG Lossless (Process 14)"),
            (uid.JPEGLosslessSV1, "JPEG Lossless (first-order prediction)"),
        )
    ),
    Syntax(
        uid.JPEGLSLossless, "JPEG-LS Lossless", "jpeg-ls", "CharLS (gdcm)", FFMPEG, encoders.jpeg_ls, seconds.jpeg_ls
    ),
    Syntax(uid.JPEGLSNearLossless, "JPEG-LS Near-Lossless", *LOSSY_LS),
    *(
        Syntax(each, name, family, "OpenJPEG (gdcm)", FFMPEG, encoders.j2k, seconds.j2k)
        for each, name, family in (
            (uid.JPEG2000Lossless, "JPEG 2000 Lossless", "j2k"),
            (uid.JPEG2000, "JPEG 2000", "j2k lossy"),
        )
    ),
    *(
        Syntax(each, name, family, "OpenJPEG (pylibjpeg)", JPH, encoders.htj2k, seconds.htj2k)
        for each, name, family in (
            (uid.HTJ2KLossless, "HTJ2K Lossless", "htj2k"),
            (uid.HTJ2KLosslessRPCL, "HTJ2K Lossless RPCL", "htj2k"),
            (uid.HTJ2K, "HTJ2K", "htj2k lossy"),
        )
    ),
    *(
        Syntax(each, name, family, "libjxl (imagecodecs)", ENCODED, encoders.jpeg_xl, seconds.jpeg_xl)
        for each, name, family in (
            ("1.2.840.10008.1.2.4.110", "JPEG XL Lossless", "jpeg xl"),
            ("1.2.840.10008.1.2.4.112", "JPEG XL", "jpeg xl lossy"),
        )
    ),
    Syntax(
        "1.2.840.10008.1.2.4.111",
        "JPEG XL JPEG Recompression",
        "jpeg",
        "libjxl (imagecodecs), then libjpeg (gdcm)",
        TURBO,
        encoders.recompressed,
        seconds.recompressed,
    ),
)
# Those of which nothing is read. The last one stands in PS3.6, but not in pydicom's dictionary yet.
REFUSED: Final = tuple(
    Syntax(number, name, "refused", "", "")
    for number, name in (
        ("1.2.840.10008.1.2.1.98", "Encapsulated Uncompressed Explicit VR Little Endian"),
        ("1.2.840.10008.1.2.4.92", "JPEG 2000 Part 2 Multi-component Lossless"),
        ("1.2.840.10008.1.2.4.93", "JPEG 2000 Part 2 Multi-component"),
        ("1.2.840.10008.1.2.4.94", "JPIP Referenced"),
        ("1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate"),
        ("1.2.840.10008.1.2.4.204", "JPIP HTJ2K Referenced"),
        ("1.2.840.10008.1.2.4.205", "JPIP HTJ2K Referenced Deflate"),
        ("1.2.840.10008.1.2.8.1", "Deflated Image Frame Compression"),
    )
)


def takes(syntax: Syntax, case: Case) -> bool:
    """Tell whether a syntax can hold a class of images, as the standard and the encoders here have it."""
    if case.families and syntax.family not in case.families:
        return False
    if syntax.name.startswith("JPEG XL") and not _takes_jpeg_xl(syntax, case):
        return False
    if syntax.family == "refused":
        return not (case.unused or case.signed or case.floating or case.refused or case.families) and (
            case.group in ("bits", "colours") and case.allocated in (8, 16)
        )
    compressed = syntax.family not in ("native", "rle")
    if syntax.family == "native":
        return True
    if case.group == "voi" and case.photometric == "MONOCHROME1":
        return False  # tried uncompressed: what comes after the decoder is the same for all
    if syntax.family.startswith("htj2k") and case.photometric == "YBR_FULL":
        return False  # the encoder transforms all colours
    if case.floating or case.allocated < 8 or case.photometric == "YBR_FULL_422":
        return syntax.family in ("jpeg", "jpeg 12") and case.photometric == "YBR_FULL_422"
    if compressed and (case.allocated > 16 or (case.samples == 3 and case.precision != case.allocated)):
        return False
    if syntax.family in ("jpeg", "jpeg 12"):
        precisions = (8,) if syntax.family == "jpeg" or case.samples == 3 else (8, 12)
        return case.precision in precisions and case.stored == case.precision and not case.signed
    if syntax.family.startswith("jpeg-ls") and case.samples == 3:
        return case.allocated == 8
    first_order = syntax.uid == uid.JPEGLosslessSV1
    return not (first_order and case.code.get("predictor", 1) != 1)


def _takes_jpeg_xl(syntax: Syntax, case: Case) -> bool:
    """Leave out what libjxl does not encode, and the tables, windows and places that the other codes try."""
    if case.group not in ("bits", "colours", "frames"):
        return False
    if syntax.family == "jpeg":
        return case.code.get("subsampling") != "411"
    unused = case.unused or case.top != case.stored - 1
    return case.photometric != "YBR_FULL" and (syntax.lossless or not (case.signed or unused))


SYNTAXES: Final = (*DECODED, *REFUSED)
