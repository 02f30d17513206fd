"""Frames that are cut, of another size or not where the tables say are refused, never filled in or cropped."""

from io import BytesIO
from pathlib import Path
from typing import Any

import gdcm  # pyright: ignore[reportMissingTypeStubs]
import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from openjpeg.utils import encode_array
from PIL import Image
from pydicom.encaps import encapsulate, encapsulate_extended, get_frame
from pydicom.uid import UID, JPEG2000Lossless, JPEGBaseline8Bit, JPEGLossless, RLELossless

from runtime.dicom.parse.load import load
from runtime.dicom.pixels import read_layout
from runtime.dicom.pixels.decode import decode
from runtime.errors import PermanentError
from tests.runtime.dicom.files import FILES, Write

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
NOISE = np.random.default_rng(5).integers(0, 4096, (2, 64, 96)).astype(np.uint16)


def packed(write: Write, uid: str, streams: list[bytes], *, has_bot: bool = True, **attributes: Any) -> Any:
    plain = {"RescaleSlope": None, "RescaleIntercept": None}
    dataset = pydicom.dcmread(write(NOISE, NumberOfFrames=len(streams), **plain))
    dataset.file_meta.TransferSyntaxUID = UID(uid)
    dataset.PixelData = encapsulate(streams, has_bot=has_bot)
    dataset["PixelData"].is_undefined_length = True
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    path = Path(str(dataset.filename)).with_suffix(".packed.dcm")
    dataset.save_as(path)
    return load(path)


def refused(dataset: Any) -> str:
    with pytest.raises(PermanentError) as caught:
        decode(dataset)
    assert caught.value.code in ("input_unreadable", "input_unsupported")
    return caught.value.message


def j2k() -> list[bytes]:
    return [encode_array(plane, bits_stored=16) for plane in NOISE]


def rle(plane: NDArray[Any]) -> bytes:
    dataset = pydicom.dcmread(FILES / "MR_small.dcm")
    dataset.Rows, dataset.Columns, dataset.PixelRepresentation = *plane.shape, 0
    dataset.PixelData = plane.tobytes()
    dataset.compress(RLELossless)
    return get_frame(dataset.PixelData, 0, number_of_frames=1)


def lossless_jpeg(path: Path) -> Any:
    g: Any = gdcm
    reader, change, writer = g.ImageReader(), g.ImageChangeTransferSyntax(), g.ImageWriter()
    reader.SetFileName(str(path))
    assert reader.Read()
    change.SetTransferSyntax(g.TransferSyntax(g.TransferSyntax.JPEGLosslessProcess14_1))
    change.SetInput(reader.GetImage())
    assert change.Change()
    writer.SetFileName(str(path))
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    assert writer.Write()
    return load(path)


@pytest.mark.parametrize("has_bot", [True, False])
def test_whole_frames_are_read_with_and_without_a_table(write: Write, *, has_bot: bool) -> None:
    assert np.array_equal(decode(packed(write, JPEG2000Lossless, j2k(), has_bot=has_bot)), NOISE)
    assert np.array_equal(decode(packed(write, RLELossless, [rle(p) for p in NOISE], has_bot=has_bot)), NOISE)


def test_a_codestream_of_another_size_is_refused(write: Write) -> None:
    assert "but the header says 96 x 64" in refused(packed(write, JPEG2000Lossless, j2k(), Rows=96, Columns=64))
    assert refused(packed(write, RLELossless, [rle(p) for p in NOISE], Rows=32))


