"""Which images or series many jobs of one command take."""

import re
from collections.abc import Sequence
from typing import Any, TextIO
from urllib.parse import quote

import click
import httpx

from clients.cli.client import ApiError
from clients.cli.local import proxies, record

Reference = dict[str, str]
SECONDS = 30.0  # for an answer of the PACS API


def series_in(lines: TextIO) -> list[Reference]:
    """Return the series of a file: study and series on each line, apart by spaces or a comma; `#` begins a comment.

    Raises BadParameter that names every other line.
    """
    found: list[Reference] = []
    wrong: list[str] = []
    try:
        text = lines.read()
    except UnicodeDecodeError as error:
        raise click.BadParameter("the file is no text", param_hint="--series-from") from error
    for number, line in enumerate(text.splitlines(), start=1):
        words = re.split(r"[\s,;]+", line.partition("#")[0].strip())
        if words == [""]:
            continue
        if len(words) == 2:
            found.append({"study_id": words[0], "series_id": words[1], "scope": "series"})
        else:
            wrong.append(str(number))
    if wrong:
        raise click.BadParameter(f"line {', '.join(wrong)} is not a study and a series", param_hint="--series-from")
    if not found:
        raise click.BadParameter("no series in the file", param_hint="--series-from")
    return found


def images_of(series: Sequence[Reference], pacs_api: str | None, token: str) -> list[Reference]:
    """Return every image of some series, as the PACS API lists them; raise ApiError if it refuses."""
    address = (pacs_api or str(record.read()["PacsApiLB"])).rstrip("/")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    found: list[Reference] = []
    proxies.check(address)
    with httpx.Client(headers=headers, timeout=SECONDS, trust_env=not proxies.is_here(address)) as http:
        for each in series:
            study, of = (quote(each[name], safe="") for name in ("study_id", "series_id"))
            url = f"{address}/studies/{study}/series/{of}/images"
            query: dict[str, str] = {}
            while True:
                page = _page(http.get(url, params=query))
                found += [{**each, "image_id": image["image_id"], "scope": "image"} for image in page["images"]]
                if not page["next"]:
                    break
                query = {"cursor": page["next"]}
    return found


def _page(answer: httpx.Response) -> dict[str, Any]:
    where = answer.url.copy_with(query=None)
    try:
        content: Any = answer.json()
    except ValueError:
        content = None
    if answer.is_client_error and isinstance(content, dict) and "code" in content:
        raise ApiError(content)
    answer.raise_for_status()
    if not isinstance(content, dict) or "images" not in content:
        raise ApiError({"detail": f"{where} answers, but not as the PACS API does; check the address"})
    return content
