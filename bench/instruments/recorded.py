"""The local cloud behind a proxy that records what functions, tasks and clients call."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from bench.instruments.billing import Billing
from bench.instruments.call import Call, read
from bench.instruments.proxy import Exchange, Proxy
from runtime.local.cloud import LocalCloud
from runtime.local.emulator.emulator import Emulator

QUIET_SECONDS = 1.5


class BehindProxy(Emulator):
    """An emulator whose functions, tasks and clients reach it through a proxy, which `proxy` makes for its port."""

    def __init__(self, proxy: Callable[[int], Proxy] = Proxy) -> None:
        super().__init__()
        self.proxy = proxy(self.port)

    @property
    def environment(self) -> dict[str, str]:
        """Return what a process needs to reach the proxy."""
        return {**super().environment, "AWS_ENDPOINT_URL": self.proxy.endpoint}

    def begin(self) -> None:
        """Start the proxy, then the emulator behind it."""
        self.proxy.__enter__()
        super().begin()

    def stop(self) -> None:
        """Stop both."""
        super().stop()
        self.proxy.__exit__()


class RecordedCloud(LocalCloud):
    """A local cloud that records calls while asked to. Nobody calls the scaler but the router, as between two minutes.

    A job's calls are told apart by who makes them: each function tells its name in the user agent of its calls.
    """

    emulator: BehindProxy

    def __init__(self, config: Mapping[str, Any] | None = None) -> None:
        super().__init__(config=config, emulator=BehindProxy())
        self._lock = threading.Lock()
        self._calls: list[Call] = []
        self._last = 0.0

    def deploy(self) -> None:
        """Deploy, then give each function its name."""
        super().deploy()
        functions = self.emulator.boto3_client("lambda")
        for each in self.resources:
            if each["type"] == "aws:lambda/function:Function":
                name = each["urn"].rsplit("::", 1)[-1]
                variables = functions.get_function_configuration(FunctionName=each["id"])["Environment"]["Variables"]
                functions.update_function_configuration(
                    FunctionName=each["id"], Environment={"Variables": {**variables, "AWS_SDK_UA_APP_ID": name}}
                )

    def start(self) -> None:
        """Bring it up; nothing is recorded yet."""
        super().start()
        assert self._services.clock is not None
        self._services.clock.stop()

    def record(self) -> None:
        """Forget what was recorded, and record from now on."""
        billing = Billing(self.emulator.boto3_client)

        def observe(exchange: Exchange) -> None:
            call = read(exchange)
            with self._lock:
                self._calls.append(billing.of(call))
                if not call.idle:
                    self._last = time.monotonic()

        with self._lock:
            self._calls.clear()
            self._last = time.monotonic()
        self.emulator.proxy.observe = observe

    def recorded(self) -> list[Call]:
        """Wait until nobody has called for a while, but for polls in vain; return the calls since `record`."""
        while time.monotonic() - self._last < QUIET_SECONDS:
            time.sleep(0.1)
        self.emulator.proxy.observe = lambda exchange: None
        with self._lock:
            return list(self._calls)
