"""The event loop of a program whose engine is in the same process.

The SDK calls the engine from threads, one for each call that waits, of which a component's lasts until its children are
made. Here the engine answers in the loop's own thread: at once, or with something to wait for.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, Final

AT_ONCE: Final = 8  # resources that are created at a time


class Later(Exception):  # noqa: N818 - not an error: the answer to a call comes later
    """Raised by what a call of the engine runs: its answer comes once this is done."""

    def __init__(self, answer: Coroutine[Any, Any, Any]) -> None:
        super().__init__()
        self.answer = answer


class Blocking(Exception):  # noqa: N818 - not an error: the call belongs in a thread
    """Raised by what a call of the engine runs, before it does anything that takes its time."""


class ProgramLoop(asyncio.SelectorEventLoop):
    """A loop that runs the SDK's calls of the engine itself; what blocks goes to `at_once`."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(AT_ONCE)
        self._own = threading.get_ident()

    def need_a_thread(self) -> None:
        """Have the call of the engine that runs this run again in a thread, unless it does."""
        if threading.get_ident() == self._own:
            raise Blocking

    def run_in_executor(  # pyright: ignore[reportIncompatibleMethodOverride] - of any executor, and only of it
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> Awaitable[Any]:
        """Run a call of the engine."""
        answer = self.create_future()
        try:
            answer.set_result(func(*args))
        except Blocking:
            return super().run_in_executor(self._threads, func, *args)
        except Later as later:
            return self.create_task(later.answer)
        except Exception as error:
            answer.set_exception(error)
        return answer

    async def at_once(self, call: Callable[[], Any]) -> Any:
        """Run something that blocks in one of few threads."""
        return await super().run_in_executor(self._threads, call)
