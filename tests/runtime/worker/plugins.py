"""The plugins of these tests: installing them, and what they note of each run."""

import shutil
from pathlib import Path

PLUGIN = Path(__file__).parent / "plugin" / "moody.py"


def runs(file: Path, tag: str) -> list[int]:
    """Return the processes that ran the job with this tag, one for each time it ran."""
    lines = [line.split() for line in file.read_text().splitlines()] if file.exists() else []
    return [int(line[1]) for line in lines if len(line) == 3 and line[0] == tag]


def install(folder: Path) -> None:
    """Install the algorithms, each as a distribution of its own."""
    plugin = folder / "plugin"
    for name in ("moody", "hostile", "ported", "loaded"):
        info = plugin / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        shutil.copy(PLUGIN.with_stem(name), plugin)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[imaging.algorithms]\n{name} = {name}\n")
    (folder / "tmp").mkdir()
