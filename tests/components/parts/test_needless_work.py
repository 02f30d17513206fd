"""The program does no work that is for nobody; each in a process of its own, which it changes."""

import os
import subprocess
import sys

from components.parts.needless_work import DEBUG

PROGRAM = """
import gc
import pulumi
from components.parts.needless_work import spare_needless_work
debug, warn = pulumi.log.debug, pulumi.log.warn
spare_needless_work()
print(gc.isenabled(), pulumi.log.debug is debug, pulumi.log.warn is warn)
pulumi.runtime.settings.SETTINGS.engine = type("Engine", (), {"Log": lambda self, request: print(request.message)})()
pulumi.log.debug("a step", stream_id=1)
pulumi.log.warn("a warning")
"""


def printed(**variables: str) -> list[str]:
    environment = {**{key: value for key, value in os.environ.items() if key != DEBUG}, **variables}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_garbage_stays_and_the_engine_is_called_for_warnings_alone() -> None:
    assert printed() == ["False False True", "a warning"]


def test_who_wants_the_lines_of_the_sdk_gets_them() -> None:
    assert printed(**{DEBUG: "1"}) == ["False True True", "a step", "a warning"]
