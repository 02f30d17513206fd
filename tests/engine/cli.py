"""The Pulumi CLI: the one on PATH, or one built from its Go module."""

from pathlib import Path

from tests import go_tool

MODULE = "github.com/pulumi/pulumi"
# Most of what it is built of serves other clouds' backends: that is compiled as it stands, which takes a quarter less.
QUICK = ("-gcflags=all=-N -l", *(f"-gcflags={each}=" for each in ("std", f"{MODULE}/...", "google.golang.org/...")))


def pulumi() -> Path:
    """Return the CLI. Raises NoToolError."""
    # Without the version the Automation API refuses the CLI.
    flags = (*QUICK, "-ldflags", f"-s -w -X {MODULE}/sdk/v3/go/common/version.Version=v{{version}}")
    return go_tool.find("pulumi", f"{MODULE}/pkg/v3", f"{MODULE}/pkg/v3/cmd/pulumi", Path(__file__).parent, flags)
