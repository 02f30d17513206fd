"""Whoever reads the page in Italian reads every algorithm of the collection in Italian."""

import pytest

from algorithms.ports.inputs import inputs_of
from algorithms.ports.outputs import outputs_of
from algorithms.registry import Registered
from tests.collection.declarations import declared

PLUGINS = declared()


@pytest.mark.parametrize("plugin", PLUGINS.values(), ids=PLUGINS)
def test_each_text_is_there(plugin: Registered) -> None:
    algorithm, parameters = plugin.algorithm, plugin.schema["properties"]
    italian, outputs = algorithm.translations["it"], outputs_of(algorithm.run)
    described = {*parameters, *(port.name for port in (*inputs_of(algorithm.run), *(outputs.ports if outputs else ())))}
    assert italian.summary
    assert set(italian.descriptions) == described
    assert set(parameters) <= set(italian.names)
    chosen = {name: {str(each) for each in schema["enum"]} for name, schema in parameters.items() if "enum" in schema}
    assert {name: set(texts) for name, texts in italian.choices.items()} == chosen
