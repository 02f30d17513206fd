"""What a reference names, and how it is said to be absent."""

from runtime.contracts.models import InputReference
from runtime.errors import PermanentError


def identifiers(ref: InputReference) -> tuple[str, str | None, str | None]:
    """Return study, series and image down to the scope. Raises PermanentError (`bad_message`) if one is missing."""
    if (ref.scope != "study" and ref.series_id is None) or (ref.scope == "image" and ref.image_id is None):
        raise PermanentError("bad_message", f"Scope {ref.scope} needs the identifiers down to that level.")
    series_id = ref.series_id if ref.scope != "study" else None
    return ref.study_id, series_id, ref.image_id if ref.scope == "image" else None


def absent(ref: InputReference) -> str:
    """Return the sentence for what the bucket does not have."""
    if ref.scope == "image":
        return f"The PACS has no image {ref.image_id} in series {ref.series_id} of study {ref.study_id}."
    if ref.scope == "series":
        return f"The PACS has no series {ref.series_id} in study {ref.study_id}."
    return f"The PACS has no study {ref.study_id}."
