"""An invoice as it was: what its page said at an instant, and what was open on a day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.reporting.audit.payloads import LogOffset, Payloads
from shared.kernel.message import Event, encode
from tests.services.reporting.corrections import credit_spent, credit_taken, credited, voided, withdrawn
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    account_opened,
    allocated,
    drafted,
    issued,
    line,
    locked,
    paid,
    profile_opened,
    receivable,
)

pytestmark = pytest.mark.servers

BEGIN = datetime(2026, 10, 1, 6, tzinfo=UTC)


@pytest.fixture
def log(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log, as far as the stage was told it."""

    async def read(_: Payloads, places: Sequence[LogOffset]) -> dict[LogOffset, Any]:
        told = {LogOffset(topic, p, applied.offset): applied.event for topic, p, applied in stage.told}
        return {place: msgspec.json.decode(encode(told[place])) for place in places}

    monkeypatch.setattr(Payloads, "read", read)


async def play(stage: Stage, *steps: tuple[str, tuple[Event, ...]]) -> list[tuple[datetime, dict[str, Any]]]:
    """Let an hour pass before each step, and read the page after it."""
    pages = []
    stage.clock.at = BEGIN - timedelta(hours=1)
    await stage.tell("rating.events", account_opened())
    await stage.tell("invoicing.events", profile_opened())
    for n, (topic, events) in enumerate(steps):
        stage.clock.at = BEGIN + timedelta(hours=n)
        await stage.tell(topic, *events)
        answer = await stage.get("/v1/invoices/inv-1")
        if answer.status_code == 200:
            pages.append((stage.clock.at, answer.json()))
    return pages


def without_actions(page: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in page.items() if name not in ("allowed_actions", "as_of", "known_at")}


LIFE: tuple[tuple[str, tuple[Event, ...]], ...] = (
    ("invoicing.events", drafted(lines=(line(1, "10.00"), line(2, "2.40", charge="ch-2")))),
    ("invoicing.events", (locked(),)),
    ("invoicing.events", (issued(lines=(line(1, "10.00"), line(2, "2.40", charge="ch-2"))),)),
    ("payments.events", (receivable(),)),
    ("payments.events", (paid(), allocated())),
    ("payments.events", (paid("pay-2", "4.88"), allocated("pay-2", amount="4.88", open_="0.00"))),
    ("invoicing.events", credited()),
    ("payments.events", (credit_taken(applied="0.00"),)),
)


@pytest.mark.usefixtures("log")
async def test_what_was_known_is_what_the_page_said_then(stage: Stage) -> None:
    """The log up to a moment, read then, is `known_at` of that moment, read at the end."""
    pages = await play(stage, *LIFE)
    assert len(pages) == len(LIFE)
    stage.clock.at = BEGIN + timedelta(days=30)
    for at, page in pages:
        then = await stage.read("/v1/invoices/inv-1", known_at=at.isoformat().replace("+00:00", "Z"))
        assert without_actions(then) == without_actions(page), at
        assert not any(action["allowed"] for action in then["allowed_actions"])


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("seed", range(6))
async def test_whatever_becomes_of_it_what_was_known_is_what_the_page_said_then(stage: Stage, seed: int) -> None:
    """Payments of random amounts and days, entered in any order, with pauses in which nothing happens."""
    chance = random.Random(seed)
    open_, steps = Decimal("14.88"), list(LIFE[:4])
    for n in range(chance.randrange(1, 7)):
        amount = min(open_, Decimal(chance.randrange(1, 900)) / 100)
        if not amount:
            break
        open_ -= amount
        came = date(2026, 10, 1) + timedelta(days=chance.randrange(0, 11))
        money = msgspec.structs.replace(paid(f"pay-{n}", str(amount)), received_on=came)
        steps.append(("payments.events", (money, allocated(f"pay-{n}", amount=str(amount), open_=str(open_)))))
    if chance.random() < 0.5:
        steps.append(("invoicing.events", credited(anew=None)))
        steps.append(("payments.events", (credit_taken(applied=str(open_), open_="0.00"),)))
    pages = await play(stage, *steps)
    stage.clock.at = BEGIN + timedelta(days=30)
    for at, page in pages:
        for later in (timedelta(0), timedelta(minutes=chance.randrange(60))):
            then = await stage.read("/v1/invoices/inv-1", known_at=(at + later).isoformat().replace("+00:00", "Z"))
            assert without_actions(then) == without_actions(page), at


