"""Imports of Pulumi's AWS SDK only what the program names.

`pulumi_aws` has a package for each service, and each imports every resource of its service: of EC2 188 modules, whose
annotations are evaluated one by one, for the dozen that a stack has. Here a service's package imports a module when a
name of it is asked for. A package that consists of anything but such imports is left as it is.
"""

import re
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from runtime.local.program.unevaluated import lazily

PACKAGES: Final = frozenset({"pulumi_aws", "pulumi_awsx", "pulumi_docker_build"})  # generated SDKs
SERVICE: Final = re.compile(r"pulumi_aws\.[a-z0-9_]+")
IMPORT: Final = re.compile(r"from \.([a-z0-9_]+) import \*")
OTHER_LINES: Final = re.compile(
    r"|#.*|import (builtins as _builtins|typing)|from \.\. import _utilities|from \. import outputs"
)
PARTS_OF_A_NAME: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
FIRST: Final = ("_inputs", "_enums")  # what no resource's own module has is here, with rare exceptions


def import_what_is_named() -> None:
    """Do so from now on in this process."""
    sys.meta_path.insert(0, _Services())


class _Services(MetaPathFinder):
    """Finds the packages of services, and all modules of generated SDKs."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in PACKAGES:
            return None
        spec = lazily(PathFinder.find_spec(fullname, path, target))
        if not SERVICE.fullmatch(fullname):
            return spec
        if spec is None or spec.origin is None or spec.submodule_search_locations is None:
            return spec
        if (modules := listed(Path(spec.origin).read_text(encoding="utf-8"))) is not None:
            spec.loader = _Named(modules)
        return spec


def listed(source: str) -> list[str] | None:
    """Return the modules whose names a package has, in order; None if it has more than these imports."""
    modules: list[str] = []
    for line in source.splitlines():
        if found := IMPORT.fullmatch(line):
            modules.append(found[1])
        elif not OTHER_LINES.fullmatch(line):
            return None
    return modules


class _Named(Loader):
    """Loads a package without its modules."""

    def __init__(self, modules: list[str]) -> None:
        self._modules = modules

    def exec_module(self, module: ModuleType) -> None:
        def named(name: str) -> Any:
            for each in self._order(name):
                found = vars(import_module(f"{module.__name__}.{each}"))
                for taken in {each, name} & found.keys():  # a function's module has its name, too
                    setattr(module, taken, found[taken])
                if name in found:
                    return found[name]
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

        vars(module)["__getattr__"] = named

    def _order(self, name: str) -> list[str]:
        """Return the modules in the order in which to look for a name; none for that of a module itself."""
        if name == "outputs" or name.startswith("_"):
            return []
        own = PARTS_OF_A_NAME.sub("_", name.removesuffix("_output").removesuffix("Args")).lower()
        first = [each for each in (own, *FIRST) if each in self._modules]
        return [*first, *(each for each in self._modules if each not in first)]
