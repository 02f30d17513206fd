"""Whether a function seeds the generators of random numbers that the whole process shares."""

import hashlib
import random
from typing import Any, Final

SHARED: Final = ("np.random.seed", "random.seed")


def begin(call: int) -> dict[str, bytes]:
    """Give the shared generators another state for each call, and return the states."""
    import numpy as np

    np.random.seed(1000 + call)
    random.seed(1000 + call)
    return states()


def states() -> dict[str, bytes]:
    """Return a digest of the state of each shared generator, by the function that seeds it."""
    import numpy as np

    legacy: Any = np.random.get_state()
    found = (repr(legacy[2:]).encode() + legacy[1].tobytes(), repr(random.getstate()).encode())
    return {name: hashlib.blake2b(state).digest() for name, state in zip(SHARED, found, strict=True)}


def seeded(ends: list[dict[str, bytes]]) -> list[str]:
    """Return which were seeded, of the states after two or more calls that began with different ones."""
    return [name for name in SHARED if len(ends) > 1 and len({each[name] for each in ends}) == 1]
