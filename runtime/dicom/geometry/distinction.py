"""What tells the volumes of one series apart: time points, echoes, b-values, segments, stacks."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from runtime.dicom.geometry.levels import find
from runtime.dicom.parse.numbers import is_stated

# Attributes and their functional groups, those that are meant to tell volumes apart before those that also do.
ATTRIBUTES: Final[Mapping[str, Sequence[str]]] = {
    "StackID": ("FrameContentSequence",),
    "TemporalPositionIndex": ("FrameContentSequence",),
    "TemporalPositionIdentifier": (),
    "TemporalPositionTimeOffset": ("TemporalPositionSequence",),
    "ReferencedSegmentNumber": ("SegmentIdentificationSequence",),
    "EffectiveEchoTime": ("MREchoSequence",),
    "EchoNumbers": (),
    "EchoTime": (),
    "DiffusionBValue": ("MRDiffusionSequence",),
    "NominalCardiacTriggerDelayTime": ("CardiacSynchronizationSequence",),
    "TriggerTime": (),
    "InversionTime": (),
    "FlipAngle": ("MRTimingAndRelatedParametersSequence",),
    "ComplexImageComponent": ("MRImageFrameTypeSequence",),
    "ImageType": (),
    "FrameReferenceTime": (),
    "AcquisitionNumber": (),
    "AcquisitionDateTime": (),
    "AcquisitionTime": (),
    "SeriesInstanceUID": (),
}
# Of nuclear medicine, one entry a frame (PS3.3 C.8.4.8).
VECTORS: Final = ("EnergyWindowVector", "DetectorVector", "PhaseVector", "TimeSlotVector")
LONGEST: Final = 64  # characters
Distinction = tuple[tuple[str, str], ...]


def distinctions(dataset: Any, frames: int) -> list[Distinction]:
    """Return, for each frame, those of the attributes that it has, as text."""
    own = dataset.get("PerFrameFunctionalGroupsSequence") or ()
    shared = list(dataset.get("SharedFunctionalGroupsSequence") or ())[:1]
    common = {name: _text(find([*shared, dataset], groups, name)) for name, groups in ATTRIBUTES.items()}
    grouped = [name for name, groups in ATTRIBUTES.items() if own and any(group in own[0] for group in groups)]
    vectors = {name: dataset.get(name) for name in VECTORS if name in dataset}
    found: list[Distinction] = []
    for index in range(frames):
        stated = dict(common)
        for name in grouped:
            stated[name] = _text(find(own[index : index + 1], ATTRIBUTES[name], name)) or stated[name]
        for name, vector in vectors.items():
            if hasattr(vector, "__len__") and len(vector) == frames:
                stated[name] = _text(vector[index])
        found.append(tuple((name, text) for name, text in stated.items() if text))
    return found


def _text(value: Any) -> str:
    if not is_stated(value):
        return ""
    parts = [str(value)] if isinstance(value, str) or not hasattr(value, "__iter__") else [str(each) for each in value]
    return "\\".join(parts).encode("utf-8", "replace").decode()[:LONGEST]
