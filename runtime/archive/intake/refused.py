"""Why a file is not taken: each reason has a code and words that other files may share."""

from typing import Final

REASONS: Final = {
    "empty": "empty",
    "too_large": "larger than 5 GB",
    "not_readable": "cannot be read ({})",
    "not_dicom": "not a DICOM file",
    "damaged": "a damaged DICOM file",
    "dicomdir": "a DICOMDIR, which lists files and is no image",
    "cut_off": "cut off: the pixels are missing",
    "cut_short": "cut off: not all of the pixels are there",
    "no_image": "no image (a report, a plan, ...)",
    "no_identifiers": "without {}",
    "no_key": "identifiers that make no key of the bucket",
    "other_content": "another file has the same identifiers",
}


class RefusedFileError(Exception):
    """A file that is not taken: `code` is one of REASONS; the message has its words."""

    def __init__(self, code: str, *about: str) -> None:
        super().__init__(REASONS[code].format(*about))
        self.code = code
