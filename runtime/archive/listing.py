"""One page of the index: what lies below a place of the bucket."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from runtime.archive.entries import Entry, Page, stored_object
from runtime.archive.pattern import KeyPattern
from runtime.archive.refusals import refusal
from runtime.contracts import aws_codes
from runtime.errors import TransientError


def listed(
    s3: Any,
    bucket: str,
    pattern: KeyPattern,
    study_id: str | None,
    series_id: str | None,
    *,
    limit: int,
    cursor: str | None,
) -> Page:
    """Return one page of the studies, of a study's series, or of a series' images, as `Archive.index` does."""
    more = {"ContinuationToken": cursor} if cursor else {}
    try:
        answer = s3.list_objects_v2(
            Bucket=bucket,
            Prefix=pattern.prefix(study_id, series_id),
            MaxKeys=limit,
            **({} if series_id else {"Delimiter": "/"}),
            **more,
        )
    except ClientError as error:
        if cursor and aws_codes.status(error.response) == 400:
            raise ValueError("not a cursor of this list") from error
        raise refusal(error, bucket) from error
    except (BotoCoreError, HTTPClientError) as error:
        raise TransientError("the bucket of images does not answer") from error
    entries: list[Entry] = []
    if series_id:
        stored = [stored_object(item) for item in answer.get("Contents", ())]
        addresses = [(pattern.parse(item.key), item) for item in stored]
        entries = [Entry(address.image_id, item) for address, item in addresses if address]
    else:
        folders = [str(item["Prefix"]) for item in answer.get("CommonPrefixes", ())]
        children = [pattern.child(folder, study_id) for folder in folders]
        entries = [Entry(identifier) for identifier in children if identifier]
    return Page(tuple(entries), answer.get("NextContinuationToken") if answer.get("IsTruncated") else None)
