"""Function calls that a stack makes when it is created, updated and deleted."""

import json

from runtime.local.resources.base import Handler, Properties


class Invocation(Handler):
    """aws:lambda/invocation:Invocation; with lifecycleScope CRUD, the function is called on deletion too."""

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
        """Call the function; the id is made of its name."""
        return f"{inputs['functionName']}_invocation", {**inputs, "result": self._call(inputs, "create")}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Return the state: the cloud keeps nothing of a call."""
        return dict(state)

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Call again."""
        return {**new, "result": self._call(new, "update", old.get("input"))}

    def delete(self, identity: str, state: Properties) -> None:
        """Call for the last time."""
        if state.get("lifecycleScope") == "CRUD":
            self._call(state, "delete", state.get("input"))
