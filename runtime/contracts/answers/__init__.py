"""The API's answers: the source of the OpenAPI document's responses, and of the tests' checks of every answer."""

from runtime.contracts.answers.algorithms import Catalogue, CatalogueEntry
from runtime.contracts.answers.calls import (
    Accepted,
    AcceptedBatch,
    BatchView,
    CancelView,
    Deliveries,
    Delivery,
    JobList,
    JobView,
    Problem,
    Provisioned,
    SignedResult,
    SignedUrl,
)
from runtime.contracts.answers.operations import Failure, FailureList, Settled, SystemView

__all__ = [
    "Accepted",
    "AcceptedBatch",
    "BatchView",
    "CancelView",
    "Catalogue",
    "CatalogueEntry",
    "Deliveries",
    "Delivery",
    "Failure",
    "FailureList",
    "JobList",
    "JobView",
    "Problem",
    "Provisioned",
    "Settled",
    "SignedResult",
    "SignedUrl",
    "SystemView",
]
