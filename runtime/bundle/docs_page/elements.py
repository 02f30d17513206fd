"""HTML elements as text: everything that is not made here is escaped."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

_CODE: Final = re.compile(r"`([^`]+)`")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def element(name: str, *content: str, **attributes: str) -> Html:
    """Return an element; an underscore in an attribute's name is a hyphen, or nothing at its end."""
    given = "".join(f' {_name(key)}="{escape(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{given}>{joined(content)}</{name}>")


def _name(attribute: str) -> str:
    return attribute.rstrip("_").replace("_", "-")


def joined(content: Iterable[str]) -> Html:
    """Return the parts as one piece of HTML; what is no HTML yet is escaped."""
    return Html("".join(each if isinstance(each, Html) else escape(each) for each in content))


def prose(text: str) -> Html:
    """Return text in which `words` between backticks are code."""
    parts = _CODE.split(text)
    return joined(element("code", part) if number % 2 else part for number, part in enumerate(parts))


def code(text: str) -> Html:
    """Return text as code."""
    return element("code", text)


def link(target: str, *content: str) -> Html:
    """Return a link to an element of the page."""
    return element("a", *content, href=f"#{target}")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """Return a table whose first column names each row; nothing if it has no rows."""
    bodies = [
        element("tr", element("th", row[0], scope="row"), *(element("td", cell) for cell in row[1:])) for row in rows
    ]
    if not bodies:
        return Html()
    head = element("thead", element("tr", *(element("th", each, scope="col") for each in heads)))
    made = element("table", element("caption", caption), head, element("tbody", *bodies))
    # A wide table scrolls by itself, and who uses a keyboard must be able to scroll it.
    return element("div", made, class_="scroll", tabindex="0", role="region", aria_label=caption)
