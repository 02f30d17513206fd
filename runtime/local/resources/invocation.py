"""Calls of a function that are a part of a stack's life."""

import json

from runtime.local.resources.base import Handler, Properties


class Invocation(Handler):
    """aws:lambda/invocation:Invocation; with lifecycleScope CRUD the function hears of the end, too."""

    service = "lambda"
    replace_on = frozenset({"functionName", "lifecycleScope", "qualifier", "terraformKey"})

    def _call(self, inputs: Properties, action: str, before: str | None = None) -> str:
        event = json.loads(inputs["input"])
        if inputs.get("lifecycleScope") == "CRUD":
            event[inputs.get("terraformKey") or "tf"] = {
                "action": action,
                "prev_input": json.loads(before) if before else None,
            }
        answer = self.api.invoke(FunctionName=inputs["functionName"], Payload=json.dumps(event))
        details = answer["Payload"].read().decode()
        if answer.get("FunctionError"):
            raise RuntimeError(f"{inputs['functionName']}: {details}")
        return details

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Its id is made of the function's name."""
        return f"{inputs['functionName']}_invocation", {**inputs, "result": self._call(inputs, "create")}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """There is nothing in the cloud but what came back."""
        return dict(state)

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Call again."""
        return {**new, "result": self._call(new, "update", old.get("input"))}

    def delete(self, identity: str, state: Properties) -> None:
        """Call a last time."""
        if state.get("lifecycleScope") == "CRUD":
            self._call(state, "delete", state.get("input"))
