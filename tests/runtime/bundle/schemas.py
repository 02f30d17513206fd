"""JSON Schemas and values for them, made at random."""

from typing import Any

from hypothesis import strategies as st

# Halves are exact in binary, so that both sides mean the same by a multiple.
numbers = st.integers(-20, 20) | st.integers(-40, 40).map(lambda number: number / 2) | st.just(1e300)
texts = st.text("abc/~ é", max_size=5)
names = st.sampled_from(["a", "b", "a/b", "~"])
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)


def optional(**keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keywords)


def typed(kind: str, keywords: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return keywords.map(lambda rules: {"type": kind, **rules})


def bounded(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    bounds = dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), numbers)
    return typed(
        kind, optional(**bounds, multipleOf=st.sampled_from([1, 2, 3, 0.5, 2.5]), enum=st.lists(numbers, min_size=1))
    )


leaves = st.one_of(
    bounded("number"),
    bounded("integer"),
    typed(
        "string",
        optional(
            minLength=st.integers(0, 4),
            maxLength=st.integers(0, 4),
            pattern=st.sampled_from(["^[a-c]+$", "b", "^a?$", r"^\$?", "[$é]"]),
            enum=st.lists(texts, min_size=1, max_size=3),
        ),
    ),
    st.just({"type": "boolean"}),
    st.just({"type": "null"}),
    st.just({}),
    st.builds(lambda options: {"enum": options}, st.lists(values, min_size=1, max_size=3)),
    st.builds(lambda value: {"const": value}, values),
)


def nested(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(
        typed("array", optional(items=inner, minItems=st.integers(0, 2), maxItems=st.integers(0, 3))),
        typed(
            "object",
            optional(
                properties=st.dictionaries(names, inner, max_size=3),
                required=st.lists(names, unique=True, max_size=2),
                additionalProperties=st.just(False) | st.just(True) | inner,
            ),
        ),
        st.builds(lambda branches: {"anyOf": branches}, st.lists(inner, min_size=1, max_size=3)),
    )


schemas = st.recursive(leaves, nested, max_leaves=6)
