"""`imaging profile`: seconds and memory of an algorithm against size, the task that holds it, and what it costs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from clients.cli.commands.trial import tell_preparation
from clients.cli.terminal.exit_codes import refuse
from runtime.operation import prices

if TYPE_CHECKING:
    from runtime.authoring.profile import Point, Shape

JOBS = 1000


def _shape(context: click.Context, parameter: click.Parameter, value: str | None) -> "Shape | None":
    if value is None:
        return None
    parts = value.split("x")
    if len(parts) != 3 or not all(part.isdigit() and int(part) for part in parts):
        raise click.BadParameter(f"{value!r} is not planes x rows x columns, such as 300x512x512")
    return int(parts[0]), int(parts[1]), int(parts[2])


@click.command()
@click.argument("name")
@click.option(
    "--size", callback=_shape, help="The largest input, such as 300x512x512; by default what NAME declares as such."
)
def profile(name: str, size: "Shape | None") -> None:
    """Measure NAME on series of growing sizes, and print what to declare and what jobs cost.

    NAME is an installed algorithm, module:object, or path/to/file.py. It computes with its defaults.
    """
    from runtime.authoring import proposal
    from runtime.authoring.profile import fit, measure, sizes
    from runtime.authoring.target import TargetError, find
    from runtime.authoring.trials.trials import Trials

    try:
        with Trials(name) as trials:
            registered = find(name)
            algorithm = registered.algorithm
            points: list[Point] = []
            tell_preparation(trials.preparation())
            click.echo("planes x rows x columns   seconds      MiB")
            for point in measure(algorithm, registered.schema, trials, sizes(algorithm)):
                points.append(point)
                click.echo(_row(point))
        found = fit(points)
        largest = size or algorithm.largest_input or points[-1].shape
        voxels = largest[0] * largest[1] * largest[2]
        seconds, peak = found.seconds(voxels), found.peak_bytes(voxels)
        line = proposal.line(algorithm.resources, seconds, peak)
    except TargetError as error:
        refuse(error, error.trace)
    except ValueError as error:
        refuse(error)
    click.echo(f"\nseconds    {found.factor:.3g} x voxels^{found.exponent:.2f}, at least {found.least:.2g}")
    click.echo(f"memory     {found.base / 2**20:.0f} MiB + {found.per_voxel:.1f} bytes a voxel")
    click.echo(f"{_words(largest)} takes about {seconds:.2g} s and {peak / 2**20:.0f} MiB here")
    vcpu, memory = proposal.size_for(algorithm.resources, peak)
    click.echo(f"1,000 such jobs on a task of {vcpu:g} vCPU and {memory} MiB: {cost(vcpu, memory, seconds)}")
    click.echo(f"\nresources={line},")
    click.echo(f"largest_input={largest!r},")


def _row(point: "Point") -> str:
    return f"{_words(point.shape):<24} {point.seconds:8.2f} {point.peak_bytes / 2**20:8.0f}   {point.failed}".rstrip()


def _words(shape: "Sequence[int]") -> str:
    return " x ".join(map(str, shape))


def cost(vcpu: float, memory_mib: int, seconds: float) -> str:
    """Return in words what 1,000 jobs of so many seconds cost on such a task."""
    known = prices.read()
    costs = [
        JOBS * seconds / 3600 * (vcpu * known.of(f"{cpu}_vcpu_hour") + memory_mib / 1024 * known.of(f"{cpu}_gb_hour"))
        for cpu in ("arm", "x86")
    ]
    return (
        f"${costs[0]:.2g} on ARM, ${costs[1]:.2g} on x86, on demand, one after another "
        f"(list prices of {known.region} of {known.date})"
    )
