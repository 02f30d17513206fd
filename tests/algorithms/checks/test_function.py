import functools
from collections.abc import Iterator
from typing import Any

import pytest

from algorithms.checks.function import check_function
from algorithms.errors import DeclarationError
from imaging import Image


def plain(image: Image) -> Image:
    return image


@functools.wraps(plain)
def wrapping(*args: Any, **options: Any) -> Any:
    return plain(*args, **options)


def _logged(run: Any) -> Any:
    @functools.wraps(run)
    def logged(*args: Any, **options: Any) -> Any:
        return run(*args, **options)

    return logged


@_logged
def decorated(image: Image) -> Image:
    return image


def _nested() -> Any:
    def nested(image: Image) -> Image:
        return image

    return nested


class Holder:
    def method(self, image: Image) -> Image:
        return image

    @staticmethod
    def static(image: Image) -> Image:
        return image

    def __call__(self, image: Image) -> Image:
        return image


async def asynchronous(image: Image) -> Image:
    return image


@_logged
async def decorated_asynchronous(image: Image) -> Image:
    return image


def generator(image: Image) -> Iterator[Image]:
    yield image


def _from(module: str, name: str) -> Any:
    def made(image: Image) -> Image:
        return image

    made.__module__, made.__qualname__ = module, name
    return made


@pytest.mark.parametrize("run", [plain, decorated])
def test_a_function_at_module_level_is_accepted(run: Any) -> None:
    check_function(run)


@pytest.mark.parametrize(
    ("run", "reason"),
    [
        (lambda image: image, "lambda"),
        (_nested(), "defined inside another function .* if a decorator made it, let that use functools.wraps"),
        (Holder().method, "run is a method"),
        (Holder.method, "is a method"),
        (Holder.static, "is a method"),
        (Holder(), "run is a Holder, .* write its name, which may call it"),
        (Holder, "run is the class Holder"),
        (functools.partial(plain), "run is a partial, .* with the values that the partial fixes as defaults"),
        (functools.cache(plain), "run is a lru_cache_wrapper, .* cache what it calls instead"),
        (len, "run is a builtin_function_or_method"),
        ("plain", "run is the text 'plain', .* define one with `def` at module level and write its name$"),
        (None, "run is a NoneType"),
        (wrapping, "something else, or nothing, is found there"),
        (asynchronous, "asynchronous: write `def` instead of `async def`"),
        (decorated_asynchronous, "asynchronous"),
        (generator, "is a generator, as it has `yield`: let it `return` one result"),
        (_from(__name__, "absent"), "something else, or nothing, is found there"),
        (_from("no_such_module", "made"), "No module named 'no_such_module'"),
        (_from("__main__", "made"), "a worker cannot import it"),
    ],
)
def test_what_a_worker_could_not_import_or_call_is_refused(run: Any, reason: str) -> None:
    with pytest.raises(DeclarationError, match=reason):
        check_function(run)
