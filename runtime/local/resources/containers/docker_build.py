"""Container images. Nothing is built, because local tasks run the same code as processes: only a manifest of the
content is pushed, so that tags, digests and deletion behave as in a registry."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from runtime.local.resources.base import Handler, Properties, nested, unless_absent

# Besides the content of the context, a change of these makes another container image under the same tag.
MADE_OF = ("platforms", "buildArgs", "target", "dockerfile")
_HASHES: dict[tuple[int, ...], bytes] = {}  # by device, inode, time of its last change, and size


def content(folder: Path) -> str:
    """Return the hash of a context: names, file modes and contents."""
    if not folder.is_dir():
        raise FileNotFoundError(f"the context {folder} is not a folder")
    digest = hashlib.sha256()
    for name in sorted(_files(folder)):
        path = Path(f"{folder}/{name}")
        about = path.stat()
        digest.update(f"{name} {about.st_mode:o} ".encode())
        digest.update(_hash(path, (about.st_dev, about.st_ino, about.st_ctime_ns, about.st_size)))
    return digest.hexdigest()


def _hash(path: Path, file: tuple[int, ...]) -> bytes:
    """Return the hash of a file, read once: what all contexts share are links to the same files."""
    if file not in _HASHES:
        _HASHES[file] = hashlib.sha256(path.read_bytes()).digest()
    return _HASHES[file]


def _files(folder: Path, above: str = "") -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), f"{above}{entry.name}/")
            elif entry.is_file():
                yield above + entry.name


class Image(Handler):
    """docker-build:index:Image, which is pushed under its first tag."""

    service = "ecr"

    def _push(self, inputs: Properties) -> Properties:
        reference: str = inputs["tags"][0]
        repository, tag = reference.split("/", 1)[1].rsplit(":", 1)
        made_of = {name: inputs.get(name) for name in MADE_OF}
        made_of["content"] = content(Path(nested(inputs, "context").get("location", ".")))
        config = hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()
        manifest = json.dumps({"schemaVersion": 2, "config": {"digest": f"sha256:{config}"}})
        pushed = self.api.put_image(repositoryName=repository, imageManifest=manifest, imageTag=tag)
        digest = pushed["image"]["imageId"]["imageDigest"]
        return {**inputs, "digest": digest, "ref": f"{reference}@{digest}"}

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its digest."""
        outputs = self._push(inputs)
        return outputs["digest"], outputs

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it; a container image that the registry no longer has is gone."""
        repository = self._repository(state)
        answer = unless_absent(self.api.describe_images, repositoryName=repository, **self._digest(state))
        return dict(state) if answer and answer["imageDetails"] else None

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Push a new manifest."""
        return self._push(new)

    def delete(self, identity: str, state: Properties) -> None:
        """Delete the manifest that it pushed."""
        unless_absent(self.api.batch_delete_image, repositoryName=self._repository(state), **self._digest(state))

    def _digest(self, state: Properties) -> dict[str, Any]:
        return {"imageIds": [{"imageDigest": state["digest"]}]}

    def _repository(self, state: Properties) -> str:
        return str(state["tags"][0]).split("/", 1)[1].rsplit(":", 1)[0]
