"""Files that ask for far more than they hold."""

import struct
import zlib
from collections.abc import Iterator

from tests.fuzz.mutations import PIXELS, SOURCES

MIB = 1 << 20
HEAD = SOURCES["MR_small_jp2klossless.dcm"]
PLAIN = SOURCES["MR_small.dcm"]


def stated(content: bytes, element: int, value: int) -> bytes:
    """Return a file with another value of one of its US elements of the group 0028."""
    at = content.index(struct.pack("<2H", 0x0028, element) + b"US")
    return content[: at + 8] + struct.pack("<H", value) + content[at + 10 :]


def inserted(content: bytes, added: bytes) -> bytes:
    at = content.rindex(PIXELS)
    return content[:at] + added + content[at:]


def element(group: int, number: int, vr: bytes, length: int, value: bytes = b"") -> bytes:
    return struct.pack("<2H", group, number) + vr + struct.pack("<HI", 0, length) + value


def bomb(mib: int) -> bytes:
    """Return a deflated file of many zeros in front of its pixels."""
    meta = PLAIN[: 144 + int.from_bytes(PLAIN[140:144], "little")]
    old, new = b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.1.99"
    named = meta.replace(struct.pack("<H", 20) + old, struct.pack("<H", 22) + new)
    named = named[:140] + struct.pack("<I", len(named) - 144) + named[144:]
    body = PLAIN[len(meta) :]
    at = body.rindex(PIXELS)
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    parts = [stream.compress(body[:at] + element(0x0029, 0x1001, b"OB", mib * MIB))]
    parts += [stream.compress(bytes(MIB)) for _ in range(mib)]
    return named + b"".join([*parts, stream.compress(body[at:]), stream.flush()])


def hostile() -> Iterator[tuple[str, bytes]]:
    """Yield files that ask for far more than they hold."""
    frames = b"2147483646"
    yield "frames", inserted(PLAIN, struct.pack("<2H", 0x0028, 0x0008) + b"IS" + struct.pack("<H", 10) + frames)
    yield "rows and columns", stated(stated(PLAIN, 0x10, 65535), 0x11, 65535)
    size = HEAD.index(b"\xff\x4f\xff\x51") + 8
    large = HEAD[:size] + struct.pack(">2I", 65535, 65535) + HEAD[size + 8 :]
    yield "codestream", stated(stated(large, 0x10, 65535), 0x11, 65535)
    yield "inflation", bomb(300)
    yield "a header that does not end", inserted(PLAIN, element(0x0029, 0x1001, b"OB", 40 * MIB, bytes(40 * MIB)))
    item = b"\xfe\xff\x00\xe0\xff\xff\xff\xff"
    deep = element(0x0029, 0x1001, b"SQ", 0xFFFFFFFF, item) * 20_000
    yield "sequences in sequences", inserted(PLAIN, deep)
    yield (
        "a million items",
        inserted(PLAIN, element(0x0029, 0x1001, b"SQ", 8 * 10**6, b"\xfe\xff\x00\xe0\0\0\0\0" * 10**6)),
    )


HOSTILE = dict(hostile())
