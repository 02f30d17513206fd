"""KMS keys."""

from runtime.local.resources.base import Handler, Properties, pick, tags_list, unless_absent


class Key(Handler):
    """aws:kms/key:Key."""

    service = "kms"
    replace_on = frozenset({"keyUsage", "customerMasterKeySpec", "multiRegion"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; KMS chooses its id."""
        details = self.api.create_key(
            Tags=tags_list(inputs, "TagKey", "TagValue"),
            **pick(inputs, Description="description", Policy="policy", KeyUsage="keyUsage"),
        )["KeyMetadata"]
        if inputs.get("enableKeyRotation"):
            self.api.enable_key_rotation(KeyId=details["KeyId"])
        return details["KeyId"], self.present(details["KeyId"], inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read it; a key that is pending deletion is gone."""
        details = unless_absent(self.api.describe_key, KeyId=identity)
        if details is None or details["KeyMetadata"]["KeyState"] == "PendingDeletion":
            return None
        rotates = self.api.get_key_rotation_status(KeyId=identity)["KeyRotationEnabled"]
        return {**state, "keyId": identity, "arn": details["KeyMetadata"]["Arn"], "enableKeyRotation": rotates}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set the policy, the description and the rotation."""
        self.api.put_key_policy(KeyId=identity, PolicyName="default", Policy=new["policy"])
        self.api.update_key_description(KeyId=identity, Description=new.get("description", ""))
        rotation = self.api.enable_key_rotation if new.get("enableKeyRotation") else self.api.disable_key_rotation
        rotation(KeyId=identity)
        if new.get("tags"):
            self.api.tag_resource(KeyId=identity, Tags=tags_list(new, "TagKey", "TagValue"))
        return self.present(identity, new)

    def delete(self, identity: str, state: Properties) -> None:
        """Schedule its deletion."""
        unless_absent(
            self.api.schedule_key_deletion, KeyId=identity, PendingWindowInDays=state.get("deletionWindowInDays", 30)
        )
