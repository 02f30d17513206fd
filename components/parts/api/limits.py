"""The limits of the processing API: calls, executions, jobs of one client, clients of one sign-in, age of a job."""

import math
from dataclasses import dataclass

import pulumi_aws as aws

from runtime.contracts.routes import ROUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiLimits:
    """The limits of a stack, each a key of its configuration."""

    rate: int
    """Requests a second on average."""
    burst: int
    """Requests at once."""
    open_jobs: int
    """Jobs of one client that have not ended."""
    clients_per_subject: int
    """Clients of one sign-in."""
    client_idle_days: int
    """Days without a call after which a client is removed."""
    executions: int
    """Concurrent executions of functions that the stack may use."""
    job_max_age_seconds: int
    """Seconds after its acceptance in which a job ends in any case."""
    concurrency: int
    """Concurrent executions of functions that the stack may use."""

    def of_each_route(self) -> aws.apigatewayv2.StageDefaultRouteSettingsArgs:
        """Return the limits of a route without its own."""
        return aws.apigatewayv2.StageDefaultRouteSettingsArgs(
            throttling_rate_limit=self.rate, throttling_burst_limit=self.burst
        )

    def of_routes(self) -> list[aws.apigatewayv2.StageRouteSettingArgs]:
        """Return the limits of the routes that have their own, at least one request each."""
        return [
            aws.apigatewayv2.StageRouteSettingArgs(
                route_key=route.key,
                throttling_rate_limit=math.ceil(self.rate * route.share),
                throttling_burst_limit=math.ceil(self.burst * route.share),
            )
            for route in ROUTES
            if route.share < 1
        ]
