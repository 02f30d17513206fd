"""What tells the volumes of one series apart: time points, echoes, b-values, segments, stacks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from pydicom.datadict import tag_for_keyword

from runtime.dicom.geometry.series.diffusion import private_diffusion
from runtime.dicom.parse.numbers import is_stated
from runtime.dicom.parse.texts import text

# Attributes and the sequences that lead to them in functional groups, those that are meant to tell volumes apart before
# those that also do.
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
    "DiffusionGradientOrientation": ("MRDiffusionSequence", "DiffusionGradientDirectionSequence"),
    "NominalPercentageOfCardiacPhase": ("CardiacSynchronizationSequence",),
    "NominalCardiacTriggerDelayTime": ("CardiacSynchronizationSequence",),
    "TriggerTime": (),
    "InversionTime": (),
    "FlipAngle": ("MRTimingAndRelatedParametersSequence",),
    "ComplexImageComponent": ("MRImageFrameTypeSequence",),
    "ImageType": (),
    "ConvolutionKernel": ("CTReconstructionSequence",),
    "KVP": ("CTXRayDetailsSequence",),
    "SequenceName": (),
    "FrameReferenceTime": (),
    "AcquisitionNumber": (),
    "AcquisitionDateTime": (),
    "AcquisitionTime": (),
    "ContentTime": (),
    "InversionTimes": ("MRModifierSequence",),
    "VelocityEncodingDirection": ("MRVelocityEncodingSequence",),
    "NominalPercentageOfRespiratoryPhase": ("RespiratorySynchronizationSequence",),
    "FrameAcquisitionNumber": ("FrameContentSequence",),
    "FrameReferenceDateTime": ("FrameContentSequence",),
    "FrameAcquisitionDateTime": ("FrameContentSequence",),
    "SeriesInstanceUID": (),
}
# Of these, what may differ from slice to slice of one volume.
OF_SLICES: Final = frozenset(
    (
        *("TriggerTime", "NominalCardiacTriggerDelayTime", "FrameReferenceTime", "FlipAngle", "SequenceName"),
        *("AcquisitionNumber", "AcquisitionDateTime", "AcquisitionTime", "ContentTime", "SeriesInstanceUID"),
        *("FrameAcquisitionNumber", "FrameReferenceDateTime", "FrameAcquisitionDateTime"),
    )
)
# Of nuclear medicine, one entry a frame (PS3.3 C.8.4.8).
VECTORS: Final = ("EnergyWindowVector", "DetectorVector", "PhaseVector", "TimeSlotVector")
LONGEST: Final = 64  # characters
# What a level has in which one of them is: the attribute itself, or the first of the sequences that lead to it.
TAGS: Final = {name: {tag_for_keyword(each) for each in (name, *path[:1])} for name, path in ATTRIBUTES.items()}
Distinction = tuple[tuple[str, str], ...]


def distinctions(dataset: Any, frames: int) -> list[Distinction]:
    """Return, for each frame, those of the attributes that it has, as text."""
    own = dataset.get("PerFrameFunctionalGroupsSequence") or ()
    shared = list(dataset.get("SharedFunctionalGroupsSequence") or ())[:1]
    levels = [*shared, dataset]
    there = _tags(levels)
    # Most files have few of them, and to ask pydicom for one takes longer than to see that it is not there.
    asked = [name for name, tags in TAGS.items() if not there.isdisjoint(tags)]
    common = {name: _text(_find(levels, ATTRIBUTES[name], name)) for name in asked}
    common = {**private_diffusion(dataset), **{name: text for name, text in common.items() if text}}
    present = _tags(own)
    grouped = [name for name, path in ATTRIBUTES.items() if path and tag_for_keyword(path[0]) in present]
    vectors = {name: dataset.get(name) for name in VECTORS if name in dataset}
    found: list[Distinction] = []
    for index in range(frames):
        stated = dict(common)
        for name in grouped:
            stated[name] = _text(_find(own[index : index + 1], ATTRIBUTES[name], name)) or stated.get(name, "")
        for name, vector in vectors.items():
            if hasattr(vector, "__len__") and len(vector) == frames:
                stated[name] = _text(vector[index])
        found.append(tuple((name, text) for name, text in stated.items() if text))
    return found


def _tags(items: Iterable[Any]) -> set[int]:
    return {tag for item in items for tag in item.keys()}  # noqa: SIM118 - an item's iterator yields elements


def _find(levels: Iterable[Any], path: Sequence[str], keyword: str) -> Any:
    """Return an attribute from the first level that has it, at the end of the path or by itself."""
    for level in levels:
        holder = level
        for group in path:
            holder = next(iter(holder.get(group) or ()), None) if holder is not None else None
        for each in (holder, level):
            if each is not None and is_stated(each.get(keyword)):
                return each.get(keyword)
    return None


def _text(value: Any) -> str:
    if not is_stated(value):
        return ""
    return text(value)[:LONGEST]
