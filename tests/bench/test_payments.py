"""The benchmark of payments says what its figures are of."""

from __future__ import annotations

import msgspec

from bench.payments import Paid, figures, sentence


def test_figures_are_payments_a_second_with_and_without_keys() -> None:
    plain = Paid(payments=20_000, seconds=5.0, cpu_s={"payments": 4.0, "kafka": 0.02})
    found = figures(plain, Paid(payments=20_000, seconds=10.0, cpu_s={"payments": 8.0}), replicas=2)
    assert (found["payments_per_s"], found["keyed_payments_per_s"]) == (4_000, 2_000)
    assert found["cpu_us_per_payment"] == {"payments": 200.0}
    assert sentence(found).startswith("20,000 payments recorded and allocated in 5.0 s (4,000 a second)")
    assert msgspec.json.encode(found)
