"""Rules of properties: each takes a value and returns what the value must be, or an empty text if it is allowed."""

import ipaddress
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

Rule = Callable[[Any], str]
TAG = re.compile(r"[\w\s.:/=+\-@]*")


def matches(pattern: str, words: str) -> Rule:
    """Return the rule that a whole text matches a pattern; `words` describe the pattern."""
    compiled = re.compile(pattern)
    return lambda value: "" if compiled.fullmatch(str(value)) else f"must be {words}"


def between(low: float, high: float) -> Rule:
    """Return the rule that a number lies between two others, both allowed."""
    return lambda value: "" if low <= float(value) <= high else f"must be {low} to {high}"


def one_of(*values: Any) -> Rule:
    """Return the rule that a value is one of these."""
    return lambda value: "" if value in values else f"must be one of {', '.join(str(each) for each in values)}"


def length(high: int, low: int = 0) -> Rule:
    """Return the rule that a text has so many characters, or a list or an object so many entries."""
    return lambda value: "" if low <= len(value) <= high else f"must have {low} to {high} characters or entries"


def network(value: Any) -> str:
    """Apply the rule that a range is a network's address, without host bits."""
    try:
        ipaddress.ip_network(str(value))
    except ValueError:
        return "must be the address of a network, such as 10.0.0.0/16, without host bits"
    return ""


def json_object(value: Any) -> str:
    """Apply the rule that a text is the JSON of an object."""
    try:
        whole = isinstance(json.loads(value), dict)
    except ValueError:
        whole = False
    return "" if whole else "must be the JSON text of an object"


def policy(limit: int) -> Rule:
    """Return the rule that a policy has at most so many characters, white space not counted."""
    return lambda value: "" if len(re.sub(r"\s", "", str(value))) <= limit else f"must have at most {limit} characters"


def tags(key: int = 128, value: int = 256) -> Rule:
    """Return the rule of tags: how many, how long, of which characters."""

    def rule(labels: Mapping[str, str]) -> str:
        if len(labels) > 50:
            return "must be at most 50"
        for name, text in labels.items():
            if not 1 <= len(name) <= key or len(text) > value or name.lower().startswith("aws:"):
                return f"must have keys of up to {key} characters, not `aws:...`, and values of up to {value}: {name!r}"
            if not (TAG.fullmatch(name) and TAG.fullmatch(text)):
                return f"must be of letters, digits, space and _ . : / = + - @: {name!r}"
        return ""

    return rule


def both(*rules: Rule) -> Rule:
    """Return the rule that all of these hold."""
    return lambda value: next((fault for rule in rules if (fault := rule(value))), "")


def holds(condition: Callable[[Any], bool], words: str) -> Rule:
    """Return the rule that a condition is true, of a value or of a whole resource."""
    return lambda value: "" if condition(value) else words
