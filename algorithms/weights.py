"""Weights: the file of a model, in an installed package, by its checksum."""

import hashlib
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from algorithms.errors import WeightsError


@dataclass(frozen=True, slots=True)
class Weights:
    """A file that an algorithm's model is loaded from: `Weights("tissue_model", "tissue.npz", sha256=..., ...)`.

    Parameters
    ----------
    package : the package that holds it, as it is imported: the plugin's own, or a second one among its dependencies.
    file : its path in the package, with slashes.
    sha256 : its SHA-256, 64 hexadecimal digits. A worker that finds another file takes no job.
    licence : under which it may be used, such as "CC-BY-4.0".
    source : where it comes from: an address, a DOI, or how it was made.
    """

    package: str
    file: str
    sha256: str = field(kw_only=True)
    licence: str = field(kw_only=True)
    source: str = field(kw_only=True)

    def __str__(self) -> str:
        return f"weights {self.file} of {self.package}"

    def path(self) -> Path:
        """Return where the file is. Raises WeightsError if it is missing."""
        try:
            found = find_spec(self.package)
        except (ImportError, ValueError):
            found = None
        if found is None:
            raise WeightsError(f"{self}: there is no package {self.package}; add its distribution to dependencies")
        if not found.submodule_search_locations:
            raise WeightsError(f"{self}: {self.package} is a module, which holds no files; make it a package")
        places = [Path(folder, self.file) for folder in found.submodule_search_locations]
        for place in places:
            if place.is_file():
                return place
        raise WeightsError(f"{self}: there is no {places[0]}; let the distribution's wheel include it")

    def read(self) -> bytes:
        """Return the file's content. Raises WeightsError if it is missing."""
        return self.path().read_bytes()

    def check(self) -> None:
        """Compare the file with its checksum. Raises WeightsError if it is missing or another one."""
        with self.path().open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
        if found != self.sha256:
            raise WeightsError(f"{self}: the file's SHA-256 is {found}, and {self.sha256} is declared")
