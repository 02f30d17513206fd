"""Refuses calls of an HTTP API beyond the limits of its stage, as API Gateway does: a token bucket for each route."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

Answer = tuple[int, dict[str, str], bytes]
Execute = Callable[..., Awaitable[Answer]]
# API Gateway's own answer, which has no Retry-After.
REFUSAL: Final = (429, {"Content-Type": "application/json"}, b'{"message":"Too Many Requests"}')


@dataclass
class Bucket:
    """The calls that a route takes: `burst` at once, and `rate` more each second."""

    rate: float
    burst: float
    tokens: float
    at: float

    def take(self, now: float) -> bool:
        """Take a call if there is room; `now` is in seconds."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Throttles:
    """The buckets of all routes of all stages."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str, str], Bucket] = {}

    def take(self, api_id: str, stage: Mapping[str, Any], route_key: str, now: float) -> bool:
        """Take a call of a route by the stage's settings for it, or else by those for every route."""
        settings = {**stage.get("defaultRouteSettings", {}), **stage.get("routeSettings", {}).get(route_key, {})}
        rate, burst = settings.get("throttlingRateLimit"), settings.get("throttlingBurstLimit")
        if rate is None or burst is None:
            return True
        key = (api_id, stage["stageName"], route_key)
        bucket = self._buckets.get(key)
        if bucket is None or (bucket.rate, bucket.burst) != (rate, burst):
            bucket = self._buckets[key] = Bucket(rate, burst, burst, now)
        return bucket.take(now)


def throttled(execute: Execute) -> Execute:
    """Return MiniStack's function that answers a call of an HTTP API, with the limits that it stores and ignores."""
    gateway, throttles = import_module("ministack.services.apigateway"), Throttles()
    # Both are private to MiniStack: if one is no longer there, the emulator does not start.
    stages, match = gateway._stages, gateway._match_route

    async def answer(api_id: str, stage: str, path: str, method: str, *arguments: Any) -> Answer:
        known = stages.get(api_id, {}).get(stage)
        route = match(api_id, method, "/" + path.lstrip("/")) if known else None
        # A preflight is answered before any route.
        if (
            known
            and route
            and method != "OPTIONS"
            and not throttles.take(api_id, known, route["routeKey"], time.time())
        ):
            return REFUSAL
        return await execute(api_id, stage, path, method, *arguments)

    return answer
