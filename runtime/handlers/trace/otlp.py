"""Spans as OTLP 1 has them in JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding.

Names are in lowerCamelCase, ids in hexadecimal, 64-bit numbers are text, and enumerations are numbers.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from runtime.contracts.results import fit
from runtime.handlers.trace.spans import Span

MEDIA_TYPE: Final = "application/json"
_NANOSECONDS: Final = 1_000_000
_ERROR: Final = 2
_SAMPLED: Final = 1


def encode(spans: Iterable[Span], resource: Mapping[str, str]) -> bytes:
    """Return an ExportTraceServiceRequest; `resource` is what all services have in common."""
    by_service: dict[str, list[dict[str, Any]]] = {}
    for span in spans:
        by_service.setdefault(span.service, []).append(_span(span))
    groups = [
        {
            "resource": {"attributes": _attributes({"service.name": service, **resource})},
            "scopeSpans": [{"scope": {"name": "imaging"}, "spans": group}],
        }
        for service, group in by_service.items()
    ]
    return fit.dumps({"resourceSpans": groups}).encode()


def _span(span: Span) -> dict[str, Any]:
    attributes = {**span.attributes, "error.type": span.error} if span.error else span.attributes
    return {
        "traceId": span.context.trace_id,
        "spanId": span.context.span_id,
        **({"parentSpanId": span.parent} if span.parent else {}),
        "flags": _SAMPLED,
        "name": span.name,
        "kind": span.kind,
        "startTimeUnixNano": str(span.start * _NANOSECONDS),
        "endTimeUnixNano": str(span.end * _NANOSECONDS),
        "attributes": _attributes(attributes),
        "status": {"code": _ERROR} if span.error else {},
    }


def _attributes(values: Mapping[str, str | int]) -> list[dict[str, Any]]:
    return [
        {"key": key, "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value}}
        for key, value in values.items()
    ]
