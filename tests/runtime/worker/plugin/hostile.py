"""An algorithm that reaches for what is not its own, in the way that its job asks for."""

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal
from unittest.mock import patch

from imaging import Algorithm, Image, Resources, Result, UnsupportedInput, hookimpl

Attempt = Literal[
    "environment", "memory", "credentials", "daemon",
    "pickle", "stall", "outside", "link", "shout", "huge_file", "surrogate", "long_refusal",
    "orphan", "complain", "leave", "look", "open_files", "close_files", "twins",
]  # fmt: skip
if os.environ.get("ALGORITHM") == "hostile":
    print("imported", flush=True)  # noqa: T201


def hostile(image: Image, attempt: Attempt = "environment", file: str = "") -> Result:
    """Try, and return what was found."""
    return Result(
        image if attempt in ("outside", "link") else None, {"found": str(globals()[f"_{attempt}"](Path(file)))}
    )


def _environment(_: Path) -> str:
    return " ".join(
        name for name in os.environ if name.startswith(("AWS_", "ECS_", "TABLE_", "REQUESTS_QUEUE", "RESULTS_"))
    )


def _memory(_: Path) -> str:
    stat = Path(f"/proc/{os.getppid()}/stat").read_text()
    worker = int(stat.rsplit(")", 1)[1].split()[1])
    try:
        with Path(f"/proc/{worker}/mem").open("rb"):
            return "opened"
    except OSError as error:
        return type(error).__name__


def _credentials(_: Path) -> str:
    import boto3

    with patch.dict(os.environ, AWS_EC2_METADATA_DISABLED="true"):  # a task on Fargate has none
        return str(boto3.Session().get_credentials())


def _daemon(file: Path) -> str:
    code = "import os, sys, time; os.fork() and os._exit(0); os.setsid(); os.fork() and os._exit(0); "
    code += "open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(1000)"
    subprocess.run([sys.executable, "-c", code, str(file)], check=True)
    while not file.exists() or not file.read_text():
        time.sleep(0.01)
    return file.read_text()


def _orphan(file: Path) -> None:
    _daemon(file)
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(30)


class _Payload:
    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.file,)


def _inherited(kind: str) -> Iterable[int]:
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            if str(Path(f"/proc/self/fd/{descriptor}").readlink()).startswith(kind):
                yield descriptor


def _complain(_: Path) -> None:
    for descriptor in _inherited("pipe:"):
        with contextlib.suppress(OSError):
            os.write(descriptor, b"no such command\n")


def _pickle(file: Path) -> None:
    content = pickle.dumps(_Payload(file))
    for descriptor in _inherited("socket:"):
        os.write(descriptor, struct.pack("!i", len(content)) + content)
    time.sleep(30)


def _stall(_: Path) -> None:
    for descriptor in _inherited("socket:"):
        os.write(descriptor, struct.pack("!i", 1000))
    time.sleep(30)


def _outside(_: Path) -> None:
    _replace_product(lambda path: Path("/proc/self/environ"))


def _link(_: Path) -> None:
    def linked(path: Path) -> Path:
        path.symlink_to("/proc/self/environ")
        return path

    _replace_product(linked)


def _replace_product(path: Callable[[Path], Path]) -> None:
    """Let the next file of a result be another."""
    from runtime.worker.child.files import encode
    from runtime.worker.jobs.product import Product

    write = encode.store

    def once(asked: Path, *_: object, **__: object) -> Product:
        encode.store = write
        return Product(path(asked), "preview", 0, "")

    encode.store = once


def _shout(_: Path) -> None:
    for _number in range(1000):
        print('{"_aws":{"CloudWatchMetrics":[]},"event":"job_ended"}' + "x" * 100)  # noqa: T201
    os.write(2, b"the end\n")


def _huge_file(file: Path) -> str:
    try:
        with file.open("wb") as huge:
            huge.truncate(1 << 40)
    except OSError as error:
        return os.strerror(error.errno or 0)
    return "written"


def _surrogate(_: Path) -> str:
    return "\udcff"


def _long_refusal(_: Path) -> None:
    raise UnsupportedInput("\udcff" * 10_000)


@hookimpl
def register_algorithms() -> Iterable[Algorithm]:
    """Register it."""
    return (Algorithm("hostile", "Does what it must not.", hostile, resources=Resources(0.25, 512, timeout=60)),)


def _leave(_: Path) -> None:
    """Leave the process as no other job wants it."""
    import tempfile

    import numpy as np

    os.chdir(tempfile.gettempdir())  # which goes with the job
    os.environ["LEFT"] = "1"
    os.umask(0o777)
    np.seterr(all="raise")
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(1)
    sys.stdout.close()
    os.close(1)
    sys.setrecursionlimit(200)


def _look(_: Path) -> str:
    """Return what an earlier job has left."""
    import numpy as np

    time.sleep(1.2)
    print("heard")  # noqa: T201
    mask = os.umask(0o022)
    os.umask(mask)
    kept = (mask != 0o777, sys.getrecursionlimit() > 200, Path.cwd().exists(), np.geterr()["divide"] == "warn")
    return f"{os.getpid()} {os.environ.get('LEFT')} {kept}"


def _open_files(_: Path) -> str:
    import resource

    for _number in range(resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2):
        os.open(os.devnull, os.O_RDONLY)
    return str(os.getpid())


def _close_files(_: Path) -> None:
    os.closerange(3, 1024)
    time.sleep(60)


def _twins(_: Path) -> str:
    """Return twice: the copy at once, and the process that was asked for it only later. Its answer alone counts."""
    if os.fork():
        time.sleep(2)
        return "the second of twins"
    return "the first of twins"
