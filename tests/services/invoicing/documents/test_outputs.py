"""Every output of an invoice renders its own examples, always to the same bytes."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import pytest

from services.invoicing import documents

OUTPUTS = [
    importlib.import_module(f"{documents.__name__}.{module.name}")
    for module in pkgutil.iter_modules(documents.__path__)
    if module.name != "contents"
]


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_an_output_renders_its_examples_to_the_same_bytes_each_time(output: ModuleType) -> None:
    assert output.MEDIA_TYPE and output.EXAMPLES
    for example in output.EXAMPLES:
        assert output.render(example) == output.render(example)
