"""One line of the index of studies: what the first file of each of its series says."""

from typing import Any

from runtime.archive import Stored
from runtime.contracts.models import InputReference
from runtime.pacs.app_state import AppState
from runtime.pacs.decoding.describe import PATIENT
from runtime.pacs.http.search import Search

STUDY = ("study_description", "study_date")
SERIES_MOST = 20  # read for a study's modalities and words


def study(state: AppState, study_id: str, wanted: Search) -> dict[str, Any] | None:
    """Return a study's line, or None if it holds no image or does not match."""
    ref = InputReference(study_id=study_id, series_id=None, image_id=None, scope="study")
    series: list[dict[str, Any]] = []
    words = [study_id]
    for entry in state.archive.index(study_id, limit=SERIES_MOST).entries:
        first = _first(state, study_id, entry.id)
        if first is not None:
            series.append(state.attributes.of(ref, first))
            words.append(entry.id)
    if not series:
        return None
    modalities = sorted({one["modality"] for one in series if one["modality"]})
    words += [text for one in series for name in ("study_description", "series_description") if (text := one[name])]
    if not wanted.takes("\n".join(words), modalities, series[0]["study_date"] or ""):
        return None
    names = (*STUDY, *PATIENT) if state.settings.patient_columns else STUDY
    return {"study_id": study_id, "modalities": modalities, **{name: series[0][name] for name in names}}


def _first(state: AppState, study_id: str, series_id: str) -> Stored | None:
    entries = state.archive.index(study_id, series_id, limit=10).entries
    return entries[0].stored if entries else None
