"""Tables and single items."""

import json

from runtime.local.resources.base import Handler, Properties, nested, pick, tags_list, unless_absent


class Table(Handler):
    """aws:dynamodb/table:Table, billed by request."""

    service = "dynamodb"
    name_property = "name"
    name_limit = 255
    replace_on = frozenset({"name", "hashKey", "rangeKey"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is its name. TTL and recovery are set once it is active."""
        name = inputs["name"]
        keys = [{"AttributeName": inputs["hashKey"], "KeyType": "HASH"}]
        if inputs.get("rangeKey"):
            keys.append({"AttributeName": inputs["rangeKey"], "KeyType": "RANGE"})
        encryption = nested(inputs, "serverSideEncryption")
        sent = {"SSESpecification": pick(encryption, Enabled="enabled", KMSMasterKeyId="kmsKeyArn")}
        self.api.create_table(
            TableName=name,
            KeySchema=keys,
            AttributeDefinitions=_attributes(inputs),
            BillingMode=inputs.get("billingMode") or "PAY_PER_REQUEST",
            Tags=tags_list(inputs),
            **({"GlobalSecondaryIndexes": indexes} if (indexes := list(_indexes(inputs).values())) else {}),
            **pick(inputs, DeletionProtectionEnabled="deletionProtectionEnabled"),
            **(sent if encryption else {}),
        )
        self.api.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
        self._settle(name, {}, inputs)
        return name, self.present(name, inputs)

    def _settle(self, name: str, old: Properties, new: Properties) -> None:
        # DynamoDB refuses a TTL that is set already
        if (ttl := new.get("ttl")) and ttl != old.get("ttl"):
            self.api.update_time_to_live(
                TableName=name,
                TimeToLiveSpecification={"Enabled": ttl.get("enabled", True), "AttributeName": ttl["attributeName"]},
            )
        if (recovery := new.get("pointInTimeRecovery")) and recovery != old.get("pointInTimeRecovery"):
            self.api.update_continuous_backups(
                TableName=name,
                PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": recovery["enabled"]},
            )

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the table's description."""
        answer = unless_absent(self.api.describe_table, TableName=identity)
        if answer is None:
            return None
        table = answer["Table"]
        return {
            **state,
            "name": identity,
            "arn": table["TableArn"],
            "hashKey": next(key["AttributeName"] for key in table["KeySchema"] if key["KeyType"] == "HASH"),
            "deletionProtectionEnabled": table.get("DeletionProtectionEnabled", False),
        }

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Set protection, indexes, TTL and recovery."""
        if new.get("deletionProtectionEnabled") != old.get("deletionProtectionEnabled"):
            self.api.update_table(
                TableName=identity, DeletionProtectionEnabled=bool(new.get("deletionProtectionEnabled"))
            )
        self._index(identity, old, new)
        self._settle(identity, old, new)
        return self.present(identity, new)

    def _index(self, name: str, old: Properties, new: Properties) -> None:
        """Create and remove indexes; DynamoDB takes one in a call."""
        before, after = _indexes(old), _indexes(new)
        changes = [{"Delete": {"IndexName": each}} for each in before if before[each] != after.get(each)]
        changes += [{"Create": after[each]} for each in after if after[each] != before.get(each)]
        for change in changes:
            self.api.update_table(
                TableName=name, AttributeDefinitions=_attributes(new), GlobalSecondaryIndexUpdates=[change]
            )
            self.api.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it with its items."""
        unless_absent(self.api.delete_table, TableName=identity)


def _attributes(inputs: Properties) -> list[Properties]:
    return [{"AttributeName": each["name"], "AttributeType": each["type"]} for each in inputs["attributes"]]


def _indexes(inputs: Properties) -> dict[str, Properties]:
    """Return the global secondary indexes in DynamoDB's own form, by name."""
    return {
        each["name"]: {
            "IndexName": each["name"],
            "KeySchema": [
                {"AttributeName": key["attributeName"], "KeyType": key["keyType"]} for key in each["keySchemas"]
            ],
            "Projection": {"ProjectionType": each["projectionType"]},
        }
        for each in inputs.get("globalSecondaryIndexes") or ()
    }


class TableItem(Handler):
    """aws:dynamodb/tableItem:TableItem; `item` is JSON in DynamoDB's own form."""

    service = "dynamodb"
    replace_on = frozenset({"tableName", "hashKey", "rangeKey"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is `<table>|<key>||<value>||`, as the provider writes it."""
        item = json.loads(inputs["item"])
        # like the real provider, do not overwrite an item that exists
        self.api.put_item(
            TableName=inputs["tableName"],
            Item=item,
            ConditionExpression="attribute_not_exists(#key)",
            ExpressionAttributeNames={"#key": inputs["hashKey"]},
        )
        value = next(iter(item[inputs["hashKey"]].values()))
        identity = f"{inputs['tableName']}|{inputs['hashKey']}||{value}||"
        return identity, dict(inputs)

    def _key(self, state: Properties) -> Properties:
        return {state["hashKey"]: json.loads(state["item"])[state["hashKey"]]}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the item; equal content keeps the text that the program wrote."""
        answer = unless_absent(
            self.api.get_item, TableName=state["tableName"], Key=self._key(state), ConsistentRead=True
        )
        if not answer or "Item" not in answer:
            return None
        same = answer["Item"] == json.loads(state["item"])
        return {**state, "item": state["item"] if same else json.dumps(answer["Item"], sort_keys=True)}

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Overwrite the item."""
        self.api.put_item(TableName=new["tableName"], Item=json.loads(new["item"]))
        return dict(new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove the item."""
        unless_absent(self.api.delete_item, TableName=state["tableName"], Key=self._key(state))
