"""The emulator forgets what is older than five minutes, and only that."""

import time

from runtime.local.server import forget_expired


def test_only_what_has_expired_is_forgotten() -> None:
    now = time.time()
    owner = {"dedup_cache": {name: {"expire": now + seconds} for name, seconds in (("a", -2), ("b", -1), ("c", 60))}}
    remembered = owner["dedup_cache"]
    forget_expired(owner)
    assert owner["dedup_cache"] is remembered and list(remembered) == ["c"]
    forget_expired(owner)
    assert list(remembered) == ["c"]


def test_a_topic_without_messages_remembers_nothing() -> None:
    owner: dict[str, object] = {}
    forget_expired(owner)
    assert owner == {"dedup_cache": {}}
