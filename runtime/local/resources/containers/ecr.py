"""Repositories of container images."""

from runtime.local.resources.base import Handler, Properties, nested, tags_list, unless_absent


def _repository(state: Properties, details: Properties) -> Properties:
    return {
        **state,
        "name": details["repositoryName"],
        "arn": details["repositoryArn"],
        "registryId": details["registryId"],
        "repositoryUrl": details["repositoryUri"],
        "imageTagMutability": details["imageTagMutability"],
    }


class Repository(Handler):
    """aws:ecr/repository:Repository."""

    service = "ecr"
    name_property = "name"
    name_limit = 256
    replace_on = frozenset({"name", "encryptionConfigurations"})

    def auto_name(self, logical: str, inputs: Properties, seed: bytes) -> str:
        """Return the automatic name, in lower case."""
        return super().auto_name(logical, inputs, seed).lower()

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its name."""
        name = inputs["name"]
        scanning = nested(inputs, "imageScanningConfiguration")
        details = self.api.create_repository(
            repositoryName=name,
            imageTagMutability=inputs.get("imageTagMutability") or "MUTABLE",
            imageScanningConfiguration={"scanOnPush": bool(scanning.get("scanOnPush"))},
            tags=tags_list(inputs),
        )["repository"]
        return name, _repository(inputs, details)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the repository."""
        answer = unless_absent(self.api.describe_repositories, repositoryNames=[identity])
        return None if answer is None else _repository(state, answer["repositories"][0])

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set scanning and mutability."""
        scanning = nested(new, "imageScanningConfiguration")
        self.api.put_image_scanning_configuration(
            repositoryName=identity, imageScanningConfiguration={"scanOnPush": bool(scanning.get("scanOnPush"))}
        )
        self.api.put_image_tag_mutability(
            repositoryName=identity, imageTagMutability=new.get("imageTagMutability") or "MUTABLE"
        )
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it, with forceDelete also its container images."""
        unless_absent(self.api.delete_repository, repositoryName=identity, force=bool(state.get("forceDelete")))


class LifecyclePolicy(Handler):
    """aws:ecr/lifecyclePolicy:LifecyclePolicy; every change replaces it, as in the provider."""

    service = "ecr"
    replace_on = frozenset({"repository", "policy"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the repository's name."""
        name = inputs["repository"]
        answer = self.api.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=inputs["policy"])
        return name, {**inputs, "registryId": answer["registryId"]}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the policy."""
        answer = unless_absent(self.api.get_lifecycle_policy, repositoryName=identity)
        return None if answer is None else {**state, "repository": identity, "registryId": answer["registryId"]}

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_lifecycle_policy, repositoryName=identity)
