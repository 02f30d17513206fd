"""What the template imports: the platform's own modules, and the libraries that the installed algorithms import."""

import contextlib
import importlib
import json
import os
import signal
import tempfile
from typing import TYPE_CHECKING, Final

import boto3

from runtime import linux

if TYPE_CHECKING:
    from runtime.worker.child.fork.preload import Import

# Their import starts no thread that a fork would lose; of other libraries this is not known.
FORKABLE: Final = frozenset({"SimpleITK", "numpy", "scipy", "skimage"})
MOST_BYTES: Final = 1 << 20
LONGEST_SECONDS: Final = 60  # that importing all plugins may take


def of_the_pacs_api() -> None:
    """Import the modules that run in the PACS API's tasks."""
    importlib.import_module("runtime.pacs.app")
    importlib.import_module("uvicorn")
    _load_service_models("s3")


def of_workers() -> None:
    """Import the modules that run in workers: none of a plugin's."""
    from runtime.worker.child import main

    for each in ("runtime.worker.main", *(numeric.module for numeric in main.NUMERIC)):
        importlib.import_module(each)
    _load_service_models("dynamodb", "sns", "sqs")


def _load_service_models(*services: str) -> None:
    """Have boto3 read its descriptions of the services, which takes longer than all else in making a client.

    The clients that do it are thrown away; what is given here is theirs alone, not of the clients that tasks will make.
    """
    nobody = {"aws_access_key_id": "none", "aws_secret_access_key": "none"}
    for service in services:
        boto3.client(service, region_name="us-east-1", **nobody)  # pyright: ignore


def of_algorithms() -> None:
    """Import those libraries of the installed algorithms that may be imported before a fork.

    Another process reads what the algorithms import: a task that has credentials comes from this one, which therefore
    loads no plugin, and takes names of known libraries from it and nothing else.
    """
    from runtime.worker.child.fork import preload
    from runtime.worker.child.fork.preload import Import

    template = os.getpid()
    with tempfile.TemporaryFile() as answer:
        if (scout := os.fork()) == 0:
            linux.die_with(template, signal.SIGKILL)
            signal.alarm(LONGEST_SECONDS)
            with contextlib.suppress(BaseException):
                answer.write(json.dumps(_read()).encode())
                answer.flush()
            os._exit(0)
        os.waitpid(scout, 0)
        answer.seek(0)
        text = answer.read(MOST_BYTES)
    with contextlib.suppress(ValueError, TypeError):  # a plugin that cannot be read: its own workers will say so
        preload.perform(each for each in (Import(*_texts(one)) for one in json.loads(text)) if is_forkable(each.module))


def is_forkable(module: str) -> bool:
    """Return whether a module belongs to a library that may be imported before a fork."""
    return module.partition(".")[0] in FORKABLE


def _read() -> "list[Import]":
    from algorithms.registry import load_registry
    from runtime.worker.child.fork import preload
    from runtime.worker.child.fork.preload import Import

    found = [each for name in load_registry().values() for each in preload.imports(name.algorithm.run)]
    if any(each.module == "algorithms.simpleitk" for each in found):
        found.append(Import("SimpleITK"))
    return [each for each in dict.fromkeys(found) if is_forkable(each.module)]


def _texts(one: list[object]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    module, names, used = one
    return str(module), tuple(map(str, names)), tuple(map(str, used))  # pyright: ignore
