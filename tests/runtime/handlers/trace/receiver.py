"""A collector of the tests' own: reads OTLP over HTTP with OpenTelemetry's own definitions."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

IDS = ("traceId", "spanId", "parentSpanId")


class Received(NamedTuple):
    """One span as the collector has it."""

    service: str
    name: str
    kind: int
    trace_id: str
    span_id: str
    parent: str
    start: int
    end: int
    attributes: dict[str, str | int]
    failed: bool


class Collector(ThreadingHTTPServer):
    """Takes spans; `status` and `body` are what it answers, but nothing as long as `hanging` is set."""

    daemon_threads = True

    def __init__(self, status: int = 200, body: bytes = b"{}", *, hangs: bool = False) -> None:
        self.spans: list[Received] = []
        self.heads: list[tuple[str, dict[str, str]]] = []
        self.hanging, self.closing = threading.Event(), threading.Event()
        if hangs:
            self.hanging.set()
        self.arrived = threading.Condition()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["content-length"]))
                with outer.arrived:
                    outer.heads.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                    outer.spans += decode(data)
                    outer.arrived.notify_all()
                while outer.hanging.is_set():
                    if outer.closing.wait(0.05):
                        return
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Print nothing."""

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        """Its base address."""
        return f"http://127.0.0.1:{self.server_port}"

    def trace(self, trace_id: str, names: set[str], seconds: float = 60) -> dict[str, Received]:
        """Return the spans of a trace by name, as soon as those `names` are there."""

        def found() -> dict[str, Received]:
            return {span.name: span for span in self.spans if span.trace_id == trace_id}

        with self.arrived:
            assert self.arrived.wait_for(lambda: names <= found().keys(), seconds), (found(), self.spans)
            return found()


@contextmanager
def collector(status: int = 200, body: bytes = b"{}", *, hangs: bool = False) -> Iterator[Collector]:
    """Start a collector."""
    with Collector(status, body, hangs=hangs) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.closing.set()
        server.shutdown()


def decode(data: bytes) -> list[Received]:
    """Return the spans of a request; an unknown field or a wrong type is an error, as it is to OpenTelemetry's own."""
    request = ExportTraceServiceRequest()
    # protobuf's mapping has bytes in base64, OTLP's has ids in hexadecimal: the one difference that the form of the
    # request itself must keep to
    json_format.Parse(json.dumps(_with_base64(json.loads(data))), request)
    return [
        Received(
            {each.key: each.value.string_value for each in group.resource.attributes}["service.name"],
            span.name,
            span.kind,
            span.trace_id.hex(),
            span.span_id.hex(),
            span.parent_span_id.hex(),
            span.start_time_unix_nano,
            span.end_time_unix_nano,
            {each.key: each.value.string_value or each.value.int_value for each in span.attributes},
            span.status.code == span.status.STATUS_CODE_ERROR,
        )
        for group in request.resource_spans
        for scope in group.scope_spans
        for span in scope.spans
    ]


def _with_base64(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_base64(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: base64.b64encode(bytes.fromhex(each)).decode() if name in IDS else _with_base64(each)
        for name, each in value.items()
    }
