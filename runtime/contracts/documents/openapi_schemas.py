"""The schemas of the OpenAPI document: those of the models, and of each algorithm's own requests and results."""

import copy
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from algorithms.ports.outputs import Outputs
from algorithms.registered import Registered
from runtime.contracts import answers, inputs
from runtime.contracts.requests import BatchRequest, FailedJobs, ProcessRequest, ProvisionRequest

REQUESTS: Final = (BatchRequest, FailedJobs, ProcessRequest, ProvisionRequest, *inputs.FORMS.values())
ANSWERS: Final = (
    answers.Accepted,
    answers.AcceptedBatch,
    answers.BatchView,
    answers.CancelView,
    answers.Catalogue,
    answers.Deliveries,
    answers.FailureList,
    answers.JobList,
    answers.JobView,
    answers.Problem,
    answers.Provisioned,
    answers.Settled,
    answers.SignedUrl,
    answers.SystemView,
)
REFERENCE: Final = "#/components/schemas/"


def of_models() -> dict[str, Any]:
    _, requests = models_json_schema([(model, "validation") for model in REQUESTS], ref_template=REFERENCE + "{model}")
    _, responses = models_json_schema(
        [(model, "serialization") for model in ANSWERS], ref_template=REFERENCE + "{model}"
    )
    # A model that both sides use keeps the requests' form, where defaults make a field optional.
    return {**responses["$defs"], **requests["$defs"]}


def of_request(generic: dict[str, Any], registered: Registered, title: str) -> dict[str, Any]:
    schema, parameters = copy.deepcopy(generic), registered.schema
    # Generators of clients name a type by its title.
    schema["title"] = title
    schema["properties"]["parameters"] = parameters
    further = inputs.schema(registered.inputs, REFERENCE)
    schema["properties"]["inputs"] = further
    for name, part in (("parameters", parameters), ("inputs", further)):
        if part.get("required"):
            schema["required"] = [*schema["required"], name]
    return schema


def of_result(generic: dict[str, Any], title: str, outputs: Outputs) -> dict[str, Any]:
    """Return the schema of an algorithm's result: which outputs it names, and which quantities it measures."""
    schema = copy.deepcopy(generic)
    schema["title"] = title
    names = {"name": {"enum": [port.name for port in outputs.ports]}}
    schema["properties"]["ports"]["items"] = {
        "allOf": [{"$ref": REFERENCE + "Port"}, {"type": "object", "properties": names}]
    }
    measurements = schema["properties"]["measurements"]
    measurements["properties"] = {
        port.name: {"type": "number", "description": port.description, "unit": port.unit}
        for port in outputs.ports
        if port.type == "quantity"
    }
    # There are no others. Besides, the clients of some generators do not compile if further ones have another type.
    measurements["additionalProperties"] = False
    return schema


def one_of(*names: str) -> dict[str, Any]:
    """Return the schema of a body that has one of these forms; an empty name is none."""
    forms = [{"$ref": REFERENCE + name} for name in names if name]
    return forms[0] if len(forms) == 1 else {"anyOf": forms}
