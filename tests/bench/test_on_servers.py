"""Every benchmark once, small, on servers that are started once for all of them: it runs to its end and counts exactly.

How fast they are is not a test's business: see bench/results.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import IO

import pytest
import pytest_asyncio

from bench import intake, lists, payments, rebuild, served_dunning
from bench.mixed_pipeline import compare_mixed
from bench.pipeline import compare
from bench.served_close import measure_served
from bench.servers import Sandbox, servers
from shared.embedded.process import Child
from tests.kit.nursery import BornChild
from tests.kit.stacks import QuickStack

pytestmark = [pytest.mark.servers, pytest.mark.slow]


class QuickChild(BornChild):
    """A service comes out of the nursery; what brings the load is started as in a benchmark."""

    def _spawn(self, output: IO[bytes]) -> subprocess.Popen[bytes]:
        return super()._spawn(output) if self.command[-1].startswith("services.") else Child._spawn(self, output)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with servers(kind=QuickChild) as running:
        yield running


async def test_intake_is_measured_of_what_the_log_has_exactly(sandbox: Sandbox) -> None:
    figures = (
        await intake.measure(records=2000, packets=500, seconds=1, warm_up=1, on=sandbox, stack=QuickStack)
    ).figures()
    assert figures["records_per_s"] > 0 and figures["radius_per_s"] > 0
    assert figures["p95_ms"] >= figures["p50_ms"] > 0


async def test_every_page_of_few_invoices_says_what_the_tables_hold(sandbox: Sandbox) -> None:
    figures = await lists.measure(invoices=3_000, requests=2, say=lambda line: None, on=sandbox)
    kinds = {kind.name for kind in lists.kinds(3_000, 100)}
    assert (set(figures["kinds"]), figures["requests"]) == (kinds, 2 * len(kinds))
    assert lists.sentence(figures).startswith("pages of 3,000 invoices: p50 ")


async def test_every_record_of_a_small_mixed_load_is_rated(sandbox: Sandbox) -> None:
    said: list[str] = []
    mixed = await compare_mixed(
        records=3000, per_message=10, lines=100, rounds=1, say=said.append, warm_up=False, on=sandbox
    )
    assert [line.split()[0] for line in said] == ["plain", "mixed"]
    assert [run.records for run in mixed.rounds[0]] == [3000, 3000]


async def test_every_account_of_a_small_book_closes_when_the_clock_steps_over_the_month(sandbox: Sandbox) -> None:
    said: list[str] = []
    figures = await measure_served(accounts=60, records=5, say=said.append, on=sandbox)
    assert (figures["accounts"], figures["charges"], figures["records"]) == (60, 120, 300)
    assert len(said) == 2 and json.dumps(figures)


async def test_all_pipelines_rate_every_record_of_a_small_load(sandbox: Sandbox) -> None:
    said: list[str] = []
    compared = await compare(records=3000, per_message=10, rounds=1, say=said.append, on=sandbox)
    assert [line.split()[0] for line in said] == ["bare", "columns", "product"]
    assert [run.records for run in compared.rounds[0].values()] == [3000, 3000, 3000]
    assert SimpleNamespace(**compared.figures()).per_message == 10


async def test_every_record_of_a_small_log_is_in_the_tables_that_are_shown(sandbox: Sandbox) -> None:
    said: list[str] = []
    rebuilt = await rebuild.measure(records=5_000, processes=2, say=said.append, on=sandbox)
    assert rebuilt.records == 5_000
    assert rebuilt.rss_mb_max > 50
    assert said[0] == "writing a log of 5,000 records of 1,000 lines"


async def test_every_payment_of_a_small_bank_file_is_allocated_once_r49(sandbox: Sandbox) -> None:
    said: list[str] = []
    found = await payments.measure(payments=300, replicas=1, say=said.append, warm_up=0, on=sandbox)
    assert found["payments"] == 300 and found["payments_per_s"] > 0 and found["keyed_payments_per_s"] > 0
    assert said[0] == "300 invoices are issued"


async def test_every_account_of_a_small_book_is_blocked_at_its_midnight(sandbox: Sandbox) -> None:
    found = await served_dunning.measure(accounts=100, replicas=1, say=lambda line: None, on=sandbox)
    assert (found["accounts"], found["replicas"]) == (100, 1)
    assert served_dunning.sentence(found).startswith("100 accounts reached the step that blocks in ")
