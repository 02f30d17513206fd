"""The transfer syntaxes that are read; all others are refused by their names."""

from typing import Final

from pydicom.uid import (
    HTJ2K,
    JPEG2000,
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    HTJ2KLosslessRPCL,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

from runtime.dicom.parse.guard import unsupported

NATIVE: Final = (
    ImplicitVRLittleEndian,
    ExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    DeflatedExplicitVRLittleEndian,
)
JPEG: Final = (JPEGBaseline8Bit, JPEGExtended12Bit, JPEGLossless, JPEGLosslessSV1)
JPEG_LS: Final = (JPEGLSLossless, JPEGLSNearLossless)
J2K: Final = (JPEG2000Lossless, JPEG2000, HTJ2KLossless, HTJ2KLosslessRPCL, HTJ2K)
# PS3.6 table A-1 has them; pydicom's dictionary does not yet.
JPEG_XL_LOSSLESS: Final = UID("1.2.840.10008.1.2.4.110")
JPEG_XL_RECOMPRESSION: Final = UID("1.2.840.10008.1.2.4.111")
JPEG_XL_ANY: Final = UID("1.2.840.10008.1.2.4.112")
JPEG_XL: Final = (JPEG_XL_LOSSLESS, JPEG_XL_RECOMPRESSION, JPEG_XL_ANY)
READ: Final = (*NATIVE, RLELossless, *JPEG, *JPEG_LS, *J2K, *JPEG_XL)
NAMES: Final = {
    JPEG_XL_LOSSLESS: "JPEG XL Lossless",
    JPEG_XL_RECOMPRESSION: "JPEG XL JPEG Recompression",
    JPEG_XL_ANY: "JPEG XL",
    "1.2.840.10008.1.2.8.1": "Deflated Image Frame Compression",
}


def name(uid: UID) -> str:
    """Return the transfer syntax's name and UID."""
    known = NAMES.get(uid, uid.name)
    return str(uid) if known == uid else f"{known} ({uid})"


def check(uid: UID) -> None:
    """Raise PermanentError (`input_unsupported`) for a transfer syntax that is not read."""
    if uid not in READ:
        raise unsupported(f"Pixels in the transfer syntax {name(uid)} are not read.")
