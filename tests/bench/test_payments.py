"""The benchmark of payments counts exactly, and says what its figures are of."""

from __future__ import annotations

import msgspec
import pytest

from bench.payments import Paid, figures, measure, sentence


def test_figures_are_payments_a_second_with_and_without_keys() -> None:
    plain = Paid(payments=20_000, seconds=5.0, cpu_s={"payments": 4.0, "kafka": 0.02})
    found = figures(plain, Paid(payments=20_000, seconds=10.0, cpu_s={"payments": 8.0}), replicas=2)
    assert (found["payments_per_s"], found["keyed_payments_per_s"]) == (4_000, 2_000)
    assert found["cpu_us_per_payment"] == {"payments": 200.0}
    assert sentence(found).startswith("20,000 payments recorded and allocated in 5.0 s (4,000 a second)")
    assert msgspec.json.encode(found)


@pytest.mark.servers
@pytest.mark.slow
async def test_every_payment_of_a_small_bank_file_is_allocated_once_r49() -> None:
    said: list[str] = []
    found = await measure(payments=1_000, replicas=1, say=said.append)
    assert found["payments"] == 1_000 and found["payments_per_s"] > 0 and found["keyed_payments_per_s"] > 0
    assert said[0] == "1,000 invoices are issued"
