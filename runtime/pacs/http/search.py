"""What a search of the studies asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from runtime.pacs.http.problems import unfit


@dataclass(frozen=True, slots=True)
class Search:
    """What a study must match; an empty field matches all. Dates are YYYYMMDD, so that they sort as text."""

    words: tuple[str, ...] = ()
    modality: str = ""
    earliest: str = ""
    latest: str = ""

    def takes(self, text: str, modalities: Sequence[str], date: str) -> bool:
        """Return whether a study with these words, modalities and date matches; one without a date fits no dates."""
        return (
            all(word in text.casefold() for word in self.words)
            and (not self.modality or self.modality in modalities)
            and (not self.earliest or self.earliest <= date)
            and (not self.latest or "" < date <= self.latest)
        )


def search(request: Request) -> Search:
    """Read a search of the studies. Raises PacsProblem (`invalid_request`)."""
    values = request.query_params
    faults = [
        (f"?{name}", "must be a date, YYYYMMDD")
        for name in ("from", "to")
        if values.get(name) and not re.fullmatch(r"[0-9]{8}", values[name])
    ]
    if faults:
        raise unfit(faults)
    return Search(
        words=tuple(values.get("search", "").casefold().split()),
        modality=values.get("modality", "").upper(),
        earliest=values.get("from", ""),
        latest=values.get("to", ""),
    )
