"""One operation of the real engine on one stack: `python operate.py OPERATION STACK CONFIG RESULT`.

A process of its own, so that the program meets what is installed at that moment, as it does under the CLI. The answer
is a JSON file: what the engine did to each resource, the outputs, and the error if it stopped.
"""

import gc
import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any

from pulumi import automation
from pulumi.automation.events import EngineEvent

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "imaging"


def program() -> None:
    """Run the very file that `pulumi up` runs, or the one that a test has changed."""
    runpy.run_path(os.environ.get("IMAGING_PROGRAM", str(ROOT / "__main__.py")), run_name="__main__")


def main() -> None:
    """Do it and write the answer."""
    gc.disable()  # a short life in which all that is made stays
    operation, stack_name, config, result = sys.argv[1:]
    sys.path.insert(0, str(ROOT))
    settings = automation.ProjectSettings(
        name=PROJECT, runtime="python", backend=automation.ProjectBackend(url=os.environ["PULUMI_BACKEND_URL"])
    )
    stack = automation.create_or_select_stack(
        stack_name,
        project_name=PROJECT,
        program=program,
        opts=automation.LocalWorkspaceOptions(project_settings=settings),
    )
    values = {key: automation.ConfigValue(value) for key, value in json.loads(config).items()}
    stack.set_all_config(values)
    steps: list[dict[str, Any]] = []

    def note(event: EngineEvent) -> None:
        if step := event.resource_pre_event:
            steps.append({"op": step.metadata.op.value, "urn": step.metadata.urn, "diffs": step.metadata.diffs or []})

    printed: list[str] = []
    answer: dict[str, Any] = {"steps": steps, "printed": printed}
    try:
        done = getattr(stack, operation)(on_event=note, on_output=printed.append)
        answer["outputs"] = {name: output.value for name, output in getattr(done, "outputs", {}).items()}
    except automation.CommandError as error:
        answer["error"] = str(error)
    Path(result).write_text(json.dumps(answer))


if __name__ == "__main__":
    main()
