"""Where the clients' results topics are: their ARNs follow from one prefix and the number of the shard.

Plain Python: the Lambda bundle carries this file. An environment of 900 ARNs would have 70 KB; a function takes 4 KB.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# An account has 1,000 SNS FIFO topics at first, of which each distribution needs one.
MOST: Final = 900
# An earlier release left the names of its topics to the provider, and had at most so many.
EARLIER: Final = 24
PREFIX: Final = "RESULTS_TOPIC_PREFIX"
COUNT: Final = "RESULT_SHARDS"
NAMED: Final = "RESULTS_TOPIC_ARNS"
_END: Final = ".fifo"


@dataclass(frozen=True, slots=True)
class ShardTopics:
    """The clients' results topics of a stack, by the numbers of the shards.

    `named` are the ARNs of the first ones as an earlier release called them, if there are any; the others begin with
    `prefix`. `count` is the number of shards that take clients.
    """

    count: int
    prefix: str = ""
    named: tuple[str, ...] = ()

    def arn(self, number: int) -> str:
        """Return the ARN of a shard's topic, also beyond `count`: there may still be one. Empty if none is known."""
        if number < len(self.named):
            return self.named[number]
        return f"{self.prefix}{suffix(number)}" if self.prefix else ""

    def is_removed(self, number: int) -> bool:
        """Whether the stack has no such shard any more, so that its topic may be missing."""
        return number >= self.count


def suffix(number: int) -> str:
    """Return what follows the prefix: always three digits, so that `pattern` fits no other name."""
    return f"{number:03d}{_END}"


def pattern(prefix: str) -> str:
    """Return what fits every topic with this prefix in a policy; in ARNs `?` stands for one character."""
    return f"{prefix}???{_END}"


def named(arns: Sequence[str], prefix: str) -> list[str]:
    """Return the first of these ARNs, up to the last that does not follow from the prefix."""
    last = [number for number, arn in enumerate(arns) if arn != f"{prefix}{suffix(number)}"]
    return list(arns[: last[-1] + 1]) if last else []


def read(environment: Mapping[str, str]) -> ShardTopics:
    """Return the topics that an environment describes, also one of an earlier release, which lists them.

    Raises a ValueError if it describes none.
    """
    arns = _listed(environment.get(NAMED) or "[]")
    prefix, count = environment.get(PREFIX, ""), environment.get(COUNT, str(len(arns)))
    if not (prefix or arns) or not count.isdecimal() or not int(count):
        raise ValueError(f"{PREFIX} and {COUNT} name no topic, and {NAMED} lists none")
    return ShardTopics(int(count), prefix, arns)


def _listed(text: str) -> tuple[str, ...]:
    try:
        listed: object = json.loads(text)
    except json.JSONDecodeError:
        listed = None
    arns: list[object] = list(listed) if isinstance(listed, list) else [None]  # pyright: ignore[reportUnknownArgumentType]
    if not all(isinstance(each, str) for each in arns):
        raise ValueError(f"{NAMED} is not a JSON list of ARNs")
    return tuple(map(str, arns))
