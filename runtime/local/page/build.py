"""Builds the page on first use, if Node is installed."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

from runtime.local.processes import group

WEB = Path(__file__).parents[3] / "clients" / "web"
NODE_FROM = (20, 19)
BUILD_SECONDS = 300
SOURCES = ("src", "public", "index.html", "package-lock.json", "vite.config.ts")


class PageUnavailable(Exception):  # noqa: N818 - a state, not a fault
    """The page cannot be built; the message is one line for the user."""


def built(web: Path = WEB) -> Path:
    """Return the folder of the built page, rebuilt if its sources changed. Raises PageUnavailable."""
    dist = web / "dist"
    if not (web / "package.json").is_file():
        raise PageUnavailable("The web page is not part of this installation; use a checkout to build it.")
    if _fresh(web, dist):
        return dist
    npm = shutil.which("npm")
    if npm is None or not _node_is_new_enough():
        needed = ".".join(map(str, NODE_FROM))
        raise PageUnavailable(f"The web page needs Node {needed} or later to be built; everything else works without.")
    with (web / ".build.lock").open("w") as lock:  # two processes must not build at the same time
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _fresh(web, dist):
            _build(web, npm)
    return dist


def _build(web: Path, npm: str) -> None:
    modules = web / "node_modules"
    if modules.is_symlink() and not _installed(web):  # npm would empty the folder that it points to
        raise PageUnavailable(f"{modules} is a link, and what it points to does not fit package-lock.json: remove it.")
    sys.stderr.write("Building the web page (once) ...\n")
    install = [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"]
    for command in ([] if _installed(web) else [install]) + [[npm, "run", "build", "--silent"]]:
        code, output = _run(command, web)
        if code:
            lines = [line for line in output.splitlines() if "error" in line.lower()]
            why = lines[0].strip() if lines else f"npm ended with code {code}"
            raise PageUnavailable(f"The web page could not be built: {why}")


def _run(command: list[str], folder: Path) -> tuple[int, str]:
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=BUILD_SECONDS)
        except subprocess.TimeoutExpired:
            group.end_group(process.pid)
            return 1, f"error: npm took more than {BUILD_SECONDS} s"
        except BaseException:  # Ctrl-C: npm would leave what it started
            group.end_group(process.pid)
            raise
        return process.returncode, output


def _fresh(web: Path, dist: Path) -> bool:
    index = dist / "index.html"
    if not index.is_file():
        return False
    built_at = index.stat().st_mtime
    files = (file for name in SOURCES for file in [web / name, *(web / name).rglob("*")] if file.is_file())
    return all(file.stat().st_mtime <= built_at for file in files)


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
