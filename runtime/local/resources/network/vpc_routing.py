"""Route tables, their routes and subnets."""

from typing import Any

from botocore.exceptions import ClientError

from runtime.local.resources.base import Properties, absent, pick, unless_absent
from runtime.local.resources.network.vpc import Ec2


class RouteTable(Ec2):
    """aws:ec2/routeTable:RouteTable."""

    replace_on = frozenset({"vpcId"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the table's."""
        tags = self.tags_of("route-table", inputs)
        details = self.api.create_route_table(VpcId=inputs["vpcId"], **tags)["RouteTable"]
        return details["RouteTableId"], {**inputs, "vpcId": details["VpcId"]}

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Read the table."""
        details = self.one("describe_route_tables", "RouteTables", RouteTableIds=[identity])
        return None if details is None else {**state, "vpcId": details["VpcId"]}

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(self.api.delete_route_table, RouteTableId=identity)


class Route(Ec2):
    """aws:ec2/route:Route."""

    replace_on = frozenset({"routeTableId", "destinationCidrBlock"})

    def _target(self, inputs: Properties) -> dict[str, Any]:
        return {
            "RouteTableId": inputs["routeTableId"],
            "DestinationCidrBlock": inputs["destinationCidrBlock"],
            **pick(inputs, GatewayId="gatewayId", NatGatewayId="natGatewayId"),
        }

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is `r-<table>` and the destination instead of a hash."""
        self.api.create_route(**self._target(inputs))
        return f"r-{inputs['routeTableId']}-{inputs['destinationCidrBlock']}", dict(inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Look for it in its table."""
        table = self.one("describe_route_tables", "RouteTables", RouteTableIds=[state["routeTableId"]])
        there = any(
            entry.get("DestinationCidrBlock") == state["destinationCidrBlock"]
            for entry in (table or {}).get("Routes", ())
        )
        return dict(state) if there else None

    def update(self, identity: str, old: Properties, new: Properties) -> Properties:
        """Point it elsewhere."""
        self.api.replace_route(**self._target(new))
        return dict(new)

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        unless_absent(
            self.api.delete_route,
            RouteTableId=state["routeTableId"],
            DestinationCidrBlock=state["destinationCidrBlock"],
        )


class RouteTableAssociation(Ec2):
    """aws:ec2/routeTableAssociation:RouteTableAssociation."""

    replace_on = frozenset({"subnetId", "routeTableId"})

    def create(self, inputs: Properties) -> tuple[str, Properties]:
        """Create it; its id is the association's."""
        identity = self.api.associate_route_table(RouteTableId=inputs["routeTableId"], SubnetId=inputs["subnetId"])[
            "AssociationId"
        ]
        return identity, dict(inputs)

    def read(self, identity: str, state: Properties) -> Properties | None:
        """Look for it in its table."""
        table = self.one("describe_route_tables", "RouteTables", RouteTableIds=[state["routeTableId"]])
        ids = [entry["RouteTableAssociationId"] for entry in (table or {}).get("Associations", ())]
        return dict(state) if identity in ids else None

    def delete(self, identity: str, state: Properties) -> None:
        """Remove it."""
        try:
            self.api.disassociate_route_table(AssociationId=identity)
        except ClientError as error:
            if not absent(error):
                raise
