"""What the registry holds: the algorithms that are installed, and which distribution brought each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from algorithms.declaration import Algorithm
from algorithms.ports.inputs import InputPort
from algorithms.ports.outputs import Outputs


@dataclass(frozen=True, slots=True)
class Registered:
    """One algorithm with where it comes from.

    Parameters
    ----------
    algorithm : its declaration.
    distribution, version : the installed distribution that registers it.
    entry_point : name of the entry point in the group `imaging.algorithms`.
    schema : JSON Schema of its parameters.
    documentation : the function's docstring.
    heavy_imports : numeric packages that were imported merely to declare it; empty if it is declared as it should be.
    import_seconds : how long importing its plugin took in this process.
    inputs : the further inputs of its function, scopes filled in.
    outputs : what its function declares to return; None if only a job shows it.
    """

    algorithm: Algorithm
    distribution: str
    version: str
    entry_point: str
    schema: dict[str, Any]
    documentation: str
    heavy_imports: tuple[str, ...] = ()
    import_seconds: float = 0.0
    inputs: tuple[InputPort, ...] = ()
    outputs: Outputs | None = None

    @property
    def label(self) -> str:
        """Distribution and version, as results name them."""
        return f"{self.distribution} {self.version}"


class Registry(Mapping[str, Registered]):
    """The installed algorithms by name, in alphabetical order; it does not change."""

    __slots__ = ("_algorithms",)

    def __init__(self, algorithms: Iterable[Registered] = ()) -> None:
        by_name = {each.algorithm.name: each for each in algorithms}
        self._algorithms = MappingProxyType(dict(sorted(by_name.items())))

    def __getitem__(self, name: str) -> Registered:
        return self._algorithms[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._algorithms)

    def __len__(self) -> int:
        return len(self._algorithms)

    def __repr__(self) -> str:
        return f"Registry({', '.join(self)})"

    @property
    def distributions(self) -> dict[str, tuple[Registered, ...]]:
        """The algorithms of each distribution, by the distribution's name: one container image is built for each."""
        names = sorted({each.distribution for each in self.values()})
        return {name: tuple(each for each in self.values() if each.distribution == name) for name in names}
