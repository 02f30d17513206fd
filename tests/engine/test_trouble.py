"""What goes wrong in a deployment, on the real engine: it converges afterwards, or refuses and says why."""

from collections.abc import Callable

from tests.engine.stack import Stack


def test_a_deployment_that_failed_in_the_middle_converges(new_stack: Callable[..., Stack]) -> None:
    stack = new_stack(protectQueues=True)
    broken = stack.run("up", {"IMAGING_REFUSE": "aws:dynamodb/tableItem:TableItem"})
    assert "creating aws:dynamodb/tableItem:TableItem is refused" in broken.error
    assert broken.urns("create")
    mended = stack.run("up")
    assert not mended.error
    assert {urn.split("::")[2].rsplit("$", 1)[-1] for urn in mended.urns("create")} >= {
        "aws:dynamodb/tableItem:TableItem"
    }
    again = stack.run("preview")
    assert again.changes == {}
    refused = stack.run("destroy")
    assert "protect" in refused.error
