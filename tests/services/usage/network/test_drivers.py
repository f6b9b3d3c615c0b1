"""What the files of the folder say of themselves is true: each driver's examples, run by one test for all."""

from __future__ import annotations

import pytest

from services.usage.network import drivers
from services.usage.network.contract import CannotTell, Example

EXAMPLES = [(name, example) for name, each in drivers().items() for example in each.examples]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_the_examples_of_each_driver_are_true(name: str, example: Example) -> None:
    driver = drivers()[name]
    assert example.vendor in driver.vendors
    if example.requests is None:
        with pytest.raises(CannotTell):
            driver.render(example.wanted, example.line, example.vendor)
    else:
        assert tuple(driver.render(example.wanted, example.line, example.vendor)) == example.requests


def test_every_driver_shows_each_vendor_that_it_knows() -> None:
    assert set(drivers()) == {"radius_coa", "radius_sql", "shaped_devices", "simulated", "webhook"}
    for name, driver in drivers().items():
        assert {e.vendor for n, e in EXAMPLES if n == name} == driver.vendors, name
