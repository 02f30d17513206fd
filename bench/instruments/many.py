"""Installs as many plugins as are asked for: real distributions in a folder, for a process that has it on its path."""

from pathlib import Path

MODULE = '''"""Synthetic algorithms."""

from typing import Annotated, Literal

from imaging import Algorithm, Image, Parameter, hookimpl


def run(
    image: Image,
    sigma: Annotated[float, Parameter("Width of the kernel.", gt=0, le=50, unit="mm")] = 1.0,
    rounds: Annotated[int, Parameter("How often it is applied.", ge=1, le=9)] = 1,
    edge: Annotated[Literal["near", "zero"], Parameter("What lies beyond the edge.")] = "near",
) -> Image:
    """Return the image as it is."""
    return image


@hookimpl
def register_algorithms() -> list[Algorithm]:
    """Register them."""
    return [Algorithm(name=name, summary="Does nothing.", run=run) for name in NAMES]


NAMES = '''


def install(folder: Path, distributions: int, algorithms_each: int = 1) -> None:
    """Write the distributions bulk-0, bulk-1 and so on, each with a module, metadata and one entry point."""
    for number in range(distributions):
        name = f"bulk-{number}"
        names = [name] if algorithms_each == 1 else [f"{name}-{place}" for place in range(algorithms_each)]
        about = folder / f"bulk_{number}-1.0.dist-info"
        about.mkdir(parents=True)
        (folder / f"bulk_{number}.py").write_text(f"{MODULE}{names!r}\n")
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[imaging.algorithms]\n{name} = bulk_{number}\n")
