"""The registry: every installed algorithm, or an error that names everything that is wrong."""

from collections.abc import Iterable
from importlib.metadata import distributions, entry_points
from typing import Final

from algorithms.errors import PluginFault, RegistryError
from algorithms.plugin import identity, load_plugin
from algorithms.registered import Registered, Registry

__all__ = ["GROUP", "Registered", "Registry", "RegistryError", "load_registry"]

GROUP: Final = "imaging.algorithms"


def load_registry() -> Registry:
    """Load every installed plugin.

    Raises
    ------
    RegistryError : if any plugin is broken, with all faults of all plugins.
    """
    registered: list[Registered] = []
    try:
        installed = entry_points(group=GROUP)
    except Exception as error:
        raise RegistryError(_unreadable()) from error
    faults: list[PluginFault] = []
    for entry_point in sorted(installed, key=lambda each: (each.name, *identity(each.dist))):
        algorithms, plugin_faults = load_plugin(entry_point)
        registered += algorithms
        faults += plugin_faults
    faults += _duplicates(registered)
    if faults:
        raise RegistryError(faults)
    return Registry(registered)


def _unreadable() -> list[PluginFault]:
    """Find the distributions whose entry points cannot be read; the standard library stops without naming them."""
    faults: list[PluginFault] = []
    for distribution in distributions():
        try:
            distribution.entry_points.select(group=GROUP)
        except Exception as error:
            faults.append(PluginFault("unknown", *identity(distribution), f"entry_points.txt cannot be read: {error}"))
    return faults


def _duplicates(registered: Iterable[Registered]) -> list[PluginFault]:
    first: dict[str, Registered] = {}
    faults: list[PluginFault] = []
    for each in registered:
        # a-b and a_b would be one environment variable, and nearly one address
        other = first.setdefault(each.algorithm.name.replace("-", "_"), each)
        if other is not each:
            message = (
                f"algorithm '{each.algorithm.name}' is already registered"
                f"{'' if other.algorithm.name == each.algorithm.name else f' as {other.algorithm.name!r}'}"
                f" by entry point '{other.entry_point}' of {other.label}"
            )
            faults.append(PluginFault(each.entry_point, each.distribution, each.version, message))
    return faults
