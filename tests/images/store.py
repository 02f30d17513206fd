"""Images without Docker: buildah with chroot isolation, in a store of its own that leaves nothing behind."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
REF = "org.opencontainers.image.ref.name"
DIGEST = re.compile(r"@sha256:[0-9a-f]{64}")
# What Debian's base has instead of what the official one brings.
PACKAGES = "python3,python3-venv,python3-pip,ca-certificates"


class BuildError(RuntimeError):
    """buildah or debootstrap failed; the message is the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of an image: the digest of its content, and its size as it is fetched."""

    content: str
    compressed: int


class Store:
    """Holds bases, images and what is mounted of them below `folder`, until it is closed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        driver = os.environ.get("STORAGE_DRIVER", "overlay")
        self._environment = {**os.environ, "BUILDAH_ISOLATION": "chroot", "STORAGE_DRIVER": driver}

    def run(self, *arguments: str) -> str:
        """Run one command of buildah."""
        place = ["--root", str(self._folder / "layers"), "--runroot", str(self._folder / "run")]
        return _run(["buildah", *place, *arguments], self._environment)

    def base(self, *names: str) -> None:
        """Make the base of Debian's own Python and give it the names that Dockerfiles ask for."""
        container = self.run("from", "scratch")
        root = Path(self.run("mount", container))
        made = ["debootstrap", "--foreign", "--variant=minbase", f"--include={PACKAGES}", "trixie", str(root)]
        _run(made, self._environment)
        hurry = root / "etc/dpkg/dpkg.cfg.d/unsafe-io"  # dpkg waits for the disk after each file otherwise
        hurry.write_text("force-unsafe-io\n")
        _run(["chroot", str(root), "/debootstrap/debootstrap", "--second-stage"], self._environment)
        hurry.unlink()
        (root / "usr/bin/python").symlink_to("python3")
        for folder in ("var/cache/apt", "var/lib/apt/lists", "var/log"):
            shutil.rmtree(root / folder)
        self.run("commit", "--quiet", "--rm", "--timestamp", "0", container, names[0])
        self.run("tag", *names)

    def build(self, context: Path, name: str, *, fresh: bool = False) -> None:
        """Build an image as it is deployed, on the local base; `fresh` uses nothing that was built before."""
        dockerfile = context / "Dockerfile.local"
        dockerfile.write_text(DIGEST.sub("", (context / "Dockerfile").read_text()))
        self.run(
            *("build", "--quiet", "--pull-never", "--layers", "--network", "host", "--timestamp", "0"),
            *("--jobs", str(os.cpu_count())),
            *(["--no-cache"] if fresh else []),
            *_registry(),
            *("--file", str(dockerfile), "--tag", name, str(context)),
        )

    def config(self, name: str) -> dict[str, Any]:
        """Return what an image says about its process: User, Env and so on."""
        return self._inspect(name)["config"]

    def contents(self, name: str) -> list[str]:
        """Return the digests of the layers' contents, the base first."""
        return self._inspect(name)["rootfs"]["diff_ids"]

    def layers(self, name: str, compression: str) -> list[Layer]:
        """Return the layers as they would be pushed, the base first; one that several images share is pushed once."""
        target = self._folder / f"pushed-{compression}"
        place = f"oci:{target}:{name}"
        self.run("push", "--quiet", "--format", "oci", "--compression-format", compression, name, place)
        images = json.loads((target / "index.json").read_text())["manifests"]
        (digest,) = [each["digest"] for each in images if each["annotations"][REF] == name]
        manifest = json.loads((target / "blobs" / digest.replace(":", "/")).read_text())
        sizes = [layer["size"] for layer in manifest["layers"]]
        return [Layer(*each) for each in zip(self.contents(name), sizes, strict=True)]

    def mount(self, name: str) -> Path:
        """Return a folder with the image's files; what is written to it is not in the image."""
        return Path(self.run("mount", self.run("from", "--pull-never", name)))

    def _inspect(self, name: str) -> dict[str, Any]:
        return json.loads(self.run("inspect", "--type", "image", name))["OCIv1"]

    def close(self) -> None:
        """Unmount and remove everything."""
        self.run("umount", "--all")
        _run(["rm", "-rf", str(self._folder)], self._environment)


def bases(context: Path) -> list[str]:
    """Return the names of the bases that an image is built on."""
    return re.findall(r"^FROM (python:\S+?)@", (context / "Dockerfile").read_text(), re.MULTILINE)


def _registry() -> list[str]:
    """Return how pip reaches this machine's index while the image is built; none of it is in the image."""
    options = ["--volume", f"{CERTIFICATES}:{CERTIFICATES}:ro", "--build-arg", f"PIP_CERT={CERTIFICATES}"]
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        options += ["--build-arg", f"{name}={os.environ.get(name, '')}"] if name in os.environ else []
    return options


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{' '.join(command[:6])} ...\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout.strip()
