"""The Pulumi CLI: the one on PATH, or one built from its Go module."""

from pathlib import Path

from tests import go_tool

MODULE = "github.com/pulumi/pulumi"
HERE = Path(__file__).parent
# A third of the time to build it went into other clouds' backends and secrets providers: stubs stand for them. The
# libraries around the engine are compiled as they stand, which takes less time, too.
QUICK = ("-gcflags=all=-N -l", *(f"-gcflags={each}=" for each in ("std", f"{MODULE}/...", "google.golang.org/...")))


def pulumi() -> Path:
    """Return the CLI. Raises NoToolError."""
    # Without the version the Automation API refuses the CLI.
    flags = (*QUICK, "-ldflags", f"-s -w -X {MODULE}/sdk/v3/go/common/version.Version=v{{version}}")
    module, package = f"{MODULE}/pkg/v3", f"{MODULE}/pkg/v3/cmd/pulumi"
    return go_tool.find("pulumi", module, package, HERE, flags=flags, stubs=HERE / "stubs")
