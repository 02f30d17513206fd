"""What an algorithm may change in Python itself and leave: warnings, random numbers, the locale and so on."""

import contextlib
import decimal
import gc
import locale
import random
import sys
import threading
import warnings
from typing import Any, Final

CATEGORIES: Final = (
    locale.LC_CTYPE,
    locale.LC_COLLATE,
    locale.LC_TIME,
    locale.LC_MONETARY,
    locale.LC_NUMERIC,
    locale.LC_MESSAGES,
)
DUMMY: Final = "_DummyThread"  # what Python makes of a thread of a library's own that once called it


class InterpreterState:
    """The state as it is when this is made; `restore` puts it back."""

    def __init__(self) -> None:
        self._filters = list(warnings.filters)
        self._show = warnings.showwarning
        self._path = list(sys.path)
        self._locale = [locale.setlocale(each) for each in CATEGORIES]
        self._decimal = decimal.getcontext().copy()
        self._collects, self._threshold = gc.isenabled(), gc.get_threshold()
        self._switch = sys.getswitchinterval()
        self._random = random.getstate()
        self._random_of_numpy = self._numpy().get_state() if self._numpy() is not None else None
        self._threads = set(threading.enumerate())

    def restore(self) -> None:
        """Put the state back."""
        if list(warnings.filters) != self._filters or warnings.showwarning is not self._show:
            warnings.resetwarnings()  # which also forgets what was decided by the filters before
            warnings.filters[:] = self._filters  # pyright: ignore[reportIndexIssue] - a list, whatever its type says
            warnings.showwarning = self._show
        sys.path[:] = self._path
        for category, value in zip(CATEGORIES, self._locale, strict=True):
            with contextlib.suppress(locale.Error):
                if locale.setlocale(category) != value:
                    locale.setlocale(category, value)
        decimal.setcontext(self._decimal.copy())
        (gc.enable if self._collects else gc.disable)()
        gc.set_threshold(*self._threshold)
        sys.setswitchinterval(self._switch)
        for forget in (sys.settrace, sys.setprofile, threading.settrace, threading.setprofile):
            forget(None)
        self._restore_random()

    @property
    def has_threads(self) -> bool:
        """Whether threads are left that a job has begun: they would go on in the next one."""
        left = (each for each in threading.enumerate() if each not in self._threads)
        return any(each.is_alive() and type(each).__name__ != DUMMY for each in left)

    def _restore_random(self) -> None:
        random.setstate(self._random)
        if (numpy := self._numpy()) is None:
            return
        if self._random_of_numpy is None:  # an earlier job was the first that used them
            numpy.seed()
        else:
            numpy.set_state(self._random_of_numpy)

    @staticmethod
    def _numpy() -> Any:
        """Return NumPy's random numbers, if they are imported: most algorithms need none."""
        return sys.modules.get("numpy.random")
