"""Names: logical ones, made of what others named, and the one physical name that code at run time must know."""

import re
from collections.abc import Iterable

import pulumi


def logical_name(text: str) -> str:
    """Return the name of an algorithm or a distribution as logical names have it: kebab-case."""
    return re.sub(r"[_.]", "-", text.lower())


def client_queue_prefix() -> str:
    """Return how the names of this stack's clients' queues begin; a client's id and .fifo follow."""
    return f"{pulumi.get_project()}-{pulumi.get_stack()}-client-"


def image_name(distribution: str, extra: str) -> str:
    """Return the name of the image that holds an installed distribution and what the platform's `extra` needs."""
    return logical_name(f"{distribution}-{extra}")


def image_names(distributions: Iterable[str], platform: str) -> list[str]:
    """Return the names of the container images of a stack: a worker for each distribution, and the PACS API."""
    return [*(image_name(each, "worker") for each in distributions), image_name(platform, "pacs")]
