"""A command ends in order however it is told to, and goes on with nohup."""

import os
import signal

import pytest

from clients.cli.terminal.signals import SIGNALS, Stopped, stoppable


@pytest.mark.parametrize("number", SIGNALS)
def test_the_first_signal_stops_and_the_second_does_not_interrupt(number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_DFL)  # also if the tests were started with nohup
    cleaned = False
    try:
        with pytest.raises(Stopped), stoppable():
            try:
                os.kill(os.getpid(), number)
                signal.pause()
            finally:
                os.kill(os.getpid(), number)
                cleaned = True
        assert cleaned and signal.getsignal(number) is signal.SIG_DFL
    finally:
        signal.signal(number, before)


def test_a_closed_terminal_ends_nothing_that_was_started_with_nohup() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stoppable():
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
