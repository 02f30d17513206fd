"""The registry refuses every broken plugin, and says whose it is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from algorithms.registry import RegistryError, load_registry
from tests.algorithms.conftest import GOOD, HEAD, Install

BUILTINS = {"curvature_flow", "gaussian", "median"}
DECLARE = HEAD + "@hookimpl\ndef register_algorithms():\n    return Algorithm(name='broken', summary='s', {})\n"
RETURN = HEAD + "@hookimpl\ndef register_algorithms():\n    {}\n"

BROKEN = {
    "import error": ("import no_such_package", "No module named 'no_such_package'"),
    "exits at import": ("raise SystemExit(3)", "SystemExit: 3"),
    "syntax error": ("def f(:", "SyntaxError"),
    "returns text": (RETURN.format("return 'gaussian'"), "'gaussian', which is neither an Algorithm nor several"),
    "returns mapping": (RETURN.format("return {'name': 'broken'}"), "neither an Algorithm nor several"),
    "returns number": (RETURN.format("return 3"), "neither an Algorithm nor several"),
    "returns nothing": (RETURN.format("return None"), "returned no Algorithm"),
    "returns none of several": (RETURN.format("return []"), "returned no Algorithm"),
    "returns list of text": (RETURN.format("return ['broken']"), "'broken', which is not an Algorithm"),
    "raises": (RETURN.format("raise OSError('no disk')"), "OSError: no disk (broken.py, line 9)"),
    "generator raises": (RETURN.format("yield 1 / 0"), "ZeroDivisionError"),
    "bad name": (DECLARE.replace("'broken'", "'Broken!'").format("run=run"), "'Broken!'"),
    "other name than entry point": (DECLARE.replace("'broken'", "'other'").format("run=run"), "'other'"),
    "misspelt hook": (HEAD + "@hookimpl\ndef register_algorithm():\n    return []\n", "register_algorithm'"),
    "hook with arguments": (HEAD + "@hookimpl\ndef register_algorithms(registry):\n    return []\n", "registry"),
    "no hook": (HEAD, "it implements no hook"),
    "hook not marked": (HEAD + "def register_algorithms():\n    return []\n", "it implements no hook"),
    "lambda": (DECLARE.format("run=lambda image: image"), "lambda"),
    "not a function": (DECLARE.format("run='run'"), "run is the text 'run'"),
    "untyped parameter": (
        DECLARE.replace("sigma: float = 1.0", "sigma=1.0").format("run=run"),
        "parameter `sigma` has no type",
    ),
    "no JSON form": (DECLARE.replace("sigma: float = 1.0", "table: dict").format("run=run"), "dict has no JSON form"),
    "an input without its meaning": (
        DECLARE.replace("sigma: float = 1.0", "mask: Image").format("run=run"),
        "input `mask`: say what it is for",
    ),
    "default out of range": (
        DECLARE.replace("sigma: float", "sigma: Annotated[float, Parameter('s', ge=2)]").format("run=run"),
        "its default 1.0 is refused",
    ),
    "first parameter": (DECLARE.replace("image: Image", "picture: Image").format("run=run"), "is not `image`"),
    "no Fargate pair": (
        DECLARE.format("run=run, resources=Resources(vcpu=1, memory_mib=1024)"),
        "memory_mib=1024 is not offered by Fargate with 1 vCPU",
    ),
    "timeout": (DECLARE.format("run=run, resources=Resources(timeout=43200)"), "timeout=43200 s is above 41400 s"),
    "no summary": (DECLARE.replace("summary='s'", "summary=' '").format("run=run"), "summary is empty"),
    "scopes": (DECLARE.format("run=run, scopes=('volume',)"), "'volume' is not a scope"),
}


def problems() -> list[str]:
    with pytest.raises(RegistryError) as caught:
        load_registry()
    assert all(str(problem) in str(caught.value) for problem in caught.value.faults)
    return [str(problem) for problem in caught.value.faults]


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_plugin_stops_everything_and_is_named(case: str, install: Install) -> None:
    source, reason = BROKEN[case]
    install("broken", source, distribution="broken-dist", version="4.5.6")
    found = problems()
    assert len(found) == 1
    assert found[0].startswith("entry point 'broken' of broken-dist 4.5.6: ")
    assert reason in found[0]


def test_all_broken_plugins_are_reported_at_once(install: Install) -> None:
    install("broken_a", "import no_such_package")
    install("fine", HEAD + GOOD.format(name="fine"))
    install("broken_b", HEAD, version="7")
    first, second = problems()
    assert first.startswith("entry point 'broken_a' of broken_a-dist 1.2.3: ")
    assert second.startswith("entry point 'broken_b' of broken_b-dist 7: ")


def test_every_declaration_of_a_plugin_is_checked(install: Install) -> None:
    two = "return [Algorithm(name='A', summary='s', run=run), Algorithm(name='B', summary='s', run=run)]"
    install("several", RETURN.format(two))
    assert ["'A'" in problems()[0], "'B'" in problems()[1]] == [True, True]


@pytest.mark.parametrize("name", ["gaussian", "curvature-flow"])
def test_a_name_belongs_to_one_distribution(name: str, install: Install) -> None:
    install("other", HEAD + GOOD.format(name=name), entry_points=f"{name} = other")
    (problem,) = problems()
    both = [f"entry point '{name}' of other-dist 1.2.3", "of imaging-services 0.1.0"]
    assert all(each in problem for each in both), problem
    assert "already registered" in problem


def test_unreadable_entry_points_are_named(install: Install) -> None:
    install("broken", HEAD, distribution="broken-dist", entry_points="no equals sign")
    (problem,) = problems()
    assert "broken-dist 1.2.3: entry_points.txt cannot be read" in problem


def test_an_entry_point_to_nothing_is_named(install: Install) -> None:
    install("broken", HEAD, entry_points="broken = no_such_module\nworse = not a module")
    first, second = problems()
    assert "entry point 'broken' of broken-dist 1.2.3: importing no_such_module failed" in first
    assert "entry point 'worse' of broken-dist 1.2.3: importing not a module failed: write `module`" in second


def test_what_is_installed_is_registered_and_nothing_else(install: Install) -> None:
    assert set(load_registry()) == BUILTINS
    install("fine", HEAD + GOOD.format(name="fine"), distribution="fine-dist", version="2.0")
    registry = load_registry()
    assert list(registry) == sorted(BUILTINS | {"fine"})
    fine = registry["fine"]
    assert (fine.distribution, fine.version, fine.entry_point, fine.label) == (
        "fine-dist",
        "2.0",
        "fine",
        "fine-dist 2.0",
    )
    assert fine.schema["properties"]["sigma"] == {"title": "Sigma", "type": "number", "default": 1.0}
    assert fine.heavy_imports == ()


def test_one_plugin_may_bring_several_algorithms(install: Install) -> None:
    each = "(Algorithm(name=f'several-{n}', summary='s', run=run, scopes=('study',)) for n in range(3))"
    install("several", RETURN.format(f"return {each}"))
    registry = load_registry()
    assert {"several-0", "several-1", "several-2"} < set(registry)
    assert [each.algorithm.name for each in registry.distributions["several-dist"]] == [
        f"several-{n}" for n in range(3)
    ]


def test_a_heavy_plugin_works_and_is_told(install: Install, tmp_path: Path) -> None:
    install("heavy", "import scipy.ndimage\n" + HEAD + GOOD.format(name="heavy"))
    install("indirect", "import indirect_helper\n" + HEAD + GOOD.format(name="indirect"))
    (tmp_path / "indirect_helper.py").write_text("import cv2")
    install("zlight", HEAD + GOOD.format(name="zlight"))
    program = """if True:
        import json
        from algorithms.registry import load_registry

        registry = load_registry()
        print(json.dumps({name: registry[name].heavy_imports for name in ("heavy", "indirect", "zlight")}))
        assert registry["heavy"].import_seconds > registry["zlight"].import_seconds
    """
    run = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout) == {"heavy": ["numpy", "scipy"], "indirect": ["cv2"], "zlight": []}


def test_a_heavy_plugin_is_told_also_where_its_packages_were_there_before(install: Install) -> None:
    import scipy.ndimage

    assert scipy.ndimage
    install("heavy", "import scipy.ndimage\n" + HEAD + GOOD.format(name="heavy"))
    assert load_registry()["heavy"].heavy_imports == ("scipy",)
