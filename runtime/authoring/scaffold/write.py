"""Writes a new distribution: a function, its declaration, its tests and what packages it."""

import re
from importlib.metadata import entry_points
from importlib.util import find_spec
from keyword import iskeyword
from pathlib import Path
from typing import Final

from runtime.authoring.scaffold.functions import AT_ONCE, BY_PLANE, FUNCTIONS
from runtime.authoring.scaffold.texts import MODULE, PROJECT, README, TEST

DIMENSIONS: Final = ("2", "3")
RETURNS: Final = tuple(FUNCTIONS)
PIXELS: Final = {
    "2": "Pixels of shape (P, M, N), axes plane, row, column; each plane is taken by itself.",
    "3": "Pixels of shape (P, M, N), axes plane, row, column; `spacing` is the distance between them in mm.",
}


def write(folder: Path, name: str, returns: str, dimensions: str) -> list[Path]:
    """Write the distribution `name` into `folder`, which must be empty or missing, and return its files.

    Raises DeclarationError if the name cannot be an algorithm's, ValueError if it cannot be a module's or if there is
    something in the folder.
    """
    from algorithms.checks.declaration import check_name  # here: the choices above must be quick to import
    from algorithms.registry import GROUP

    check_name(name)
    module = name.replace("-", "_")
    if not module.isidentifier():
        raise ValueError(f"{name!r} cannot name a Python module: begin with a letter")
    if iskeyword(module):
        raise ValueError(f"{name!r} cannot name a Python module: it is a word of the language; choose another name")
    if name in {each.name for each in entry_points(group=GROUP)}:
        raise ValueError(f"an algorithm {name} is installed already, and no two have one name; choose another name")
    if find_spec(module) is not None:
        raise ValueError(f"{module} is the name of an installed module already; choose another name")
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty")
    texts = {
        f"src/{module}.py": MODULE,
        f"tests/test_{module}.py": TEST,
        "pyproject.toml": PROJECT,
        "README.md": README,
    }
    facts = _facts(name, module, returns, dimensions)
    written: list[Path] = []
    for place, text in texts.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_filled(text, facts))
        written.append(path)
    return written


def _facts(name: str, module: str, returns: str, dimensions: str) -> dict[str, str]:
    function = FUNCTIONS[returns]
    by_plane = returns == "image" and dimensions == "2"
    body = function.body.replace("@SMOOTH@\n", BY_PLANE if by_plane else AT_ONCE)
    imports = {"Algorithm", "Image", "Parameter", "Resources", "UnsupportedInput", "hookimpl", *function.imports}
    imports |= {"report_progress"} if by_plane else set()
    return {
        "NAME": name,
        "MODULE": module,
        "DISTRIBUTION": name.replace("_", "-"),
        "SUMMARY": function.summary,
        "IMPORTS": ", ".join(sorted(imports, key=lambda each: (each.islower(), each))),
        "MATH": "import math\n" if "math." in body else "",
        "DATACLASS": "from dataclasses import dataclass\n" if "@dataclass" in function.before else "",
        "BEFORE": function.before,
        "ANNOTATION": function.annotation or function.returned,
        "ANY": ", Any" if function.after else "",
        "PARAMETER": function.parameter.declared(),
        "PARAMETER_NAME": function.parameter.name,
        "PARAMETER_TYPE": function.parameter.type,
        "PARAMETER_TEXT": function.parameter.text[0].upper() + function.parameter.text[1:],
        "RETURNED": function.returned,
        "RETURNS": function.returns,
        "PIXELS": PIXELS[dimensions],
        "SCOPES": '("image", "series")' if dimensions == "2" else '("series",)',
        "BODY": body,
        "AFTER": function.after,
        "TEST": function.test,
    }


def _filled(text: str, facts: dict[str, str]) -> str:
    for _ in range(2):  # what is filled in has names of its own
        text = re.sub(r"@([A-Z_]+)@", lambda found: facts[found[1]], text)
    return text
