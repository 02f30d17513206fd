"""How much there is of what the program makes, as far as the bill of a stack counts it, too."""

# Memory of a function. A poll mostly waits and is billed by its memory, of which it uses less than half.
FUNCTION_MIB, POLL_MIB = 512, 256
PACS_VCPU, PACS_MIB = 0.5, 2048
# The AWS services that a task must reach even in a subnet without a way out: an interface endpoint each.
INTERFACES = ("sqs", "sns", "ecr.api", "ecr.dkr", "ecs", "logs")
# CloudWatch draws 500 lines in one graph and 2,500 on one dashboard; an algorithm has three in a graph, eight in all. A
# hundred algorithms can still be told apart.
ALGORITHMS_PER_DASHBOARD = 100