async def test_what_was_made_void_was_owed_before(stage: Stage) -> None:
    await play(
        stage,
        *LIFE[:4],
        ("invoicing.events", voided("inv-1")),
        ("payments.events", (withdrawn("inv-1"),)),
    )
    stage.clock.at = BEGIN + timedelta(days=30)
    now = await stage.read("/v1/invoices/inv-1")
    before = await stage.read("/v1/invoices/inv-1", as_of="2026-10-09")
    after = await stage.read("/v1/invoices/inv-1", as_of="2026-10-10")
    known = await stage.read("/v1/invoices/inv-1", as_of="2026-10-10", known_at="2026-10-01T09:30:00Z")
    assert [(page["status"], page["due"]["amount"], page["voided_on"]) for page in (now, before, after, known)] == [
        ("void", "0.00", "2026-10-10"),
        ("issued", "14.88", None),
        ("void", "0.00", "2026-10-10"),
        ("issued", "14.88", None),
    ]


async def test_a_payment_counts_from_its_day_and_is_known_since_it_was_entered(stage: Stage) -> None:
    """10.00 of 7 October, entered on the 20th: worked out by hand."""
    await play(stage, *LIFE[:4])
    entered = datetime(2026, 10, 20, 9, tzinfo=UTC)
    money = msgspec.structs.replace(paid(), received_on=date(2026, 10, 7))
    await stage.tell("payments.events", money, allocated(), at=entered)
    stage.clock.at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    table = [
        ({"as_of": "2026-10-06"}, "14.88", 0),
        ({"as_of": "2026-10-07"}, "4.88", 0),
        ({"as_of": "2026-10-07", "known_at": "2026-10-19T00:00:00Z"}, "14.88", 0),
        ({"as_of": "2026-10-07", "known_at": "2026-10-20T09:00:00Z"}, "4.88", 0),
        ({"as_of": "2026-10-18"}, "4.88", 3),
        ({"known_at": "2026-10-18T12:00:00Z"}, "14.88", 3),
        ({"known_at": "2026-10-21T12:00:00Z"}, "4.88", 6),
    ]
    for asked, due, overdue in table:
        page = await stage.read("/v1/invoices/inv-1", **asked)
        assert (page["due"]["amount"], page["days_overdue"]) == (due, overdue), asked
        assert {name: page[name] for name in asked} == asked


async def test_credit_of_another_invoice_counts_too(stage: Stage) -> None:
    await play(stage, *LIFE[:4])
    stage.clock.at = datetime(2026, 10, 9, 9, tzinfo=UTC)
    await stage.tell("payments.events", credit_taken("cn-1", "inv-9"), credit_spent("cn-1", "inv-1"))
    stage.clock.at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    pages = [await stage.read("/v1/invoices/inv-1", as_of=day) for day in ("2026-10-08", "2026-10-09")]
    assert [(page["paid"]["amount"], len(page["credits"])) for page in pages] == [("0.00", 0), ("4.88", 1)]


@pytest.mark.parametrize(
    ("query", "status", "code", "pointer"),
    [
        ({"as_of": "2026-10-13"}, 422, "in_future", "/as_of"),
        ({"known_at": "2026-10-12T08:00:01Z"}, 422, "in_future", "/known_at"),
        ({"as_of": "yesterday"}, 422, "invalid", "/as_of"),
        ({"known_at": "2026-13-01T00:00:00Z"}, 422, "invalid", "/known_at"),
        ({"known_at": "2026-10-01T05:59:59Z"}, 404, "not_known_then", "/known_at"),
        ({"as_of": "2026-09-30"}, 409, "not_issued_then", "/as_of"),
        ({"as_of": "2026-10-01", "known_at": "2026-10-01T06:30:00Z"}, 409, "not_issued_then", "/as_of"),
    ],
    ids=["future_day", "future_instant", "no_day", "no_instant", "before_it_was", "before_its_date", "still_a_draft"],
)
async def test_a_moment_that_has_no_answer_says_why(
    stage: Stage, query: dict[str, str], status: int, code: str, pointer: str
) -> None:
    await play(stage, *LIFE[:4])
    stage.clock.at = datetime(2026, 10, 12, 8, tzinfo=UTC)
    answer = await stage.get("/v1/invoices/inv-1", **query)
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["code"], error.get("pointer")) == (status, code, pointer)


async def test_an_invoice_that_never_was_is_not_found_at_any_moment(stage: Stage) -> None:
    answer = await stage.get("/v1/invoices/inv-9", known_at="2026-10-01T00:00:00Z")
    assert answer.status_code == 404
