"""Modules of generated SDKs are imported without their annotations, and Pulumi still finds the same types."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pulumi._types import input_type_types

from runtime.local.program.unevaluated import Unevaluated, compiled

MODULE = """
import builtins as _builtins
import pulumi
from typing import NotRequired, Optional, Sequence, TypedDict

class RuleArgsDict(TypedDict):
    names: NotRequired[pulumi.Input[Sequence[pulumi.Input[_builtins.str]]]]

@pulumi.input_type
class RuleArgs:
    def __init__(__self__, *, names: pulumi.Input[Sequence[pulumi.Input[_builtins.str]]]):
        pulumi.set(__self__, "names", names)

    @_builtins.property
    @pulumi.getter(name="allNames")
    def names(self) -> pulumi.Input[Optional[Sequence[pulumi.Input[_builtins.str]]]]:
        return pulumi.get(self, "names")

    @names.setter
    def names(self, value: pulumi.Input[Optional[Sequence[pulumi.Input[_builtins.str]]]]):
        pulumi.set(self, "names", value)
"""


def module(name: str, code: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    made = ModuleType(name)
    monkeypatch.setitem(sys.modules, name, made)
    exec(code, vars(made))
    return made


def test_pulumi_finds_the_same_types(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = module("usual_sdk", compile(MODULE, "usual", "exec"), monkeypatch)
    ours = module("our_sdk", compiled(MODULE.encode(), Path("ours")), monkeypatch)
    assert isinstance(ours.RuleArgs.__init__.__annotations__["names"], str)
    assert not ours.RuleArgsDict.__annotations__
    assert input_type_types(ours.RuleArgs) == input_type_types(usual.RuleArgs) != {}
    assert ours.RuleArgs(names=["a"]).names == ["a"]


def test_the_code_is_kept_and_belongs_to_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    source = tmp_path / "rules.py"
    source.write_text(MODULE)
    loader = Unevaluated("pulumi_aws.rules", str(source))
    first = loader.get_code("pulumi_aws.rules")
    (kept,) = (tmp_path / "__pycache__").iterdir()
    assert loader.get_code("pulumi_aws.rules") == first
    kept.write_bytes(b"broken")
    assert loader.get_code("pulumi_aws.rules") == first
    source.write_text("OTHER = 1\n")
    found = loader.get_code("pulumi_aws.rules")
    assert found is not None and "OTHER" in found.co_names


def test_where_nothing_is_kept_the_module_is_the_usual_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    source = tmp_path / "rules.py"
    source.write_text(MODULE)
    code = Unevaluated("pulumi_aws.rules", str(source)).get_code("pulumi_aws.rules")
    made = module("rules", code, monkeypatch)
    assert not isinstance(made.RuleArgs.__init__.__annotations__["names"], str)
    assert not (tmp_path / "__pycache__").exists()
