"""Quantities of 18 digits before the point go from a usage record to the invoice to the last digit (R1).

Every message and document on the way is written and read as in the log and the tables.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.invoicing import events as invoicing_events
from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.documents.paper.writing import written
from services.invoicing.invoice.messages import DraftLineAdded, InvoiceLine
from services.invoicing.invoice.shapes import line_shape
from services.rating import events as rating_events
from services.rating.period.messages import ChargeFixed
from services.rating.rated_usage.messages import RatedSum, RatedSums, UsageRated
from services.rating.rated_usage.state import UsageSum
from services.usage import events as usage_events
from services.usage.commands import COMMANDS
from services.usage.events import GUIDED
from services.usage.record.messages import GuidedUsage
from services.usage.resource.messages import ResourceAssigned
from shared.kernel.decimals import EXACT
from shared.kernel.message import Catalogue, Message, encode
from shared.kernel.money import format_micro, micro_decimal, quantity_micro
from tests.kit.decider import Specification
from tests.services.invoicing.story import charge, closed, invoicing, opened, subscribed, tell
from tests.services.rating.world import account as rating_account
from tests.services.rating.world import at, close, cycle, rating, subscription
from tests.services.rating.world import plan as rating_plan
from tests.services.usage.story import MAC, command, partition, record

LARGEST = "999999999999999999.999999"
# A price of nothing over any quantity keeps the amount small, so that only the quantity is long.
PRICE = {"model": "per_unit", "unit_price": "0.000000000001", "meter": "data.octets"}
M = TypeVar("M", bound=Message)

quantities = st.builds(
    lambda whole, decimals: f"{whole}.{decimals:06}", st.integers(0, 10**18 - 1), st.integers(0, 999_999)
)


def through_the_log(names: Catalogue[Any], message: M) -> M:
    found: M = names.decode(names.name_of(message), encode(message))
    assert found == message
    return found


def stored(document: msgspec.Struct) -> None:
    """A document is kept as JSON between batches."""
    assert msgspec.json.decode(msgspec.json.encode(document), type=type(document)) == document


def guided(reported: list[str]) -> GuidedUsage:
    """What usage sends to rating for a line that reported these quantities."""
    story = partition(now=at("2026-09-30 12:00")).given(
        ResourceAssigned(
            resource_id=MAC, account_id="acc-1", subscription_id="sub-1", valid_from=at("2026-09-01 00:00")
        )
    )
    sent = command(*(record(id=f"r{n}", quantity=q, started_at="2026-09-05T10:00:00Z") for n, q in enumerate(reported)))
    story.when(through_the_log(COMMANDS, sent))
    for event in story.events:
        through_the_log(usage_events.EVENTS, event)
    (send,) = story.sends
    assert isinstance(send.message, GuidedUsage)
    return through_the_log(GUIDED, msgspec.structs.replace(send.message, source=2, n=1))


def charged(story: Specification) -> ChargeFixed:
    """The charge for September, of whatever was rated in it."""
    sums = story.get(UsageSum, "sub-1")
    assert sums is not None
    stored(sums)
    close(story)
    (fixed,) = [event for event in story.events if isinstance(event, ChargeFixed)]
    return through_the_log(rating_events.EVENTS, fixed)


def customer() -> Specification:
    return rating(cycle(), *rating_plan(PRICE), rating_account(), subscription())


def invoiced(fixed: ChargeFixed) -> InvoiceLine:
    """The line of the draft that this charge becomes."""
    story = tell(invoicing(), opened(), subscribed())
    mine = msgspec.structs.replace(charge(1, "0.00"), quantity=fixed.quantity, amount=fixed.amount, steps=fixed.steps)
    lines = []
    for fact in (mine, closed(1, str(fixed.amount))):
        tell(story, fact)
        lines += [e.line for e in story.events if isinstance(e, DraftLineAdded)]
        for event in story.events:
            through_the_log(invoicing_events.EVENTS, event)
    (line,) = lines
    return line


def shown_in_pdf(line: InvoiceLine) -> str:
    contents: InvoiceContents = msgspec.structs.replace(EXAMPLES[0], lines=[line])
    quantity: str = written(contents)["lines"][0]["quantity"]
    return quantity.replace(",", "")


def assert_exact_to_the_invoice(fixed: ChargeFixed, micro: int) -> None:
    assert fixed.quantity == micro_decimal(micro)
    line = invoiced(fixed)
    assert line.quantity == fixed.quantity
    assert line_shape(line, "EUR")["quantity"] == format_micro(micro)
    assert shown_in_pdf(line) == format_micro(micro)


@settings(max_examples=60)
@given(st.lists(quantities, min_size=1, max_size=8))
def test_what_was_reported_is_what_the_invoice_says(reported: list[str]) -> None:
    story = customer()
    story.when_event(guided(reported))
    for event in story.events:
        through_the_log(rating_events.EVENTS, event)
    assert_exact_to_the_invoice(charged(story), sum(map(quantity_micro, reported)))


def test_the_largest_record_is_kept() -> None:
    story = customer()
    story.when_event(guided([LARGEST]))
    assert_exact_to_the_invoice(charged(story), 10**24 - 1)


@pytest.mark.parametrize("records", [1, 10, 10_000, 100_000, 1_000_000])
def test_a_period_of_many_largest_records_adds_up(records: int) -> None:
    """From 10,000 of them on the sum has more digits than Python's default decimal context keeps (28)."""
    micro = records * (10**24 - 1) - 1  # ends in a 9, so that no digit of it is spare
    added = RatedSum(
        "acc-1", "sub-1", "data.octets", "fiber", 1, date(2026, 9, 1), date(2026, 9, 5), micro, list(range(3))
    )
    story = customer().given(UsageRated(source=2, n=1, usage_seq=1, sums=RatedSums.of([added])))
    fixed = charged(story)
    assert_exact_to_the_invoice(fixed, micro)
    assert fixed.unrounded == EXACT.multiply(Decimal(format_micro(micro)), Decimal("0.000000000001"))
