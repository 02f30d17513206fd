"""Which heavy packages a plugin imported merely to be declared."""

import sys
from collections.abc import Iterable
from types import FunctionType, ModuleType
from typing import Final

# Packages that `imaging up`, a preview or the catalogue should not have to load.
HEAVY: Final = (
    "SimpleITK", "cv2", "itk", "jax", "matplotlib", "monai", "numpy", "pandas", "scipy", "skimage", "sklearn",
    "tensorflow", "torch",
)  # fmt: skip


def loaded() -> frozenset[str]:
    """Return the heavy packages that this process has loaded."""
    return frozenset(name for name in HEAVY if name in sys.modules)


def heavy_imports(before: frozenset[str], modules: Iterable[ModuleType | None]) -> tuple[str, ...]:
    """Return the heavy packages loaded since `before`, and those that the plugin's modules hold at their top level.

    The latter finds a package that was loaded already, so that another plugin's fault does not hide this one's.
    """
    names: set[str] = set()
    for module in modules:
        for value in list(vars(module).values()) if module is not None else ():
            if isinstance(value, ModuleType | FunctionType | type):
                # past __getattribute__: asking a lazily loaded module for its name would load it
                attribute = "__name__" if isinstance(value, ModuleType) else "__module__"
                names.add(str(object.__getattribute__(value, attribute)).partition(".")[0])
    return tuple(name for name in HEAVY if name in names or (name in sys.modules and name not in before))
