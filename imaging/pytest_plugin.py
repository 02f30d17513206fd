"""Each rule of `imaging check` as a test of its own: `pytest -p imaging.pytest_plugin`.

`imaging_algorithms` in the configuration of pytest names the algorithms, or `--imaging-check NAME` on the command line.
The former are left out if the command line names files.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from runtime.authoring.checks.check import Finding


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the key of the configuration."""
    parser.addini("imaging_algorithms", "algorithms whose behaviour is checked", type="linelist", default=[])
    parser.addoption("--imaging-check", action="append", default=[], metavar="NAME", help="check an algorithm, too")


@pytest.hookimpl(tryfirst=True)  # before others deselect
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add a test for each rule of each algorithm."""
    from runtime.authoring.checks.check import RULES

    names: list[str] = [*(config.getoption("--imaging-check") or [])]
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        names += [_from_the_root(name, config.rootpath) for name in config.getini("imaging_algorithms")]
    for name in names:
        algorithm = Findings(name)
        made = cast("Any", Rule).from_parent  # whose arguments pytest does not type
        items += [made(session, name=f"{name}: {rule}", rule=rule, algorithm=algorithm) for rule in RULES]


def _from_the_root(name: str, root: Path) -> str:
    """Return a name whose file, if it is one, is found from wherever pytest was started."""
    return str(root / name) if (root / name.partition(":")[0]).is_file() else name


class Findings:
    """The findings of one algorithm, which is checked when the first of them is asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._found: dict[str, Finding] | None = None

    def of(self, rule: str) -> "Finding | None":
        """Return what a rule found, None if it was not looked at. Raises TargetError."""
        if self._found is None:
            from runtime.authoring.checks.run import findings

            self._found = {each.rule: each for each in findings(self.name)}
        return self._found.get(rule)


class BrokenRuleError(Exception):
    """A rule that an algorithm breaks."""


class Rule(pytest.Item):
    """One rule for one algorithm."""

    def __init__(self, *, rule: str, algorithm: Findings, **named: Any) -> None:
        super().__init__(**named)  # pyright: ignore[reportUnknownMemberType]
        self.rule = rule
        self.algorithm = algorithm

    def runtest(self) -> None:
        """Fail with the rule's sentences."""
        found = self.algorithm.of(self.rule)
        if found is None:
            pytest.skip("it does not compute")
        if found.faults:
            raise BrokenRuleError("\n".join(found.faults))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the sentences alone."""
        return (
            str(excinfo.value) if isinstance(excinfo.value, BrokenRuleError) else super().repr_failure(excinfo, style)
        )

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """Return where it is said to be."""
        return self.path, None, f"imaging check {self.name}"
