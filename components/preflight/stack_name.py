"""Checks the names of project and stack, of which the names of queues and dashboards are made."""

import re

from components.parts.names import client_queue_prefix

QUEUE_NAME = 80
# What follows the prefix in the name of a client queue: the client's id and the ending of FIFO queues.
CLIENT_SUFFIX = 16 + len(".fifo")


def faults(project: str, stack: str) -> list[str]:
    """Return what SQS and CloudWatch would refuse in names that are made of the project's and the stack's name."""
    wrong = [
        f"The {what} is called {name!r}, and SQS and CloudWatch take letters, digits, - and _ in the names of queues "
        f"and dashboards: call it {re.sub(r'[^A-Za-z0-9_-]', '-', name)} ({how})."
        for what, name, how in (
            ("project", project, "name in Pulumi.yaml"),
            ("stack", stack, "`pulumi stack rename`"),
        )
        if re.search(r"[^A-Za-z0-9_-]", name)
    ]
    prefix = client_queue_prefix()
    longest = len(prefix) + CLIENT_SUFFIX
    if longest > QUEUE_NAME:
        wrong.append(
            f"The stack is called {stack!r}, so client queues would be called {prefix}... with {longest} characters "
            f"in all, and SQS takes {QUEUE_NAME}: give the stack a name that is {longest - QUEUE_NAME} characters "
            "shorter (`pulumi stack rename`)."
        )
    return wrong
