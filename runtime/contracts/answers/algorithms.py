"""The catalogue of algorithms."""

from typing import Any

from pydantic import Field

from algorithms.declaration import Needs
from runtime.contracts.base import Model, Scope
from runtime.contracts.results.ports import InputType, Label, OutputType, PortName


class CatalogueResources(Model):
    """The resources of one task of an algorithm, and how its service scales."""

    vcpu: float
    memory_mib: int
    timeout: float = Field(description="seconds")
    acceptable_latency: float = Field(description="seconds")
    typical_seconds: float
    min_tasks: int
    max_tasks: int
    spot: bool


class CatalogueInput(Model):
    """A further input of an algorithm, as `inputs` of a request names it."""

    name: PortName
    type: InputType
    description: str
    scopes: tuple[Scope, ...] = Field(default=(), description="of an image from the PACS")
    many: bool = Field(default=False, description="whether it takes a list")
    required: bool


class CatalogueOutput(Model):
    """A declared output of an algorithm, as `ports` of a result has it."""

    name: PortName
    type: OutputType
    description: str
    unit: str = ""
    optional: bool = Field(default=False, description="whether a result may lack it")
    labels: tuple[Label, ...] = ()
    grid: str = Field(default="", description="the input on whose grid an image or labels lie, or any")


class CatalogueWeights(Model):
    """A file of an algorithm's model."""

    package: str
    file: str
    sha256: str
    licence: str
    source: str = Field(description="an address, a DOI, or how it was made")


class CatalogueTranslation(Model):
    """An algorithm's texts in another language; what is empty or missing stays as it is declared."""

    summary: str = ""
    names: dict[str, str] = Field(
        default_factory=dict[str, str], description="what parameters, inputs and outputs are called, by their names"
    )
    descriptions: dict[str, str] = Field(default_factory=dict[str, str], description="what describes them")
    labels: dict[str, dict[str, str]] = Field(
        default_factory=dict[str, dict[str, str]], description="names of labels by their numbers, by output"
    )
    choices: dict[str, dict[str, str]] = Field(
        default_factory=dict[str, dict[str, str]],
        description="what the values are called among which a parameter chooses, by these values as text, by parameter",
    )
    units: dict[str, str] = Field(
        default_factory=dict[str, str], description="units of parameters and outputs, by their names"
    )


class CatalogueEntry(Model):
    """One algorithm."""

    name: str
    summary: str
    scopes: tuple[Scope, ...]
    needs: Needs = Field(
        default="regular",
        description="what its planes must be: a series is taken if `good_for` of its stack in the PACS API has this",
    )
    parameters: dict[str, Any] = Field(description="JSON Schema of the parameters")
    inputs: tuple[CatalogueInput, ...] = Field(default=(), description="inputs beside the image, series or study")
    outputs: tuple[CatalogueOutput, ...] | None = Field(
        default=None, description="what it returns; null if only a job shows it: an image, measurements, or both"
    )
    weights: tuple[CatalogueWeights, ...] = Field(default=(), description="what its model is loaded from")
    reference: str
    translations: dict[str, CatalogueTranslation] = Field(
        default_factory=dict[str, CatalogueTranslation], description="its texts by language, as BCP 47 writes it"
    )
    documentation: str
    distribution: str
    version: str
    resources: CatalogueResources


class Catalogue(Model):
    """The installed algorithms."""

    algorithms: tuple[CatalogueEntry, ...]
