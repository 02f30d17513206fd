"""How resources are written in CloudFormation: type, and the properties that are called otherwise there.

Every other property keeps its name in PascalCase. A property that is renamed to an empty text is left out: it is the
provider's own, or another resource's in CloudFormation. To add a type, add its row here; what needs more than names
has a function in `special.py`.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spelling:
    """One type in CloudFormation; `inside` is the property that holds all others, `tags` how tags are written."""

    type: str
    names: dict[str, str] = field(default_factory=dict[str, str])
    inside: str = ""
    tags: str = "list"


API = "AWS::ApiGatewayV2::"
EC2 = "AWS::EC2::"
LB = "AWS::ElasticLoadBalancingV2::"
RULE = {
    "securityGroupId": "GroupId",
    "cidrIpv4": "CidrIp",
    "cidrIpv6": "CidrIpv6",
    "tags": "",
}
TYPES: dict[str, Spelling] = {
    "aws:apigatewayv2/api:Api": Spelling(f"{API}Api", tags="map"),
    "aws:apigatewayv2/apiMapping:ApiMapping": Spelling(f"{API}ApiMapping"),
    "aws:apigatewayv2/authorizer:Authorizer": Spelling(f"{API}Authorizer", {"identitySources": "IdentitySource"}),
    "aws:apigatewayv2/domainName:DomainName": Spelling(f"{API}DomainName", tags="map"),
    "aws:apigatewayv2/integration:Integration": Spelling(
        f"{API}Integration", {"timeoutMilliseconds": "TimeoutInMillis"}
    ),
    "aws:apigatewayv2/route:Route": Spelling(f"{API}Route"),
    "aws:apigatewayv2/stage:Stage": Spelling(f"{API}Stage", {"name": "StageName"}, tags="map"),
    "aws:appautoscaling/policy:Policy": Spelling("AWS::ApplicationAutoScaling::ScalingPolicy", {"name": "PolicyName"}),
    "aws:appautoscaling/target:Target": Spelling("AWS::ApplicationAutoScaling::ScalableTarget", {"tags": ""}),
    "aws:cloudfront/distribution:Distribution": Spelling(
        "AWS::CloudFront::Distribution",
        {"isIpv6Enabled": "IPV6Enabled", "orderedCacheBehaviors": "CacheBehaviors"},
        inside="DistributionConfig",
    ),
    "aws:cloudfront/function:Function": Spelling("AWS::CloudFront::Function", {"code": "FunctionCode", "publish": ""}),
    "aws:cloudfront/originAccessControl:OriginAccessControl": Spelling(
        "AWS::CloudFront::OriginAccessControl", inside="OriginAccessControlConfig"
    ),
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": Spelling(
        "AWS::CloudFront::ResponseHeadersPolicy", inside="ResponseHeadersPolicyConfig"
    ),
    "aws:cloudfront/vpcOrigin:VpcOrigin": Spelling("AWS::CloudFront::VpcOrigin"),
    "aws:cloudwatch/dashboard:Dashboard": Spelling("AWS::CloudWatch::Dashboard"),
    "aws:cloudwatch/eventRule:EventRule": Spelling("AWS::Events::Rule"),
    "aws:cloudwatch/logGroup:LogGroup": Spelling("AWS::Logs::LogGroup", {"name": "LogGroupName"}),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Spelling(
        "AWS::CloudWatch::Alarm", {"name": "AlarmName", "okActions": "OKActions", "metricQueries": "Metrics"}
    ),
    "aws:dynamodb/table:Table": Spelling("AWS::DynamoDB::Table", {"name": "TableName"}),
    "aws:ec2/eip:Eip": Spelling(f"{EC2}EIP"),
    "aws:ec2/internetGateway:InternetGateway": Spelling(f"{EC2}InternetGateway", {"vpcId": ""}),
    "aws:ec2/natGateway:NatGateway": Spelling(f"{EC2}NatGateway"),
    "aws:ec2/route:Route": Spelling(f"{EC2}Route"),
    "aws:ec2/routeTable:RouteTable": Spelling(f"{EC2}RouteTable"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": Spelling(f"{EC2}SubnetRouteTableAssociation"),
    "aws:ec2/securityGroup:SecurityGroup": Spelling(
        f"{EC2}SecurityGroup",
        {
            "name": "GroupName",
            "description": "GroupDescription",
            "ingress": "SecurityGroupIngress",
            "egress": "SecurityGroupEgress",
        },
    ),
    "aws:ec2/subnet:Subnet": Spelling(f"{EC2}Subnet"),
    "aws:ec2/vpc:Vpc": Spelling(f"{EC2}VPC"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": Spelling(f"{EC2}VPCEndpoint"),
    "aws:ecr/repository:Repository": Spelling(
        "AWS::ECR::Repository", {"name": "RepositoryName", "forceDelete": "EmptyOnDelete"}
    ),
    "aws:ecs/cluster:Cluster": Spelling("AWS::ECS::Cluster", {"name": "ClusterName", "settings": "ClusterSettings"}),
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": Spelling(
        "AWS::ECS::ClusterCapacityProviderAssociations",
        {"clusterName": "Cluster", "defaultCapacityProviderStrategies": "DefaultCapacityProviderStrategy"},
    ),
    "aws:ecs/service:Service": Spelling(
        "AWS::ECS::Service",
        {
            "name": "ServiceName",
            "waitForSteadyState": "",
            "forceNewDeployment": "",
            "enableEcsManagedTags": "EnableECSManagedTags",
            "capacityProviderStrategies": "CapacityProviderStrategy",
        },
    ),
    "aws:ecs/taskDefinition:TaskDefinition": Spelling("AWS::ECS::TaskDefinition"),
    "aws:iam/role:Role": Spelling(
        "AWS::IAM::Role", {"name": "RoleName", "assumeRolePolicy": "AssumeRolePolicyDocument"}
    ),
    "aws:iam/rolePolicy:RolePolicy": Spelling(
        "AWS::IAM::RolePolicy", {"name": "PolicyName", "role": "RoleName", "policy": "PolicyDocument"}
    ),
    "aws:kms/key:Key": Spelling(
        "AWS::KMS::Key", {"policy": "KeyPolicy", "deletionWindowInDays": "PendingWindowInDays"}
    ),
    "aws:lambda/eventSourceMapping:EventSourceMapping": Spelling("AWS::Lambda::EventSourceMapping"),
    "aws:lambda/function:Function": Spelling("AWS::Lambda::Function", {"name": "FunctionName"}),
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": Spelling("AWS::Lambda::EventInvokeConfig"),
    "aws:lambda/permission:Permission": Spelling(
        "AWS::Lambda::Permission", {"function": "FunctionName", "statementId": ""}
    ),
    "aws:lb/listener:Listener": Spelling(f"{LB}Listener", {"tags": ""}),
    "aws:lb/loadBalancer:LoadBalancer": Spelling(f"{LB}LoadBalancer", {"loadBalancerType": "Type"}),
    "aws:lb/targetGroup:TargetGroup": Spelling(f"{LB}TargetGroup"),
    "aws:s3/bucket:Bucket": Spelling("AWS::S3::Bucket", {"bucket": "BucketName", "forceDestroy": ""}),
    "aws:s3/bucketPolicy:BucketPolicy": Spelling("AWS::S3::BucketPolicy", {"policy": "PolicyDocument"}),
    "aws:scheduler/schedule:Schedule": Spelling("AWS::Scheduler::Schedule"),
    "aws:scheduler/scheduleGroup:ScheduleGroup": Spelling("AWS::Scheduler::ScheduleGroup"),
    "aws:sns/topic:Topic": Spelling("AWS::SNS::Topic", {"name": "TopicName"}),
    "aws:sns/topicPolicy:TopicPolicy": Spelling("AWS::SNS::TopicPolicy", {"policy": "PolicyDocument"}),
    "aws:sns/topicSubscription:TopicSubscription": Spelling("AWS::SNS::Subscription", {"topic": "TopicArn"}),
    "aws:sqs/queue:Queue": Spelling(
        "AWS::SQS::Queue",
        {
            "name": "QueueName",
            "visibilityTimeoutSeconds": "VisibilityTimeout",
            "messageRetentionSeconds": "MessageRetentionPeriod",
            "maxMessageSize": "MaximumMessageSize",
            "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
            "kmsMasterKeyId": "KmsMasterKeyId",
        },
    ),
    "aws:sqs/queuePolicy:QueuePolicy": Spelling("AWS::SQS::QueuePolicy", {"policy": "PolicyDocument"}),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": Spelling(
        f"{EC2}SecurityGroupEgress",
        {**RULE, "referencedSecurityGroupId": "DestinationSecurityGroupId", "prefixListId": "DestinationPrefixListId"},
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": Spelling(
        f"{EC2}SecurityGroupIngress",
        {**RULE, "referencedSecurityGroupId": "SourceSecurityGroupId", "prefixListId": "SourcePrefixListId"},
    ),
}
