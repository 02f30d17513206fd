"""Reads the configuration of a stack, once, and names every fault."""

import dataclasses
from collections.abc import Iterable
from typing import Any

import pulumi

from components.configuration import consistency, ranges, set_keys
from components.configuration.errors import ConfigurationError
from components.configuration.fields import Rule, key
from components.configuration.settings import Settings

RANGES = ("pacs_api_allowed_cidrs",)


def readable(config: pulumi.Config) -> list[str]:
    """Return a warning for each secret that is in the stack's file as it is."""
    secrets = [key(field.name) for field in dataclasses.fields(Settings) if field.metadata["rule"].hidden]
    return [
        f"{config.name}:{name} can be read in Pulumi.{pulumi.get_stack()}.yaml: set it anew with `pulumi config set "
        f"--secret {config.name}:{name}`, and have who issued it issue another."
        for name in secrets
        if config.get(name) and not pulumi.runtime.is_config_secret(f"{config.name}:{name}")
    ]


def load(config: pulumi.Config, images: Iterable[str] = ()) -> Settings:
    """Read the stack's configuration; raise ConfigurationError with every fault.

    `images` are the names of the container images that must be configured if they are prebuilt.
    """
    values, faults = read(config, images)
    if faults:
        raise ConfigurationError(faults)
    return Settings(**values)


def read(config: pulumi.Config, images: Iterable[str] = ()) -> tuple[dict[str, Any], list[str]]:
    """Return the values that could be read, by field, and every fault of the configuration."""
    values: dict[str, Any] = {}
    set_, fields = set_keys.configured(), dataclasses.fields(Settings)
    faults = set_keys.unknown(config.name, set_, [key(field.name) for field in fields])
    unfilled = set_keys.unfilled(set_, config.name)
    for field in fields:
        rule: Rule = field.metadata["rule"]
        raw, name = config.get(key(field.name)), f"{config.name}:{key(field.name)}"
        try:
            if raw is None:
                raise ValueError
            if name not in unfilled:
                values[field.name] = rule.read(raw)
        except (ValueError, KeyError, RecursionError):
            hidden = rule.hidden or pulumi.runtime.is_config_secret(name)
            shown = "nothing" if raw is None else "hidden" if hidden else repr(raw)
            faults.append(f"{name} is {shown}; it must be {rule.allowed}.")
    faults += unfilled.values()
    for field in RANGES:
        faults += ranges.faults(config.name, field, values.get(field, ()))
    return values, [*faults, *consistency.faults(config.name, values, pulumi.get_stack(), images)]
