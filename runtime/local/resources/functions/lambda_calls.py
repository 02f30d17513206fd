"""Who may call a Lambda function, what calls it, and how asynchronous calls are made."""

from typing import Any

from runtime.local.resources.base import Handler, Properties, pick, unless_absent
from runtime.local.resources.relations import long_enough_visibility


class FunctionEventInvokeConfig(Handler):
    """aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig."""

    service = "lambda"
    replace_on = frozenset({"functionName"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its function's name."""
        return inputs["functionName"], self.update(inputs["functionName"], {}, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read both settings."""
        details = unless_absent(self.api.get_function_event_invoke_config, FunctionName=identity)
        return None if details is None else self._outputs(state, details)

    def _outputs(self, state: Properties, details: Properties) -> Properties:
        settings = {
            "maximumEventAgeInSeconds": details["MaximumEventAgeInSeconds"],
            "maximumRetryAttempts": details["MaximumRetryAttempts"],
        }
        return {**state, **settings}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Put both settings."""
        details = self.api.put_function_event_invoke_config(
            FunctionName=identity,
            **pick(
                new,
                MaximumEventAgeInSeconds="maximumEventAgeInSeconds",
                MaximumRetryAttempts="maximumRetryAttempts",
            ),
        )
        return self._outputs(new, details)

    def delete(self, identity: str, state: Properties) -> None:
        """Set both back to their defaults."""
        unless_absent(self.api.delete_function_event_invoke_config, FunctionName=identity)


class Permission(Handler):
    """aws:lambda/permission:Permission; every change replaces it."""

    service = "lambda"
    name_property = "statementId"
    name_limit = 100
    replace_on = frozenset({"statementId", "action", "function", "principal", "sourceArn", "sourceAccount"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its statement's id."""
        self.api.add_permission(
            FunctionName=inputs["function"],
            StatementId=inputs["statementId"],
            Action=inputs["action"],
            Principal=inputs["principal"],
            **pick(inputs, SourceArn="sourceArn", SourceAccount="sourceAccount"),
        )
        return inputs["statementId"], dict(inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the statement in the function's policy."""
        answer = unless_absent(self.api.get_policy, FunctionName=state["function"])
        return dict(state) if answer and f'"{identity}"' in answer["Policy"] else None

    def delete(self, identity: str, state: Properties) -> None:
        """Remove the statement."""
        unless_absent(self.api.remove_permission, FunctionName=state["function"], StatementId=identity)


class EventSourceMapping(Handler):
    """aws:lambda/eventSourceMapping:EventSourceMapping."""

    service = "lambda"
    replace_on = frozenset({"eventSourceArn"})

    def _settings(self, inputs: Properties) -> dict[str, Any]:
        settings = pick(
            inputs,
            FunctionName="functionName",
            BatchSize="batchSize",
            FunctionResponseTypes="functionResponseTypes",
            MaximumBatchingWindowInSeconds="maximumBatchingWindowInSeconds",
            Enabled="enabled",
        )
        if scaling := inputs.get("scalingConfig"):
            settings["ScalingConfig"] = pick(scaling, MaximumConcurrency="maximumConcurrency")
        return settings

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its UUID."""
        if ":sqs:" in inputs["eventSourceArn"]:
            long_enough_visibility(self.boto3_client, inputs["eventSourceArn"], inputs["functionName"])
        details = self.api.create_event_source_mapping(
            EventSourceArn=inputs["eventSourceArn"], Tags=inputs.get("tags") or {}, **self._settings(inputs)
        )
        return details["UUID"], self._outputs(inputs, details)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read its configuration."""
        answer = unless_absent(self.api.get_event_source_mapping, UUID=identity)
        if answer is None or answer.get("State") == "Deleting":
            return None
        return self._outputs(state, answer)

    def _outputs(self, state: Properties, details: Properties) -> Properties:
        return {
            **state,
            "uuid": details["UUID"],
            "functionArn": details["FunctionArn"],
            "eventSourceArn": details["EventSourceArn"],
            "batchSize": details["BatchSize"],
            "state": details.get("State", "Enabled"),
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Send the settings."""
        self.api.update_event_source_mapping(UUID=identity, **self._settings(new))
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_event_source_mapping, UUID=identity)
