"""The bucket is asked once in a while for an image, and each time for a series."""

from runtime.archive import Archive
from runtime.contracts.keys import PACS_KEY_PATTERN
from runtime.contracts.models import InputReference
from runtime.pacs.decoding.objects import Objects
from tests.fuzz.bucket import Bucket

IMAGE = InputReference(study_id="s", series_id="e", image_id="i")


def test_an_image_is_known_for_a_moment_unless_it_is_not_what_it_was() -> None:
    bucket = Bucket()
    bucket.objects["s/e/i.dcm"] = b"one"
    objects = Objects(Archive(bucket, "b", PACS_KEY_PATTERN), seconds=60)
    assert objects.known(IMAGE) is None
    (found,) = objects.find(IMAGE)
    assert objects.known(IMAGE) == [found]
    objects.forget(IMAGE)
    assert objects.known(IMAGE) is None
    assert objects.find(IMAGE) == objects.known(IMAGE)


def test_neither_a_series_nor_what_was_known_too_long_ago_is_known() -> None:
    bucket = Bucket()
    bucket.objects["s/e/i.dcm"] = b"one"
    objects = Objects(Archive(bucket, "b", PACS_KEY_PATTERN), seconds=0)
    objects.find(IMAGE)
    series = IMAGE.model_copy(update={"image_id": None, "scope": "series"})
    assert len(objects.find(series)) == 1
    assert objects.known(IMAGE) is None and objects.known(series) is None
