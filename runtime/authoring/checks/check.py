"""Whether an algorithm does what every algorithm must: one sentence for each fault."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from algorithms.registered import Registered
from runtime.authoring.checks import images, largest, leftovers, values
from runtime.authoring.checks.case import Case, request
from runtime.authoring.checks.catches import catching_all
from runtime.authoring.checks.fault import fault_of
from runtime.authoring.checks.further import unusual_inputs
from runtime.authoring.trials.attempts import WatchedImport
from runtime.authoring.trials.trial import Trial


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found: its faults, a sentence each, none if the algorithm keeps it."""

    rule: str
    faults: tuple[str, ...]


class Check:
    """The rules for one algorithm, in the order in which they are looked at."""

    def __init__(self, registered: Registered, attempts: WatchedImport) -> None:
        self._algorithm = registered.algorithm
        self._registered = registered
        self._attempts = attempts
        self._trials: list[tuple[str, Trial]] = []  # with the words for what was given
        self._parameters: dict[str, Any] = {}

    def findings(self, rules: Sequence[str] | None = None) -> Iterator[Finding]:
        """Look at all rules, or at those that are named; nothing after "computes" is looked at if that one fails."""
        for name, rule in RULES.items():
            if rules is None or name in rules or name == "computes":
                faults = tuple(rule(self))
                yield Finding(name, faults)
                if faults and name == "computes":
                    return

    def light_import(self) -> Iterator[str]:
        """Yield what its import loads."""
        if heavy := self._attempts.heavy_imports():
            yield f"declaring it imports {', '.join(heavy)}: import them inside the function"
        yield from leftovers.of_import(self._attempts.import_reach())

    def computes(self) -> Iterator[str]:
        """Yield why it does not compute an ordinary image with its defaults."""
        try:
            self._parameters = values.fitting(self._algorithm.run, self._registered.schema)
        except ValueError as error:
            yield str(error)
            return
        yield from self._faults([Case("an ordinary image", images.ordinary(self._algorithm))], times=2)

    def takes_types(self) -> Iterator[str]:
        """Yield the types that it fails with."""
        yield from self._faults(Case(words, image) for words, image in images.types(self._algorithm))

    def takes_values(self) -> Iterator[str]:
        """Yield the unusual values that it fails with."""
        yield from self._faults(Case(words, image) for words, image in images.contents(self._algorithm))

    def takes_shapes(self) -> Iterator[str]:
        """Yield the shapes and spacings that it fails with."""
        yield from self._faults(Case(words, image) for words, image in images.shapes(self._algorithm))

    def takes_ranges(self) -> Iterator[str]:
        """Yield the ends of ranges that it fails with."""
        image = images.ordinary(self._algorithm)
        extremes = values.extremes(self._algorithm.run, self._registered.schema)
        yield from self._faults(
            Case(f"{name}={value!r} ({words})", image, {name: value}) for name, words, value in extremes
        )

    def takes_inputs(self) -> Iterator[str]:
        """Yield the further inputs that it fails with: optional ones absent and present, and unusual ones."""
        image = images.ordinary(self._algorithm)
        yield from self._faults(
            Case(words, image, inputs=inputs) for words, inputs in unusual_inputs(self._algorithm.run, image)
        )

    def keeps_its_input(self) -> Iterator[str]:
        """Yield what it changes of the image that it is given."""
        for what, changed in (("pixels", "wrote_pixels"), ("source", "wrote_source")):
            if given := [words for words, trial in self._trials if getattr(trial.seen, changed)]:
                yield f"it changes image.{what} that it is given ({given[0]}): work on a copy"

    def is_repeatable(self) -> Iterator[str]:
        """Yield whether the same input gave another result."""
        if any(len(set(trial.seen.digests)) > 1 for _, trial in self._trials):
            yield (
                "the same image and parameters gave two results: seed what is random (np.random.default_rng(0)), and "
                "keep no state between calls"
            )

    def documents_errors(self) -> Iterator[str]:
        """Yield the refusal that its docstring does not name."""
        refused = [words for words, trial in self._trials if trial.seen.raised == "UnsupportedInput"]
        if refused and "UnsupportedInput" not in self._registered.documentation:
            yield f"it raises UnsupportedInput for {refused[0]}, which its docstring does not name under Raises"

    def lets_errors_pass(self) -> Iterator[str]:
        """Yield where it catches errors that are not its own."""
        for place in catching_all(self._algorithm.run):
            yield f"it catches every error ({place}), also that memory ran out: catch Exception, or what you expect"

    def keeps_offline(self) -> Iterator[str]:
        """Yield the machines that it calls."""
        yield from leftovers.calls([trial.seen for _, trial in self._trials])

    def leaves_nothing(self) -> Iterator[str]:
        """Yield the threads and processes that it leaves, and what else the next job would find changed."""
        yield from leftovers.faults([trial.seen for _, trial in self._trials])

    def holds_its_largest_input(self) -> Iterator[str]:
        """Yield what its largest input would need that it does not declare, from what smaller ones take."""
        yield from largest.faults(self._registered, self._attempts)

    def _faults(self, cases: Iterable[Case], times: int = 1) -> Iterator[str]:
        """Compute cases and yield a sentence for each that is neither a result nor refused as it should be."""
        listed = list(cases)
        with TemporaryDirectory(prefix="imaging-check-") as folder:
            requests = [request(self._algorithm, case, self._parameters, Path(folder), times) for case in listed]
            trials = self._attempts.attempt_all(requests)
        for case, trial in zip(listed, trials, strict=True):
            self._trials.append((case.words, trial))
            if fault := fault_of(trial):
                yield f"{case.words}: {fault}"


RULES: Final[dict[str, Callable[[Check], Iterator[str]]]] = {
    "light import": Check.light_import,
    "computes": Check.computes,
    "types": Check.takes_types,
    "values": Check.takes_values,
    "shapes": Check.takes_shapes,
    "ranges": Check.takes_ranges,
    "inputs": Check.takes_inputs,
    "keeps its input": Check.keeps_its_input,
    "repeatable": Check.is_repeatable,
    "documented errors": Check.documents_errors,
    "lets errors pass": Check.lets_errors_pass,
    "keeps offline": Check.keeps_offline,
    "leaves nothing": Check.leaves_nothing,
    "largest input": Check.holds_its_largest_input,
}
