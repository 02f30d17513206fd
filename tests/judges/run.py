"""Runs the Pulumi program with botocore's validation on, and notes which inputs no handler reads and what is called.

`python -m tests.judges.run ANSWER CHANGES`: the answer is what was made, the unread inputs of each type, and the calls,
each as service, operation and HTTP method.
"""

import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

import boto3
from botocore.model import OperationModel

from runtime.local.program.in_process import run
from runtime.local.program.project import ROOT, configuration, project_name
from runtime.local.resources.base import Handler
from runtime.local.resources.table import Table
from tests.judges.reading import Read, plain


class Reader(Table):
    """The handlers, whose creations note which inputs they read."""

    def __init__(self) -> None:
        super().__init__(self.boto3_client)
        self.unread: dict[str, set[str]] = {}
        self.calls: set[tuple[str, str, str]] = set()

    def boto3_client(self, service: str) -> Any:
        """Return a client as boto3 makes it, which validates parameters, and note its calls."""
        boto: Any = boto3  # its stubs know each service by name
        made = boto.client(service)
        made.meta.events.register("before-call", self.note)
        return made

    def note(self, model: OperationModel, **_: Any) -> None:
        """Note one call."""
        method = str(model.http["method"])
        self.calls.add((model.service_model.service_name, model.name, method))

    def handler(self, token: str) -> Handler:
        handler: Any = super().handler(token)
        create, present = handler.create, handler.present

        def noted(inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
            read = Read(inputs)
            identity, outputs = create(read)
            self.unread.setdefault(token, set()).update(read.unread())
            return identity, plain(outputs)

        handler.create = noted
        # what is read back says nothing about what was sent
        handler.present = lambda identity, inputs: present(identity, plain(inputs))
        return handler


def main() -> None:
    """Write what the program makes, or why it does not."""
    answer, changes = Path(sys.argv[1]), json.loads(sys.argv[2])
    table = Reader()
    made = run(ROOT / "__main__.py", project_name(), "dev", configuration("dev", changes), table)
    told = {**dataclasses.asdict(made), "unread": {token: sorted(paths) for token, paths in table.unread.items()}}
    told["calls"] = sorted(table.calls)
    answer.write_text(json.dumps(told, default=str))


if __name__ == "__main__":
    main()
