"""What `imaging queues` says: each queue's messages, dead letters included."""

from clients.cli.commands import queues
from runtime.operation.queues import Queue, depths
from runtime.operation.system import System


def test_each_queue_has_its_messages(stack: System) -> None:
    assert depths(stack) == [
        Queue("busy", "requests", 2, 1),
        Queue("busy", "overflow", 3, 0),
        Queue("busy", "dead letters", 1, 0),
        Queue("idle", "requests", 0, 0),
        Queue("idle", "dead letters", 0, 0),
    ]


def test_the_table_has_a_line_for_each_queue() -> None:
    assert queues.text([Queue("a", "dead letters", 10, 1)]).splitlines() == [
        "algorithm  queue         waiting  in flight",
        "a          dead letters       10          1",
    ]
