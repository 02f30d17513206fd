"""What the PACS API answers to an upload: what became of each instance."""

from typing import Any, Final, Literal, NamedTuple

from pydantic import Field

from runtime.contracts.models import Model

Status = Literal["taken", "there_already", "refused"]
# Failure Reason (0008,1197) of PS3.18 table I.2-2; 0111H, a duplicate, is of PS3.7 C.5.7.
CANNOT_UNDERSTAND: Final = 0xC000
FAILURES: Final = {"too_large": 0xA700, "no_image": 0x0122, "dicomdir": 0x0122, "other_content": 0x0111}


class Instance(Model):
    """What became of one instance of an upload."""

    status: Status
    study_id: str | None = Field(None, description="null if it was refused before it was known, as the other two")
    series_id: str | None = None
    image_id: str | None = None
    code: str | None = Field(None, description="why it was refused, as a word; null if it was not")
    reason: str | None = Field(None, description="why it was refused, for a person")


class Uploaded(Model):
    """What became of the instances of an upload, in the order of the body."""

    instances: tuple[Instance, ...]


class Outcome(NamedTuple):
    """What became of one instance, with the UID of its SOP class, if it is known."""

    instance: Instance
    sop_class: str = ""


def status(instances: list[Instance]) -> int:
    """Return the status of PS3.18 table 10.5.3-1: all are stored, some are, or none is."""
    refused = sum(each.status == "refused" for each in instances)
    return 200 if not refused else 202 if refused < len(instances) else 409


def module(outcomes: list[Outcome]) -> dict[str, Any]:
    """Return the Store Instances Response Module (PS3.18 annex I) in the DICOM JSON model."""
    stored, failed, others = list[Any](), list[Any](), list[Any]()
    for instance, sop_class in outcomes:
        reason = {"00081197": {"vr": "US", "Value": [FAILURES.get(instance.code or "", CANNOT_UNDERSTAND)]}}
        if instance.image_id is None:
            others.append(reason)
            continue
        item = {
            "00081150": {"vr": "UI", **({"Value": [sop_class]} if sop_class else {})},
            "00081155": {"vr": "UI", "Value": [instance.image_id]},
        }
        if instance.status == "refused":
            failed.append(item | reason)
        else:
            stored.append(item)
    sequences = {"00081198": failed, "00081199": stored, "0008119A": others}
    return {tag: {"vr": "SQ", "Value": items} for tag, items in sequences.items() if items}
