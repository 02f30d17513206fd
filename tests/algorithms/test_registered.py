import pytest

from algorithms.registered import Registered, Registry
from imaging import Algorithm, Image


def run(image: Image) -> Image:
    return image


def registered(name: str, distribution: str) -> Registered:
    return Registered(Algorithm(name, "s", run), distribution, "1.0", name, {}, "")


def test_algorithms_come_in_alphabetical_order_and_by_distribution() -> None:
    registry = Registry([registered("b", "two"), registered("c", "one"), registered("a", "two")])
    assert list(registry) == ["a", "b", "c"]
    assert len(registry) == 3
    assert "a" in registry and "d" not in registry
    assert {name: [each.algorithm.name for each in found] for name, found in registry.distributions.items()} == {
        "one": ["c"],
        "two": ["a", "b"],
    }
    assert registry["a"].label == "two 1.0"
    assert repr(registry) == "Registry(a, b, c)"


def test_the_registry_does_not_change() -> None:
    registry = Registry([registered("a", "one")])
    registry.distributions.clear()
    assert list(registry.distributions) == ["one"]
    with pytest.raises(TypeError):
        registry["b"] = registered("b", "one")  # pyright: ignore[reportIndexIssue]
    with pytest.raises(AttributeError):
        registry["a"].version = "2.0"  # pyright: ignore[reportAttributeAccessIssue]


def test_a_name_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Registry()["a"]
