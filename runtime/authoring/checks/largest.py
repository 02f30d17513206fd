"""Whether a declaration holds the largest input that it names, told from what smaller ones take."""

import math
from collections.abc import Iterator

from algorithms.registered import Registered
from runtime.authoring.profile import fit, measure, sizes
from runtime.authoring.proposal import needed_mib
from runtime.authoring.trials.attempts import Attempts

SIZES = 3  # that are measured: enough for a line, in a few seconds


def faults(registered: Registered, attempts: Attempts) -> Iterator[str]:
    """Yield what the largest input needs that is not declared; nothing if none is named."""
    algorithm = registered.algorithm
    largest, declared = algorithm.largest_input, algorithm.resources
    if largest is None:
        return
    try:
        found = fit(list(measure(algorithm, registered.schema, attempts, sizes(algorithm)[:SIZES])))
    except ValueError as error:
        yield str(error)
        return
    words, voxels = " x ".join(map(str, largest)), math.prod(largest)
    if (needed := needed_mib(found.peak_bytes(voxels))) > declared.memory_mib:
        yield f"an input of {words} needs about {needed} MiB, and memory_mib={declared.memory_mib} is declared"
    if (seconds := found.seconds(voxels)) > declared.timeout:
        yield f"an input of {words} takes about {seconds:.0f} s here, and timeout={declared.timeout:g} is declared"
