"""Names: logical names, made from names of algorithms and distributions, and the prefix of client queues."""

import re
from collections.abc import Iterable

import pulumi


def logical_name(text: str) -> str:
    """Return the name of an algorithm or a distribution in kebab-case, as logical names have it."""
    return re.sub(r"[_.]", "-", text.lower())


def client_queue_prefix() -> str:
    """Return the prefix of this stack's client queues; a client's id and .fifo follow it."""
    return f"{pulumi.get_project()}-{pulumi.get_stack()}-client-"


def image_name(distribution: str, extra: str) -> str:
    """Return the name of the container image with an installed distribution and the platform's `extra`."""
    return logical_name(f"{distribution}-{extra}")


def image_names(distributions: Iterable[str], platform: str) -> list[str]:
    """Return the names of the container images of a stack: a worker for each distribution, and the PACS API."""
    return [*(image_name(each, "worker") for each in distributions), image_name(platform, "pacs")]
