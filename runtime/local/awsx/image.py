"""awsx.ecr.Image: a container image that docker-build builds and pushes."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

import pulumi
import pulumi_docker_build as docker_build

from runtime.local.awsx.base import Component


def tag(inputs: dict[str, Any]) -> str:
    """Return the tag, which is the child's name as well: `imageName`, `imageTag`, or a hash of its sources."""
    if name := inputs.get("imageName") or inputs.get("imageTag"):
        return str(name)
    sources = inputs.get("context", ".")
    if inputs.get("dockerfile"):
        sources += f";dockerfile={inputs['dockerfile']}"
    arguments: dict[str, Any] = inputs.get("args") or {}
    for name, value in arguments.items():
        sources += f";arg[{name}]={value}"
    return f"{hashlib.sha1((sources + pulumi.get_stack()).encode()).hexdigest()[:8]}-container"  # noqa: S324 - awsx's


class Image(Component):
    """Expands `awsx:ecr:Image`. Its child has the name of the tag: each new tag is a new resource."""

    kind = "awsx:ecr:Image"
    supports = ("repositoryUrl", "context", "dockerfile", "imageName", "imageTag", "platform", "args", "target")

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__(name, inputs, opts)
        # one apply over all arguments: while one is unknown, a preview shows no container image
        known = pulumi.Output.from_input(inputs)
        self.done(imageUri=known.apply(self._build))

    def _build(self, inputs: dict[str, Any]) -> pulumi.Output[str]:
        repository, name = inputs["repositoryUrl"], tag(inputs)
        if not urlsplit(f"https://{repository}").hostname:
            raise ValueError(f"Invalid URL: repositoryUrl is {repository!r}")
        reference = f"{repository}:{name}"
        location = inputs.get("context", ".")
        built = docker_build.Image(
            name,
            push=True,
            tags=[reference],
            context=docker_build.BuildContextArgs(location=location),
            dockerfile=docker_build.DockerfileArgs(location=inputs.get("dockerfile") or f"{location}/Dockerfile"),
            platforms=[inputs["platform"]] if inputs.get("platform") else None,
            build_args=inputs.get("args"),
            target=inputs.get("target"),
            cache_from=[{"registry": {"ref": reference}}],
            cache_to=[{"inline": {}}],
            opts=self.child,
        )
        return pulumi.Output.concat(repository, "@", built.digest)
