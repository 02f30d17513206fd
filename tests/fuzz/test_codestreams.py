"""Whatever a codestream holds, it is shown as another decoder shows it, or refused; and costs nobody anything else."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from starlette.testclient import TestClient

from bench.matrix.syntaxes import DECODED
from runtime.worker.child.messages import Done
from tests.fuzz.bucket import Bucket
from tests.fuzz.coded import CODED
from tests.fuzz.codestreams import CONTRADICTIONS, Damaged, damaged_codes
from tests.fuzz.conftest import bounded
from tests.fuzz.found import FOUND, changed
from tests.fuzz.second import Apart, by_another, by_the_product
from tests.fuzz.test_budgets import BYTES, CODE_MIB, check_budgets
from tests.fuzz.test_routes import addresses, numbers
from tests.fuzz.test_worker import REFUSED, Child
from tests.fuzz.test_worker import child as child  # the fixture

# No second decoder of it was found in the registries (docs/dicom-matrix.md).
ALONE = [each.name for each in DECODED if each.family.startswith("jpeg xl")]


@pytest.fixture(scope="module")
def product() -> Iterator[Apart]:
    """A process for the product."""
    found = Apart()
    yield found
    found.close()


@pytest.fixture(scope="module")
def other() -> Iterator[Apart]:
    """A process for the second decoders."""
    found = Apart()
    yield found
    found.close()


@pytest.mark.parametrize("name", CODED)
def test_an_undamaged_one_is_shown(product: Apart, name: str) -> None:
    coded = CODED[name]
    shown = product.run(by_the_product, Damaged(name, coded.syntax, coded.case, coded.stream).file)
    assert not isinstance(shown, str), shown


@given(damaged_codes())
@bounded(25)
def test_a_damaged_one_is_answered_by_every_route_within_the_budget(
    pacs: TestClient, bucket: Bucket, drawn: Damaged
) -> None:
    bucket.objects.clear()
    study = f"c{next(numbers)}"
    bucket.objects[f"{study}/s/i.dcm"] = drawn.file
    for address, headers in addresses(study):
        answer = pacs.get(address, headers=headers)
        assert answer.status_code in (200, 404, 422), (drawn.name, address, answer.text)
    check_budgets(pacs)


@given(damaged_codes())
@bounded(150)
def test_a_damaged_one_is_computed_or_refused(child: Child, drawn: Damaged) -> None:
    reply = child.compute(drawn.file, "regular")
    assert isinstance(reply, Done) or getattr(reply, "code", "") in REFUSED, (drawn.name, reply)
    assert child.peak_mib() <= (BYTES >> 20) + CODE_MIB


@given(damaged_codes(CONTRADICTIONS))
@bounded(600)
def test_one_that_contradicts_itself_is_shown_as_by_another_decoder_or_refused(
    product: Apart, other: Apart, drawn: Damaged
) -> None:
    shown = product.run(by_the_product, drawn.file)
    if isinstance(shown, str) or drawn.syntax.name in ALONE:
        return
    beside = other.run(by_another, drawn.syntax.name, drawn)
    assert not isinstance(beside, str), (drawn.name, beside)
    assert np.array_equal(shown, beside), drawn.name


@pytest.mark.parametrize("kind", FOUND)
def test_what_was_shown_once_although_it_contradicts_itself_is_refused(product: Apart, kind: str) -> None:
    drawn, sentence = changed(kind)
    shown = product.run(by_the_product, drawn.file)
    assert isinstance(shown, str) and sentence in shown, (kind, shown)
