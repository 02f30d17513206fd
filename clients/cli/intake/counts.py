"""What became of the files of a folder, counted, with the reasons of those that were refused."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from runtime.archive.pattern import Address

SHOWN = 3  # names of files for each reason


@dataclass
class Counts:
    """Files taken, found in the bucket already, and refused, by reason."""

    taken: list[Address] = field(default_factory=list[Address])
    there: list[Address] = field(default_factory=list[Address])
    refused: defaultdict[str, list[Path]] = field(default_factory=lambda: defaultdict(list[Path]))

    @property
    def images(self) -> list[Address]:
        """The images that are in the bucket now."""
        return [*self.taken, *self.there]

    def report(self) -> dict[str, Any]:
        """Return the counts as JSON values; `refused` has the files of each reason."""
        return {
            "taken": len(self.taken),
            "there_already": len(self.there),
            "studies": len({image.study_id for image in self.images}),
            "series": len({image[:2] for image in self.images}),
            "refused": {
                reason: [str(path) for path in sorted(paths)] for reason, paths in sorted(self.refused.items())
            },
        }

    def text(self) -> str:
        """Return the counts as lines for a person."""
        report = self.report()
        studies = "1 study" if report["studies"] == 1 else f"{report['studies']:,} studies"
        place = f" ({report['series']:,} series of {studies})" if self.images else ""
        lines = [f"{_files(len(self.taken), 'image')} taken{place}"]
        if self.there:
            lines.append(f"{_files(len(self.there), 'image')} there already, with the same content")
        if self.refused:
            lines.append(f"{_files(sum(map(len, self.refused.values())), 'file')} refused:")
        for reason, paths in sorted(self.refused.items(), key=lambda entry: -len(entry[1])):
            names = ", ".join(_printable(path.name) for path in sorted(paths)[:SHOWN])
            more = ", ..." if len(paths) > SHOWN else ""
            lines.append(f"  {len(paths):>6,}  {reason}: {names}{more}")
        return "\n".join(lines)


def _printable(name: str) -> str:
    """Return a file's name with escapes for bytes that are no text, line breaks, and what a terminal would obey."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in name)


def _files(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
