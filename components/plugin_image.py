"""The container image of one installed distribution, and the repository that holds it."""

from dataclasses import dataclass

import pulumi
import pulumi_awsx as awsx

PLATFORMS = {"ARM64": "linux/arm64", "X86_64": "linux/amd64"}
KEPT_IMAGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginImageArgs:
    """Arguments of a PluginImage."""

    context: str = ""
    """Folder to build from; not used when `prebuilt` is given."""
    tag: str = ""
    """Tag of the image: the digest of what it is built from, so that an unchanged one is not built again."""
    prebuilt: str = ""
    """An image that exists already, used as it is; then there is no repository."""
    architecture: str = "X86_64"
    """CPU that it is built for: ARM64 or X86_64."""
    protect: bool = True
    """Whether a repository that still holds images is left standing."""

    def __post_init__(self) -> None:
        if bool(self.context) == bool(self.prebuilt):
            raise ValueError("exactly one of context and prebuilt must be given")
        if bool(self.context) != bool(self.tag):
            raise ValueError("context and tag must be given together")


class PluginImage(pulumi.ComponentResource):
    """Built and pushed by the deployment, or taken as it is."""

    uri: pulumi.Output[str]

    def __init__(self, name: str, args: PluginImageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
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
                image_tag_mutability="IMMUTABLE",
                lifecycle_policy=awsx.ecr.LifecyclePolicyArgs(rules=[rule]),
                force_delete=not args.protect,
                opts=child,
            )
            self.uri = awsx.ecr.Image(
                name,
                repository_url=repository.url,
                context=args.context,
                image_tag=args.tag,
                platform=PLATFORMS[args.architecture],
                opts=child,
            ).image_uri
        self.register_outputs({"uri": self.uri})