@pytest.mark.parametrize("end", [b"", b"\xff\xd9"])
def test_cut_codestreams_are_refused(write: Write, end: bytes) -> None:
    for part in (0.3, 0.6, 0.95):
        cut = [stream[: int(len(stream) * part)] + end for stream in j2k()]
        refused(packed(write, JPEG2000Lossless, cut))
        refused(packed(write, RLELossless, [rle(p)[: int(12000 * part)] + end for p in NOISE]))


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_scan_that_was_closed_too_early_is_refused(write: Write, *, progressive: bool) -> None:
    file = BytesIO()
    Image.fromarray((NOISE[0] & 255).astype(np.uint8)).save(file, "JPEG", quality=95, progressive=progressive)
    whole = file.getvalue()
    closed = whole[: len(whole) * 6 // 10] + b"\xff\xd9"
    eight: dict[str, Any] = {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelRepresentation": 0}
    assert decode(packed(write, JPEGBaseline8Bit, [whole] * 2, **eight)).shape[1:] == NOISE.shape[-2:]
    assert "the last rows are missing" in refused(packed(write, JPEGBaseline8Bit, [closed] * 2, **eight))


def test_offset_tables_that_do_not_point_to_frames_are_refused(write: Write) -> None:
    streams = j2k()
    dataset = packed(write, JPEG2000Lossless, streams)
    right = dataset.PixelData
    for wrong in (0, 2, len(streams[0]) + 1):
        dataset.PixelData = right[:12] + wrong.to_bytes(4, "little") + right[16:]
        assert "offsets is wrong" in refused(dataset)


def test_extended_tables_are_compared_with_the_frames(write: Write) -> None:
    data, offsets, lengths = encapsulate_extended([stream + bytes(len(stream) % 2) for stream in j2k()])
    dataset = packed(write, JPEG2000Lossless, j2k())
    basic, dataset.PixelData = dataset.PixelData, data
    dataset.ExtendedOffsetTable, dataset.ExtendedOffsetTableLengths = offsets, lengths
    assert (decode(dataset) == NOISE).all()
    dataset.ExtendedOffsetTableLengths = lengths[8:] + bytes(8)
    assert "frame lengths is wrong" in refused(dataset)
    dataset.PixelData = basic  # with a basic table, to which the other is changed
    dataset.ExtendedOffsetTable = offsets[:8] + (1 << 40).to_bytes(8, "little")
    assert "contradict each other" in refused(dataset)


def test_a_frame_more_or_less_is_refused(write: Write) -> None:
    for count in (1, 3):
        refused(packed(write, JPEG2000Lossless, j2k(), NumberOfFrames=count))


def test_a_frame_of_two_codestreams_is_refused(write: Write) -> None:
    one, other = j2k()
    assert "more than one codestream" in refused(packed(write, JPEG2000Lossless, [one + other, other]))
    file = BytesIO()
    Image.fromarray((NOISE[0] & 255).astype(np.uint8)).save(file, "JPEG")
    eight: dict[str, Any] = {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelRepresentation": 0}
    twice = file.getvalue() + b"\0" + file.getvalue()
    assert "more than one codestream" in refused(packed(write, JPEGBaseline8Bit, [twice] * 2, **eight))


def test_a_lossless_jpeg_scan_that_was_closed_too_early_is_refused(write: Write) -> None:
    dataset = lossless_jpeg(write(NOISE[0]))
    stream = get_frame(dataset.PixelData, 0, number_of_frames=1)
    whole = decode(dataset)
    dataset.PixelData = encapsulate([stream[: len(stream) * 6 // 10] + b"\xff\xd9"])
    assert whole.any() and "does not hold all" in refused(dataset)


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"NumberOfFrames": 2**31 - 1}, "do not fit into"),
        ({"Rows": 65535, "Columns": 65535}, "do not fit into"),
        ({"Rows": 63}, "but its header says"),
        ({"BitsStored": 17}, "does not fit"),
        ({"HighBit": 16}, "does not fit"),
        ({"BitsAllocated": 24}, "24 allocated bits"),
        ({"SamplesPerPixel": 4}, "4 samples"),
        ({"PhotometricInterpretation": "RGB"}, "contradict each other"),
        ({"BitsStored": None}, "no BitsStored"),
        ({"PixelRepresentation": 2}, "neither 0 nor 1"),
    ],
)
def test_headers_that_do_not_fit_their_pixels_are_refused_before_any_work(
    write: Write, attributes: dict[str, Any], said: str
) -> None:
    with pytest.raises(PermanentError, match=said):
        read_layout.layout(load(write(NOISE[0], **attributes)))


@pytest.mark.parametrize("subsampled", ["jpeg 2000", "lossless jpeg"])
def test_a_code_whose_components_are_subsampled_is_refused(write: Write, subsampled: str) -> None:
    # T.800 A.5.1 (XRsiz) and T.81 B.2.2 (H and V): decoders differ in how they spread such samples over the pixels
    colours = np.stack([NOISE[0] >> 4] * 3, axis=-1).astype(np.uint8)
    if subsampled == "jpeg 2000":
        stream, uid = bytearray(encode_array(colours, photometric_interpretation=1)), JPEG2000Lossless
        stream[46] = 2
    else:
        file = BytesIO()
        Image.fromarray(colours).save(file, "JPEG", subsampling="4:2:0")
        stream, uid = bytearray(file.getvalue()), JPEGLossless
        stream[stream.index(b"\xff\xc0") + 1] = 0xC3
    header: dict[str, Any] = {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0}
    bits: dict[str, Any] = {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7}
    assert "subsampled" in refused(packed(write, uid, [bytes(stream)], **header, **bits))


def test_single_bits_are_read_from_where_their_frame_begins(write: Write) -> None:
    bits = np.random.default_rng(3).integers(0, 2, (5, 5, 7)).astype(np.uint8)  # PS3.5 8.1.1: no gap between frames
    stated = {"BitsAllocated": 1, "BitsStored": 1, "HighBit": 0, "NumberOfFrames": 5}
    dataset = load(write(bits, **stated, PixelData=np.packbits(bits, bitorder="little").tobytes()))
    assert np.array_equal(decode(dataset), bits)
    assert all(np.array_equal(decode(dataset, index)[0], frame) for index, frame in enumerate(bits))


def test_encapsulated_pixels_of_an_uncompressed_syntax_are_refused(write: Write) -> None:
    content = write(NOISE[0]).read_bytes()
    at = content.rindex(b"\xe0\x7f\x10\x00OW\0\0") + 8
    item = b"\xfe\xff\x00\xe0"
    items = item + bytes(4) + item + content[at : at + 4] + content[at + 4 :] + b"\xfe\xff\xdd\xe0" + bytes(4)
    file = content[:at] + b"\xff" * 4 + items
    for dataset in (load(file), load(file, header_only=True)):
        with pytest.raises(PermanentError, match="pixels are encapsulated, which their transfer syntax"):
            read_layout.layout(dataset)
