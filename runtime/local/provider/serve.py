"""Serves a provider on loopback until the engine that started it is gone."""

import os
import threading
import time
from concurrent import futures

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

POLL_SECONDS = 0.5
MESSAGE_BYTES = 400 * 1024 * 1024


def end_with_parent() -> None:
    """End this process when its parent ends: a killed engine does not stop its providers."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(POLL_SECONDS)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def serve(servicer: provider_pb2_grpc.ResourceProviderServicer) -> None:
    """Print the port, as the engine expects, and serve."""
    server = grpc.server(
        futures.ThreadPoolExecutor(16),
        options=[("grpc.max_receive_message_length", MESSAGE_BYTES), ("grpc.max_send_message_length", MESSAGE_BYTES)],
    )
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)  # noqa: T201 - the protocol
    server.wait_for_termination()
