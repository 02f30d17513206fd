"""The pages that show a file of the code, or what a folder holds, to which a document links."""

import ast
from pathlib import Path

LANGUAGES = {".py": "python", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".ts": "typescript"}
FENCE = "`" * 8


def source_page(root: Path, path: str) -> str:
    """Return the Markdown of the page of one file or folder."""
    found = root / path
    body = _listing(found) if found.is_dir() else _text(found)
    return f"# {path}\n\n{body}\n"


def _text(file: Path) -> str:
    return f"{FENCE} {LANGUAGES.get(file.suffix, 'text')}\n{file.read_text().rstrip()}\n{FENCE}"


def _listing(folder: Path) -> str:
    children = sorted(child for child in folder.iterdir() if not child.name.startswith(("__pycache__", "node_modules")))
    rows = [f"| `{child.name}{'/' * child.is_dir()}` | {_summary(child)} |" for child in children]
    return "\n".join(["| name | is |", "|---|---|", *rows])


def _summary(path: Path) -> str:
    module = path / "__init__.py" if path.is_dir() else path
    if module.suffix != ".py" or not module.is_file():
        return ""
    docstring = ast.get_docstring(ast.parse(module.read_text())) or ""
    return docstring.partition("\n")[0].replace("|", "\\|")
