"""Reads the installed algorithms and the stack's configuration, and refuses a stack that cannot be deployed."""

import pulumi

from algorithms.registry import Registry, RegistryError, load_registry
from components.configuration.config import read, readable
from components.configuration.errors import ConfigurationError
from components.configuration.settings import Settings
from components.parts import limits
from components.parts.names import image_names
from components.preflight import account, capacity, stack_name, weights
from components.preflight.place import look

# The keys with which a queue subscribes to each distribution's topic beside the results queues.
SUBSCRIBERS = {"callback_hosts": "callbacks", "otlp_endpoint": "traces"}


def checked(config: pulumi.Config, platform: str) -> tuple[Registry, Settings]:
    """Return both; raise ConfigurationError with every fault. `platform` is our own distribution."""
    faults: list[str] = []
    registry = Registry(())
    try:
        registry = load_registry()
    except RegistryError as error:
        faults += [f"{fault}; repair or uninstall it." for fault in error.faults]
    values, wrong = read(config, image_names(registry.distributions, platform))
    faults += [*wrong, *stack_name.faults(pulumi.get_project(), pulumi.get_stack())]
    beside = [what for field, what in SUBSCRIBERS.items() if values.get(field)]
    faults += limits.faults(registry.distributions, beside=beside) + weights.faults(registry.values())
    try:
        faults += account.faults(config.name, values, look(values))
    except Exception:
        if not faults:  # otherwise the faults say more: without credentials AWS answers nothing
            raise
    faults += capacity.ages(config.name, registry.values(), values)
    if faults:
        raise ConfigurationError(faults)
    settings = Settings(**values)
    declared = [each.algorithm.resources for each in registry.values()]
    for warning in (
        *limits.warnings(registry.distributions, settings.result_shards),
        *capacity.vcpus(declared, settings.pacs_api_tasks),
        *capacity.unreserved(config.name, settings.lambda_concurrency),
        *readable(config),
    ):
        pulumi.warn(warning)
    return registry, settings
