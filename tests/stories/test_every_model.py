"""Every price model through all five services: what a worked example costs in a quote is what its invoice line says.

June 2026 on real Kafka and Postgres, one customer a model, each on a plan of its own with that one price. The usage is
the worked example's records, sent over HTTP; its amount was worked out by hand or by who published it
(tests/services/rating/quote/worked_*.py), and so stands in the example and nowhere in here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

import pytest
import pytest_asyncio

from services.rating.pricing.engine.catalogue import CONTRACT_WORDS
from tests.kit.keys import make_key
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.kit.waiting import until
from tests.services.rating.quote import (
    worked_call_bands,
    worked_calls,
    worked_levels,
    worked_records,
    worked_time,
    worked_units,
)
from tests.services.rating.quote.worked import Worked
from tests.stories.operator import ADDRESS, Operator

pytestmark = pytest.mark.servers

JUNE: Final = {"frequency": "month", "anchor_day": 1, "time_zone": "UTC"}
METERS: Final = {
    "items": "sum",
    "amounts": "sum",
    "ports": "max",
    "mbit": "max",
    "servers": "level",
    "port.rate": "max",
}


class Sold(NamedTuple):
    """A worked example as somebody buys it; `stored`: what of its price is not written in it but named by id."""

    name: str
    example: Worked
    meter: str | None = "items"
    start: str = "2026-06-01"
    stored: dict[str, Any] = {}
    kind: str = "delta"

    @property
    def price(self) -> dict[str, Any]:
        meter = {"meter": self.meter} if self.meter else {}
        price: dict[str, Any] = self.example.body["price"] | self.stored | meter
        return price

    def records(self) -> list[dict[str, Any]]:
        """Its records as equipment sends them: each names its line and its meter, and began at some instant."""
        said = self.example.body.get("records")
        used = [{"quantity": self.example.body["quantity"]}] if said is None else said
        always = {"source": "olt-1", "resource": f"subscription:{self.name}", "kind": self.kind, "meter": self.meter}
        return [
            always | {"id": f"{self.name}-{n}", "started_at": f"2026-06-20T12:{n:02}:00Z"} | record
            for n, record in enumerate(used)
        ]


def worked(examples: Sequence[Worked], source: str) -> Worked:
    """The example of that source, by its first words."""
    [found] = [one for one in examples if one.source.startswith(source)]
    return found


UNITS, RECORDS, LEVELS = worked_units.EXAMPLES, worked_records.EXAMPLES, worked_levels.EXAMPLES
BANDS, CALLS, TIME = worked_call_bands.EXAMPLES, worked_calls.EXAMPLES, worked_time.EXAMPLES

USED: Final = (
    Sold("per-unit", worked(UNITS, "contract, the answer of a quote")),
    Sold("blocks", worked(UNITS, "R14: 61 are two started blocks")),
    Sold("graduated", worked(UNITS, "getlago.com, graduated")),
    Sold("graduated-fees", worked(UNITS, "R14, R15: 15.00 + fee")),
    Sold("volume", worked(UNITS, "getlago.com, volume")),
    Sold("package", worked(UNITS, "R14: 201 beyond the included")),
    Sold("modifiers", worked(UNITS, "by hand, in their order")),
    Sold("commitment", worked(UNITS, "R17: 15 of 30 days"), start="2026-06-16"),
    Sold("percentage", worked(RECORDS, "contract: two are free"), "amounts"),
    Sold("free-amount", worked(RECORDS, "contract, whichever is first: the amount"), "amounts"),
    Sold("graduated-percentage", worked(RECORDS, "getlago.com, graduated percentage: $205"), "amounts"),
    Sold("dynamic", worked(RECORDS, "getlago.com, dynamic")),
    Sold("matrix", worked(RECORDS, "by hand: 100 × 0.05")),
    Sold("capacity", worked(LEVELS, "contract: mbit, not named, is unbounded"), None),
    Sold("time-weighted", worked(LEVELS, "by hand: 10 for half of June"), "servers"),
    Sold("percentile", worked(LEVELS, "R36, R38: n = 20"), "port.rate", kind="sample"),
    Sold("directions", worked(LEVELS, "contract: sums of 110 and 120"), "port.rate", kind="sample"),
    Sold("calls", worked(BANDS, "R2: 0.172 twice"), "voice.seconds"),
    Sold("call-bands", worked(CALLS, "R21: 60 s at 0.06, 60 s at 0.12"), "voice.seconds"),
    Sold("destinations", worked(CALLS, "R19: 0.06, and 0.05 + 0.18"), "voice.seconds", stored={"rate_table": "world"}),
)
FOR_TIME: Final = (
    Sold("one-time", worked(TIME, "contract: charged once"), None),
    Sold("half-off", worked(TIME, "by hand: half off"), None),
    Sold("whole-month", worked(TIME, "by hand: a whole month"), None),
    Sold("last-day-counts", worked(TIME, "R7: to the 15th, which counts"), None),
)
IN_AUGUST: Final = Sold("part-month", worked(TIME, "R5: 14 days of a 31-day cycle"), None, start="2026-08-18")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def operator(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("models")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


def test_a_customer_of_every_model_is_in_the_story() -> None:
    assert {sold.price["model"] for sold in (*USED, *FOR_TIME)} == CONTRACT_WORDS


async def test_an_invoice_line_of_every_model_is_what_its_quote_says(operator: Operator) -> None:
    op = operator
    await open_catalogue(op)
    for sold in (*USED, *FOR_TIME, IN_AUGUST):
        await sell(op, sold)
    await sell_with_tax(op)

    await op.advance("2026-06-30T20:00:00Z")
    records = [record for sold in USED for record in sold.records()] + FOUR_ITEMS
    taken = await op.ask("POST", "/v1/usage/records", status=202, json=records)
    assert (taken["received"], taken["rejected"]) == (len(records), [])
    await until(lambda: op.get("/v1/usage/records", state="rated"), lambda found: found["total"] == len(records))

    await op.advance("2026-07-01T01:30:00Z")
    assert (await op.run_over({"cycle_id": "june"}, "2026-07-01"))["failed"] == 0
    for sold in (*USED, *FOR_TIME):
        await invoiced_as_quoted(op, sold, "2026-07-01")

    await invoiced_with_tax(op)

    # A part of a month: 14 of August's 31 days.
    await op.advance("2026-09-01T01:30:00Z")
    await op.run_over({"account_ids": [IN_AUGUST.name]}, "2026-09-01")
    await invoiced_as_quoted(op, IN_AUGUST, "2026-09-01")
    await op.check_documents(len(USED) + len(FOR_TIME) + 1, at_least=True)


async def open_catalogue(op: Operator) -> None:
    await op.ask("PUT", "/v1/clock", json={"now": "2026-06-01T00:00:00Z"})
    await op.create("/v1/billing-cycles", {"id": "june", "name": "June", **JUNE})
    for meter, aggregation in METERS.items():
        await op.create("/v1/meters", {"id": meter, "name": meter, "unit": meter, "aggregation": aggregation})
    await op.create("/v1/rate-tables", {"id": "world", "name": "World", "currency": "EUR"})
    rates = {"rates": worked_calls.TABLE["rate_table"]}
    await op.create("/v1/rate-tables/world/versions?effective_from=2026-06-01", rates)


async def sell(op: Operator, sold: Sold) -> None:
    """A plan with that one price, published, and a customer who takes it."""
    await op.create("/v1/plans", {"id": sold.name, "name": sold.name, "currency": "EUR", "prices": [sold.price]})
    await op.ask("POST", f"/v1/plans/{sold.name}/versions/1/publish", json={"effective_from": "2026-06-01"})
    account = {"id": sold.name, "name": sold.name, "currency": "EUR", "cycle_id": "june", "tax_rate": "20"}
    await op.create("/v1/accounts", account | {"address": ADDRESS})
    end = {"end": sold.example.body["end"]} if sold.example.body.get("end") else {}
    subscription = {"id": sold.name, "account_id": sold.name, "plan_id": sold.name, "start": sold.start, **end}
    await op.create("/v1/subscriptions", subscription)


FOUR_ITEMS: Final = [
    {
        **{"id": "with-tax-1", "source": "olt-1", "resource": "subscription:with-tax", "kind": "delta"},
        **{"meter": "items", "started_at": "2026-06-20T12:00:00Z", "quantity": "4"},
    }
]


async def sell_with_tax(op: Operator) -> None:
    """9.90 a month and 0.50 an item, as the customer pays them."""
    monthly = {"model": "flat", "amount": "9.90", "interval": "month", "bill": "arrears"}
    prices = [monthly, {"model": "per_unit", "meter": "items", "unit_price": "0.50"}]
    plan = {"id": "with-tax", "name": "With tax", "currency": "EUR", "prices": prices, "prices_include_tax": True}
    await op.create("/v1/plans", plan)
    await op.ask("POST", "/v1/plans/with-tax/versions/1/publish", json={"effective_from": "2026-06-01"})
    account = {"id": "with-tax", "name": "With tax", "currency": "EUR", "cycle_id": "june", "tax_rate": "20"}
    await op.create("/v1/accounts", account | {"address": ADDRESS})
    line = {"id": "with-tax", "account_id": "with-tax", "plan_id": "with-tax", "start": "2026-06-01"}
    await op.create("/v1/subscriptions", line)


async def invoiced_with_tax(op: Operator) -> None:
    """By hand (R42): 9.90 + 2.00 = 11.90, of which 11.90 / 1.2 = 9.92 is net and 1.98 tax; the first line has 8.25."""
    [invoice] = await op.until("/v1/invoices", 1, status="issued", account_id="with-tax")
    document = await op.get(f"/v1/invoices/{invoice['id']}")
    assert [document[name]["amount"] for name in ("net", "tax", "total")] == ["9.92", "1.98", "11.90"]
    lines = [(line["gross"]["amount"], line["net"]["amount"]) for line in document["lines"]]
    assert lines == [("9.90", "8.25"), ("2.00", "1.67")]
    usage = document["lines"][1]
    body = {"reason": "goodwill", "lines": [{"n": usage["n"]}]}
    note = await op.create(f"/v1/invoices/{invoice['id']}/credit-notes", body)
    assert (note["total"]["amount"], note["net"]["amount"]) == ("2.00", "1.67")


async def invoiced_as_quoted(op: Operator, sold: Sold, period_end: str) -> None:
    """The lines of the period that ends then: as many as the quote's, with its amounts, each explained by its steps."""
    body = sold.example.body
    quote = await op.ask("POST", "/v1/pricing/quotes", json=body | {"price": body["price"] | sold.stored})
    [invoice] = await op.until("/v1/invoices", 1, status="issued", account_id=sold.name)
    document = await op.get(f"/v1/invoices/{invoice['id']}")
    lines = [line for line in document["lines"] if line["period"]["start"] < period_end]
    explained = [await op.get(f"/v1/invoices/{invoice['id']}/lines/{line['n']}/explain") for line in lines]
    assert quote["amount"]["amount"] == sold.example.amount, sold.name
    assert sum(Decimal(line["net"]["amount"]) for line in lines) == Decimal(sold.example.amount), (sold.name, lines)
    # Charges of one price stand in the order of their kinds.
    quoted = sorted(quote["lines"], key=lambda line: str(line["kind"]))
    assert [line["net"]["amount"] for line in lines] == [line["amount"] for line in quoted], sold.name
    for told, expected in zip(explained, quoted, strict=True):
        assert sum(Decimal(step["amount"]) for step in told["steps"]) == Decimal(told["unrounded"]), (sold.name, told)
        assert [costs(step) for step in told["steps"]] == [costs(step) for step in expected["steps"]], sold.name


def costs(step: dict[str, Any]) -> tuple[Any, ...]:
    return (step["tier"], Decimal(step["quantity"]), Decimal(step["unit_price"]), Decimal(step["amount"]))
