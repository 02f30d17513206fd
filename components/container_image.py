"""The container image of one installed distribution, and the repository that holds it."""

from dataclasses import dataclass

import pulumi
import pulumi_awsx as awsx

PLATFORMS = {"ARM64": "arm64", "X86_64": "amd64"}
KEPT_IMAGES = 20
BUILT = "docker-build:index:Image"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerImageArgs:
    """Arguments of a ContainerImage."""

    context: str = ""
    """Folder to build from; empty if `prebuilt` is given."""
    tag: str = ""
    """Digest of the image's content. With the CPU it is the image's tag: an unchanged image is not built again."""
    prebuilt: str = ""
    """URI of an image that exists already; no repository is made then."""
    architecture: str = "X86_64"
    """CPU that it is built for: ARM64 or X86_64."""

    def __post_init__(self) -> None:
        if bool(self.context) == bool(self.prebuilt):
            raise ValueError("exactly one of context and prebuilt must be given")
        if bool(self.context) != bool(self.tag):
            raise ValueError("context and tag must be given together")


def retain(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Leave an image in the registry when its resource is deleted.

    awsx names the resource after the tag, so each new image replaces it; tasks of the earlier version still start from
    the old one.
    """
    if args.type_ != BUILT:
        return None
    kept = pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(retain_on_delete=True))
    return pulumi.ResourceTransformResult(args.props, kept)


class ContainerImage(pulumi.ComponentResource):
    """A container image that the deployment builds and pushes, or that exists already."""

    uri: pulumi.Output[str]

    def __init__(self, name: str, args: ContainerImageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:PluginImage", name, {}, opts)
        if args.prebuilt:
            self.uri = pulumi.Output.from_input(args.prebuilt)
        else:
            child = pulumi.ResourceOptions(parent=self)
            rule = awsx.ecr.LifecyclePolicyRuleArgs(
                tag_status=awsx.ecr.LifecycleTagStatus.ANY, maximum_number_of_images=KEPT_IMAGES
            )
            repository = awsx.ecr.Repository(
                name,
                image_scanning_configuration={"scan_on_push": True},
                # Tasks name an image by its digest. A tag that may move can be pushed again: ADR 10.
                image_tag_mutability="MUTABLE",
                lifecycle_policy=awsx.ecr.LifecyclePolicyArgs(rules=[rule]),
                force_delete=True,  # images can be built again; services that run one keep the repository
                opts=child,
            )
            cpu = PLATFORMS[args.architecture]
            self.uri = awsx.ecr.Image(
                name,
                repository_url=repository.url,
                context=args.context,
                image_tag=f"{args.tag}-{cpu}",
                platform=f"linux/{cpu}",
                args={"SOURCE_DATE_EPOCH": "0"},  # no build time in the image
                opts=pulumi.ResourceOptions(parent=self, transforms=[retain]),
            ).image_uri
        self.register_outputs({"uri": self.uri})
