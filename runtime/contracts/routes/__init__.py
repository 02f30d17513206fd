"""The API's routes: one table, from which the OpenAPI document is made, in its order."""

from typing import Final

from runtime.contracts.routes import clients, jobs, operations, results, service
from runtime.contracts.routes.route import Route

__all__ = ["ROUTES", "Route"]

ROUTES: Final = (*service.ROUTES, *clients.ROUTES, *jobs.ROUTES, *results.ROUTES, *operations.ROUTES)
