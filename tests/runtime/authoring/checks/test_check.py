"""Every built-in algorithm keeps the rules, and each bad one is told its fault in one sentence."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from algorithms.registry import load_registry
from runtime.authoring.checks.check import RULES, Check, Finding
from runtime.authoring.checks.run import findings
from runtime.authoring.target import TargetError, find
from runtime.authoring.trials.trials import Trials
from tests.algorithms.conftest import GOOD, HEAD
from tests.runtime.authoring.checks.here import Here

BAD = Path(__file__).with_name("bad.py")
FAULTS = {
    "signed": ("types", "int8 pixels: it raised ValueError: math domain error (bad.py, line "),
    "unsigned": ("types", "uint8 pixels: it raised OverflowError: negative differences (bad.py, line "),
    "constant": ("values", "an image of one value: it raised ZeroDivisionError: float division by zero (bad.py, line "),
    "undefined": ("values", "values that are not a number (NaN): it raised ValueError: cannot convert float NaN"),
    "small": ("shapes", "an image of 1 x 1: it raised IndexError: "),
    "square": ("shapes", "an image that is not square: it raised ValueError: "),
    "even": ("shapes", "an image of odd sizes: it raised ValueError: cannot reshape"),
    "isotropic": ("shapes", "anisotropic spacing: it raised NotImplementedError: cubes alone"),
    "flat": ("shapes", "a volume: it raised ValueError: too many values to unpack"),
    "wide": ("ranges", "radius=90 (its upper end): it raised IndexError: "),
    "writing": ("keeps its input", "it changes image.pixels that it is given (an ordinary image): work on a copy"),
    "random": ("repeatable", "the same image and parameters gave two results: "),
    "silent": ("documented errors", "it raises UnsupportedInput for a colour image, which its docstring does not name"),
    "wordless": ("values", "a colour image: it raises UnsupportedInput without a sentence for the client"),
    "threaded": ("leaves nothing", "it leaves 1 thread(s) running (pool): end them before it returns"),
    "forking": ("leaves nothing", "process(es) running, which end with the job"),
    "moving": ("leaves nothing", "it changes the working directory for the next job in its process: set back what"),
    "littering": ("leaves nothing", "it writes /var/tmp/imaging-littered (bad.py, line "),
    "seeding": ("leaves nothing", "it seeds a generator that all code shares (np.random.seed): use np.random.default"),
    "calling": ("keeps offline", "it calls 192.0.2.1 (bad.py, line "),
    "alone": ("inputs", "input prior beside what is required: it raised ValueError: "),
    "apart": ("inputs", "input prior elsewhere in the patient: it raised ValueError: no overlap"),
    "hungry": ("largest input", "an input of 300 x 512 x 512 needs about "),
    "listing": ("computes", "an ordinary image: The algorithm returned a list, neither Image nor Result."),
    "crashing": ("computes", "an ordinary image: The algorithm's process ended with SIGSEGV."),
}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield
    sys.modules.pop("heavy_one", None)


def checked(name: str, rules: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
    registered = find(name)
    found: list[Finding] = list(Check(registered, Here(registered)).findings(rules))
    return {each.rule: each.faults for each in found if each.faults}


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_one_is_told_its_fault(name: str) -> None:
    rule, sentence = FAULTS[name]
    needed = {"documented errors": ["values"]}.get(rule, [])
    found = checked(f"{BAD}:{name}", [rule, *needed])
    assert set(found) == {rule}
    assert sentence in " ".join(found[rule])


def test_a_good_one_keeps_every_rule() -> None:
    assert checked(f"{BAD}:good") == {}


def test_nothing_more_is_looked_at_if_it_does_not_compute() -> None:
    assert list(checked(f"{BAD}:listing")) == ["computes"]


def test_what_its_import_loads_is_told(tmp_path: Path) -> None:
    (tmp_path / "heavy_one.py").write_text("import scipy.ndimage\n" + HEAD + GOOD.format(name="heavy"))
    found = checked(str(tmp_path / "heavy_one.py"), ["light import"])
    assert found["light import"] == ("declaring it imports scipy: import them inside the function",)


REACHING = """
import contextlib, socket, pathlib
with contextlib.suppress(OSError):
    socket.create_connection(("192.0.2.1", 80), timeout=0.01)
pathlib.Path(__file__).with_suffix(".txt").write_text("imported")

def careless():
    try:
        return 1
    except (ValueError, BaseException):
        return 2

def careful():
    try:
        return 1
    except BaseException:
        raise
"""


def test_what_its_module_does_beside_declaring_is_told(tmp_path: Path) -> None:
    file = tmp_path / "heavy_one.py"
    file.write_text(HEAD + REACHING + GOOD.format(name="reaching"))
    with Trials(str(file)) as trials:
        check = Check(find(str(file)), trials)
        written, called = check.light_import()
        (caught,) = check.lets_errors_pass()
    line = 1 + len(HEAD.splitlines())
    assert written.startswith(f"importing it writes {file.with_suffix('.txt')} (heavy_one.py, line {line + 4}): ")
    assert called.startswith(f"importing it calls 192.0.2.1 (heavy_one.py, line {line + 3}): a deployment imports it")
    assert caught.startswith(f"it catches every error (heavy_one.py, line {line + 9}), also that memory ran out")


def test_a_broken_declaration_is_told(tmp_path: Path) -> None:
    source = HEAD + GOOD.format(name="broken").replace("run=run", "run=run, resources=Resources(memory_mib=1000)")
    (tmp_path / "heavy_one.py").write_text(source)
    with pytest.raises(TargetError, match="memory_mib=1000 is not offered by Fargate with 1 vCPU"):
        find(str(tmp_path / "heavy_one.py"))


@pytest.mark.parametrize("name", load_registry())
def test_every_built_in_keeps_every_rule(name: str) -> None:
    assert {each.rule: each.faults for each in findings(name)} == dict.fromkeys(RULES, ())


def test_further_inputs_of_every_kind_are_handed_over() -> None:
    assert checked(str(BAD.parents[1] / "paired_plugin.py")) == {}
