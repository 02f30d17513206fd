"""Lambda functions."""

import base64
import hashlib
from pathlib import Path
from typing import Any

import pulumi

from runtime.local.resources.base import Handler, Properties, nested, pick, unless_absent


def package(code: Any) -> bytes:
    """Return the bytes of a function's code; the program sends a Pulumi archive of a zip file."""
    if isinstance(code, pulumi.FileArchive):
        return Path(code.path).read_bytes()
    raise TypeError(f"a function's code must be a FileArchive of a zip here, not {type(code).__name__}")


def _reserved(inputs: Properties) -> int:
    return int(inputs.get("reservedConcurrentExecutions", -1))


class Function(Handler):
    """aws:lambda/function:Function."""

    service = "lambda"
    name_property = "name"
    replace_on = frozenset({"name"})
    defaults = {"memorySize": 128, "timeout": 3, "reservedConcurrentExecutions": -1}  # noqa: RUF012 - read only

    def _settings(self, inputs: Properties) -> dict[str, Any]:
        settings = pick(
            inputs,
            Role="role",
            Handler="handler",
            Runtime="runtime",
            Timeout="timeout",
            MemorySize="memorySize",
            Description="description",
        )
        settings["Environment"] = {"Variables": nested(nested(inputs, "environment"), "variables")}
        if logging := inputs.get("loggingConfig"):
            settings["LoggingConfig"] = pick(logging, LogFormat="logFormat", LogGroup="logGroup")
        if place := inputs.get("vpcConfig"):
            settings["VpcConfig"] = pick(place, SubnetIds="subnetIds", SecurityGroupIds="securityGroupIds")
        return settings

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its name."""
        details = self.api.create_function(
            FunctionName=inputs["name"],
            Code={"ZipFile": package(inputs["code"])},
            Architectures=inputs.get("architectures") or ["x86_64"],
            Tags=inputs.get("tags") or {},
            **self._settings(inputs),
        )
        reserved = _reserved(inputs)
        if reserved >= 0:
            self._reserve(inputs["name"], reserved)
        return inputs["name"], self._outputs(inputs["name"], inputs, details, reserved)

    def _reserve(self, name: str, reserved: int) -> None:
        """Reserve concurrent executions for the function; a number below 0 means none, as in the provider."""
        if reserved >= 0:
            self.api.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=reserved)
        else:
            self.api.delete_function_concurrency(FunctionName=name)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read its configuration; a digest stands for the code."""
        answer = unless_absent(self.api.get_function, FunctionName=identity)
        if answer is None:
            return None
        reserved = answer.get("Concurrency", {}).get("ReservedConcurrentExecutions", -1)
        return self._outputs(identity, state, answer["Configuration"], reserved)

    def _outputs(self, identity: str, state: Properties, details: Properties, reserved: int) -> Properties:
        arn = details["FunctionArn"]
        return {
            **state,
            "name": identity,
            "arn": arn,
            "qualifiedArn": f"{arn}:$LATEST",
            "invokeArn": f"arn:aws:apigateway:{arn.split(':')[3]}:lambda:path/2015-03-31/functions/{arn}/invocations",
            "codeSha256": details["CodeSha256"],
            "sourceCodeHash": details["CodeSha256"],
            "role": details["Role"],
            "handler": details["Handler"],
            "runtime": details["Runtime"],
            "memorySize": details["MemorySize"],
            "timeout": details["Timeout"],
            "reservedConcurrentExecutions": reserved,
            "lastModified": details["LastModified"],
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Send the settings, and the code if its digest differs."""
        self.api.update_function_configuration(FunctionName=identity, **self._settings(new))
        content = package(new["code"])
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        if digest != self.api.get_function_configuration(FunctionName=identity)["CodeSha256"]:
            self.api.update_function_code(FunctionName=identity, ZipFile=content)
        self._reserve(identity, _reserved(new))
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_function, FunctionName=identity)
