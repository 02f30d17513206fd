"""Builds the page on first use, where Node is."""

import shutil
import subprocess
from pathlib import Path

WEB = Path(__file__).parents[2] / "clients" / "web"
NODE_FROM = (20, 19)
SOURCES = ("src", "public", "index.html", "package-lock.json", "vite.config.ts")


class PageUnavailable(Exception):  # noqa: N818 - a state, not a fault
    """The page is not built, and why it cannot be: one line for the user."""


def built(web: Path = WEB) -> Path:
    """Return the folder of the built page, built anew where its sources changed. Raises PageUnavailable."""
    dist = web / "dist"
    if _fresh(web, dist):
        return dist
    if not web.is_dir():
        raise PageUnavailable("The web page is not part of this installation; it is built from a checkout.")
    npm = shutil.which("npm")
    if npm is None or not _node_is_new_enough():
        needed = ".".join(map(str, NODE_FROM))
        raise PageUnavailable(f"The web page needs Node {needed} or later to be built; everything else works without.")
    for command in ([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], [npm, "run", "build", "--silent"]):
        if command[1] == "ci" and _installed(web):
            continue
        done = subprocess.run(command, cwd=web, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines()
            raise PageUnavailable(f"The web page could not be built ({' '.join(lines[-1:]) or 'npm failed'}).")
    return dist


def _fresh(web: Path, dist: Path) -> bool:
    index = dist / "index.html"
    if not index.is_file():
        return False
    made = index.stat().st_mtime
    files = (file for name in SOURCES for file in [web / name, *(web / name).rglob("*")] if file.is_file())
    return all(file.stat().st_mtime <= made for file in files)


def _installed(web: Path) -> bool:
    mark = web / "node_modules" / ".package-lock.json"
    return mark.is_file() and mark.stat().st_mtime >= (web / "package-lock.json").stat().st_mtime


def _node_is_new_enough() -> bool:
    node = shutil.which("node")
    if node is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    try:
        major, minor = answer.strip().removeprefix("v").split(".")[:2]
        return (int(major), int(minor)) >= NODE_FROM
    except ValueError:
        return False
