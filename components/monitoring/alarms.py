"""The alarms that tell an operator what is wrong, and the one topic that they use.

Each alarm watches one metric as AWS or the stack reports it: an expression that fills gaps would see zero if a value is
only late. tests/components/evaluation.py models how CloudWatch evaluates them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from algorithms.scaling import late_after
from components.algorithm.algorithm_service import AlgorithmService
from components.encryption import Encryption
from components.functions.callbacks import Callbacks
from components.functions.handler_function import HandlerFunction
from components.pacs.pacs_api import PacsApi
from components.parts.metric_alarms import MetricAlarms
from components.parts.metrics import Series, function, namespace, queue, scaler, sweeper
from components.parts.names import logical_name
from components.processing_api import ProcessingApi
from components.results.results_fanout import ResultsFanout
from runtime.contracts.variables import handler_names

# An alarm begins if so many of the last minutes are wrong: (how many, of how many). One is enough for rare events. SQS
# reports on a queue that was idle up to a quarter of an hour late. A first task takes a minute or two to start, and a
# deployment replaces tasks for some minutes.
ONCE = (1, 5)
ONCE_LATE = (1, 15)
LASTING = (5, 10)
SILENT = (5, 5)
UNHEALTHY = (15, 15)
# Share of the clients' places on the results topics.
PLACES_PERCENT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmsArgs:
    """Arguments of Alarms."""

    api: ProcessingApi
    """The processing API, its functions, the services that it sends jobs to and what scales them."""
    pacs: PacsApi
    """The PACS API."""
    fanout: ResultsFanout
    """The results topics, and the queue of results that SNS could not deliver."""
    encryption: Encryption
    """How the topic is encrypted."""
    email: str = ""
    """The mail address for alarms; its owner must confirm it once."""


class Alarms(pulumi.ComponentResource):
    """Dead letters, late jobs, services without their tasks, failing functions, errors that callers see."""

    topic: aws.sns.Topic

    def __init__(self, name: str, args: AlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Alarms", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.topic = aws.sns.Topic(name, opts=child, **args.encryption.of_alarm_topic())
        self._metrics = MetricAlarms(topic=self.topic, parent=self)
        if args.email:
            aws.sns.TopicSubscription(
                f"{name}-email", topic=self.topic.arn, protocol="email", endpoint=args.email, opts=child
            )
        for algorithm, each in args.api.services.items():
            self._of_algorithm(logical_name(algorithm), each)
        self._of_deliveries(args.fanout)
        self._of_scaler()
        self._of_sweeper()
        if args.api.callbacks:
            self._of_callbacks(args.api.callbacks)
        functions = {handler_names.SCALER: args.api.scaler.function, handler_names.SWEEPER: args.api.sweeper.function}
        self._of_functions({**args.api.functions, **functions})
        self._of_apis(args)
        self.register_outputs({"topicArn": self.topic.arn})

    def _of_algorithm(self, base: str, service: AlgorithmService) -> None:
        # The handler deletes a dead letter within seconds, and SQS does not count a message that it moves as sent:
        # only the number of messages received shows it.
        dead = queue(service.queues.dead_letters.name, "NumberOfMessagesReceived", "Sum")
        description = f"A job of {base} could not be processed after several attempts; its client was told."
        self._metrics.above(f"{base}-dead-letters", dead, 0, ONCE_LATE, description)
        limit = math.ceil(late_after(service.algorithm.resources))
        for name, requests, jobs in (
            (f"{base}-late", service.queues.requests, f"Jobs of {base}"),
            (f"{base}-overflow-late", service.queues.overflow, f"Jobs of {base} beyond their clients' shares"),
        ):
            age = queue(requests.name, "ApproximateAgeOfOldestMessage", "Maximum")
            self._metrics.above(name, age, limit, LASTING, f"{jobs} are later than {limit} s.")

    def _of_deliveries(self, fanout: ResultsFanout) -> None:
        lost = queue(fanout.undelivered.name, "ApproximateNumberOfMessagesVisible", "Maximum")
        waiting = "SNS could not deliver results to a client's queue; they wait in the queue of undelivered results."
        self._metrics.above("results-undelivered", lost, 0, ONCE_LATE, waiting)

    def _of_callbacks(self, callbacks: Callbacks) -> None:
        dead = Series(namespace(), "DeadCallbacks", {"Function": handler_names.CALLBACKS})
        given_up = "A receiver took no callback for a day; the log of the function callbacks says why."
        self._metrics.above("callbacks-dead", dead, 0, ONCE, given_up)
        age = queue(callbacks.queue.name, "ApproximateAgeOfOldestMessage", "Maximum")
        # a callback is dead at 24 hours, by a try that may come an hour and a quarter later
        self._metrics.above("callbacks-stuck", age, 26 * 3600, ONCE_LATE, "Callbacks are neither delivered nor dead.")
        errors = function(callbacks.function.function.name, "Errors")
        self._metrics.above("callbacks-errors", errors, 0, ONCE, "The function callbacks failed.")

    def _of_scaler(self) -> None:
        few = "A service has had fewer tasks than it should for 15 minutes; the scaler's log names it."
        self._metrics.above("services-unsteady", scaler("Maximum"), 0, ONCE, few)
        silent = "The scaler does not run: no service gains or loses a task."
        self._metrics.below("scaler-silent", scaler("SampleCount"), 1, SILENT, silent)

    def _of_sweeper(self) -> None:
        lying = "Jobs had been left lying and were sent again, ended or told; the sweeper's log names them."
        self._metrics.above("jobs-mended", sweeper("MendedJobs", "Maximum"), 0, ONCE, lying)
        silent = "Nobody looks after jobs that were left lying: not every job ends."
        self._metrics.below("sweeper-silent", sweeper("MendedJobs", "SampleCount"), 1, SILENT, silent)
        full = f"Clients have taken more than {PLACES_PERCENT} % of their places; raise resultShards."
        self._metrics.above("client-places", sweeper("ClientPlacesUsed", "Maximum"), PLACES_PERCENT, ONCE, full)

    def _of_functions(self, functions: Mapping[str, HandlerFunction]) -> None:
        for handler, each in functions.items():
            errors = function(each.function.name, "Errors")
            self._metrics.above(
                f"{handler.replace('_', '-')}-errors", errors, 0, ONCE, f"The function {handler} failed."
            )

    def _of_apis(self, args: AlarmsArgs) -> None:
        answers = Series("AWS/ApiGateway", "5xx", {"ApiId": args.api.api.id})
        self._metrics.above("processing-api-5xx", answers, 0, ONCE, "The processing API answered 5xx.")
        balancer = {"LoadBalancer": args.pacs.balancer.arn_suffix}
        group = {"TargetGroup": args.pacs.balancer.balancer.default_target_group.apply(lambda group: group.arn_suffix)}
        own = Series("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", balancer)
        self._metrics.above("pacs-api-balancer-5xx", own, 0, ONCE, "The PACS API's load balancer answered 5xx.")
        tasks = Series("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", balancer)
        self._metrics.above("pacs-api-5xx", tasks, 0, ONCE, "The PACS API answered 5xx.")
        healthy = Series("AWS/ApplicationELB", "HealthyHostCount", {**balancer, **group}, "Minimum")
        few = "The PACS API has had fewer tasks than it should for 15 minutes."
        self._metrics.below("pacs-api-unsteady", healthy, args.pacs.tasks, UNHEALTHY, few)
