"""Settings of asynchronous calls of a Lambda function."""

from runtime.local.resources.base import Handler, Properties, pick, unless_absent


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
        if details is None:
            return None
        settings = {
            "maximumEventAgeInSeconds": details["MaximumEventAgeInSeconds"],
            "maximumRetryAttempts": details["MaximumRetryAttempts"],
        }
        return {**state, **settings}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Put both settings."""
        self.api.put_function_event_invoke_config(
            FunctionName=identity,
            **pick(
                new,
                MaximumEventAgeInSeconds="maximumEventAgeInSeconds",
                MaximumRetryAttempts="maximumRetryAttempts",
            ),
        )
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Set both back to their defaults."""
        unless_absent(self.api.delete_function_event_invoke_config, FunctionName=identity)
