"""The HTTP API in front of the handlers, and the consumer of dead letters."""

from components.processing_api.args import ProcessingApiArgs
from components.processing_api.component import ProcessingApi

__all__ = ["ProcessingApi", "ProcessingApiArgs"]
