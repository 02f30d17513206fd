import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from algorithms.heavy import heavy_imports, loaded


def module(**attributes: object) -> ModuleType:
    made = ModuleType("plugin")
    vars(made).update(attributes)
    return made


def test_names_what_a_module_holds_at_its_top_level() -> None:
    import numpy as np
    import scipy.ndimage

    holding = module(np=np, filtered=scipy.ndimage.median_filter, other=sys, number=3)
    assert heavy_imports(loaded(), [holding, None]) == ("numpy", "scipy")
    assert heavy_imports(loaded(), [module(sys=sys)]) == ()


def test_names_what_was_loaded_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    before = loaded()
    monkeypatch.setitem(sys.modules, "torch", ModuleType("torch"))
    assert heavy_imports(before, []) == ("torch",)


def test_does_not_load_a_lazily_loaded_module(tmp_path: Path) -> None:
    (tmp_path / "lazy.py").write_text("raise RuntimeError('loaded')")
    spec = importlib.util.spec_from_file_location("lazy", tmp_path / "lazy.py")
    assert spec and spec.loader
    spec.loader = importlib.util.LazyLoader(spec.loader)
    lazy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(lazy)
    assert heavy_imports(loaded(), [module(lazy=lazy)]) == ()
    with pytest.raises(RuntimeError, match="loaded"):
        lazy.anything  # noqa: B018 - proves that it was still to be loaded
