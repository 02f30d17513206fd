"""Texts of a header: code strings and names."""

from collections.abc import MutableSequence
from typing import Any, cast


def text(value: Any) -> str:
    """Return an attribute's text, several values joined by a backslash as the file has them; "" if absent.

    Spaces around a value mean nothing (PS3.5 6.2). What is no Unicode becomes question marks, so that it passes JSON.
    Bytes, of an element whose VR is one of them, are read as the text that they are.
    """
    if value is None:
        return ""
    if isinstance(value, bytes | bytearray):
        value = value.decode("utf-8", "replace")
    # A person's name can be iterated, too, by character.
    many = cast("MutableSequence[Any]", value) if isinstance(value, MutableSequence) else [value]
    return "\\".join(str(each).strip(" \0") for each in many).encode("utf-8", "replace").decode()
