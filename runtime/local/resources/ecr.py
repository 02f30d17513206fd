"""Image repositories."""

from runtime.local.resources.base import Handler, Properties, found, nested, tags_list


class Repository(Handler):
    """aws:ecr/repository:Repository."""

    service = "ecr"
    named = "name"
    name_limit = 256
    replace_on = frozenset({"name", "encryptionConfigurations"})

    def auto_name(self, logical: str, inputs: Properties, seed: bytes) -> str:
        """Repository names are lower case."""
        return super().auto_name(logical, inputs, seed).lower()

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Its id is its name."""
        name = inputs["name"]
        scanning = nested(inputs, "imageScanningConfiguration")
        self.api.create_repository(
            repositoryName=name,
            imageTagMutability=inputs.get("imageTagMutability") or "MUTABLE",
            imageScanningConfiguration={"scanOnPush": bool(scanning.get("scanOnPush"))},
            tags=tags_list(inputs),
        )
        return name, self.present(name, inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the repository."""
        answer = found(self.api.describe_repositories, repositoryNames=[identity])
        if answer is None:
            return None
        details = answer["repositories"][0]
        return {
            **state,
            "name": identity,
            "arn": details["repositoryArn"],
            "registryId": details["registryId"],
            "repositoryUrl": details["repositoryUri"],
            "imageTagMutability": details["imageTagMutability"],
        }

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
        """Remove it; with forceDelete its images too."""
        found(self.api.delete_repository, repositoryName=identity, force=bool(state.get("forceDelete")))


class LifecyclePolicy(Handler):
    """aws:ecr/lifecyclePolicy:LifecyclePolicy; only ever replaced, as the real one."""

    service = "ecr"
    replace_on = frozenset({"repository", "policy"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Its id is the repository's name."""
        self.api.put_lifecycle_policy(repositoryName=inputs["repository"], lifecyclePolicyText=inputs["policy"])
        return inputs["repository"], self.present(inputs["repository"], inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the policy."""
        answer = found(self.api.get_lifecycle_policy, repositoryName=identity)
        return None if answer is None else {**state, "repository": identity, "registryId": answer["registryId"]}

    def delete(self, identity: str, state: Properties) -> None:
        """Take it off."""
        found(self.api.delete_lifecycle_policy, repositoryName=identity)
