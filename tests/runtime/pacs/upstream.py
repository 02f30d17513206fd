"""The processing API as the PACS API sees it."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Upstream:
    """Stands in for the processing API: what it was asked, and what it answers."""

    address: str
    calls: list[dict[str, Any]]
    answer: tuple[int, dict[str, Any]] = (202, {"job_id": "0" * 32})
    location: str = ""
