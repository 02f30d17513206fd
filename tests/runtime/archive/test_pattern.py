"""Identifiers to a key and back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.archive import KeyPattern
from runtime.archive.pattern import IDENTIFIER

identifiers = st.from_regex(re.compile(IDENTIFIER, re.ASCII), fullmatch=True)
between = st.text(st.sampled_from("ab.-_{}+*?()[]|^$\\é").filter(lambda c: c not in "{}"), max_size=4)
patterns = st.builds(
    lambda a, b, c, d, e, f: f"{a}{{study_id}}{b}/{c}{{series_id}}{d}/{e}{{image_id}}{f}",
    *[between] * 6,
)


@given(patterns, identifiers, identifiers, identifiers)
def test_parse_is_the_inverse_of_key(pattern: str, study: str, series: str, image: str) -> None:
    keys = KeyPattern(pattern)
    key = keys.key(study, series, image)
    assert keys.parse(key) == (study, series, image)
    assert key.startswith(keys.prefix(study, series))
    assert keys.prefix(study, series).startswith(keys.prefix(study))
    assert keys.prefix(study).startswith(keys.prefix())


@given(patterns, st.text(max_size=30))
def test_what_parses_is_made_again(pattern: str, key: str) -> None:
    keys = KeyPattern(pattern)
    address = keys.parse(key)
    assert address is None or keys.key(*address) == key


@given(patterns, identifiers, identifiers, identifiers)
def test_a_listing_by_folders_finds_every_level(pattern: str, study: str, series: str, image: str) -> None:
    keys = KeyPattern(pattern)
    key = keys.key(study, series, image)

    def folder(prefix: str) -> str:
        return key[: key.index("/", len(prefix)) + 1]

    assert keys.child(folder(keys.prefix())) == study
    assert keys.child(folder(keys.prefix(study)), study) == series


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{study_id}/{series_id}",
        "{study_id}/{study_id}/{series_id}/{image_id}",
        "{series_id}/{study_id}/{image_id}",
        "{study_id}/{series_id}/{image_id}/{patient_id}",
        "{study_id}-{series_id}/{image_id}",
        "{study_id}/{series_id}{image_id}",
        "{study_id}/{series_id}/{image_id",
        "{study_id}/{series_id}/{image_id!r}",
        "{{study_id}}/{series_id}/{image_id}",
    ],
)
def test_patterns_that_do_not_mean_one_image_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="key pattern"):
        KeyPattern(pattern)


@pytest.mark.parametrize("identifier", ["", "..", "a/b", "a\n", "a b", ".a", "a.", "a" * 65, "é"])
def test_what_is_no_identifier_makes_no_key(identifier: str) -> None:
    keys = KeyPattern("{study_id}/{series_id}/{image_id}.dcm")
    with pytest.raises(ValueError, match="identifier"):
        keys.key(identifier, "s", "i")
    assert keys.parse(f"{identifier}/s/i.dcm") is None


def test_other_keys_are_none_of_ours() -> None:
    keys = KeyPattern("archive/{study_id}/{series_id}/{image_id}.dcm")
    for key in ("archive/1/2/3.txt", "archive/1/2.dcm", "archive/1/2/3/4.dcm", "1/2/3.dcm", "archive/1/2/3.dcm\n"):
        assert keys.parse(key) is None
    assert keys.parse("archive/1.2/3.4/5.6.dcm") == ("1.2", "3.4", "5.6")
