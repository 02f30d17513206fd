"""Changes to children of awsx's Fargate services, which awsx gives no other way to."""

import pulumi


def keep_permissions(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Protect what lets tasks start: nothing depends on it, so the engine would delete it and keep all else."""
    if args.type_ != "aws:iam/rolePolicyAttachment:RolePolicyAttachment":
        return None
    return pulumi.ResourceTransformResult(
        args.props, pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(protect=True))
    )


def leave_count_to_scaler(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    """Keep an update of the program from resetting the number of tasks; awsx gives no other way to its child."""
    if args.type_ != "aws:ecs/service:Service":
        return None
    ignored = pulumi.ResourceOptions(ignore_changes=["desiredCount"])
    return pulumi.ResourceTransformResult(args.props, pulumi.ResourceOptions.merge(args.opts, ignored))
