"""Nobody paid and restricted, nobody overdue past his steps and open: what is found, when, and who it leads to.

standard: letter after 10 days, blocked after 14, ended after 21; nobody is dunned for less than 5.00
acc-1 owes 14.88 since 15 October
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from services.payments.dispute.messages import DisputeOpened
from services.payments.dunning.messages import (
    DunningCaseCleared,
    DunningCaseOpened,
    DunningCasePaused,
    DunningExempted,
    DunningStepReached,
    ServiceRestrictionAsked,
)
from services.payments.dunning_policy.messages import Restriction
from services.payments.promise.messages import PromiseMade
from services.rating.service_restriction.messages import ServicesRestored
from shared.kernel.message import Event
from tests.services.reporting.dunned import dunned_by, restricted
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened, allocated, paid, receivable, subscription_started

pytestmark = pytest.mark.servers

CASE: Final[dict[str, Any]] = {"account_id": "acc-1", "case_id": "dun-1"}
SINCE: Final = date(2026, 10, 15)
OWED: Final = Decimal("14.88")
ASKED: Final = ServiceRestrictionAsked(restriction=Restriction(access="blocked"), **CASE)
GIVEN_BACK: Final = ServiceRestrictionAsked(**CASE)
CLEARED: Final = DunningCaseCleared(reason="paid", cleared_on=date(2026, 10, 30), **CASE)
RESTORED: Final = ServicesRestored(lines=("line-1",), **CASE)
PAID: Final = (paid("pay-1", "14.88"), allocated(amount="14.88", open_="0.00", unallocated="0.00"))
DISPUTED: Final = DisputeOpened(
    dispute_id="d-1",
    account_id="acc-1",
    invoice_id="inv-1",
    amount=OWED,
    currency="EUR",
    reason="other",
    opened_on=SINCE,
)
PROMISED: Final = PromiseMade(
    promise_id="p-1",
    account_id="acc-1",
    amount=OWED,
    currency="EUR",
    parts=(),
    made_on=date(2026, 10, 29),
    pay_by=date(2026, 11, 20),
    time_zone="Europe/Paris",
    restores=True,
)
BLOCKED_AT: Final = datetime(2026, 10, 28, 23, tzinfo=UTC)
SOON: Final = BLOCKED_AT + timedelta(seconds=59)
LATER: Final = BLOCKED_AT + timedelta(seconds=61)


def opened(look_on: date | None = date(2026, 10, 25)) -> DunningCaseOpened:
    return DunningCaseOpened(
        policy_id="standard",
        policy_version=1,
        currency="EUR",
        time_zone="Europe/Paris",
        since=SINCE,
        overdue=OWED,
        opened_on=date(2026, 10, 16),
        look_on=look_on,
        **CASE,
    )


def reached(step: int, day: int, look_on: date | None, *, terminate: bool = False) -> DunningStepReached:
    return DunningStepReached(
        step=step,
        name="Step",
        currency="EUR",
        since=SINCE,
        overdue=OWED,
        days_overdue=day,
        reached_on=SINCE + timedelta(days=day),
        oldest="INV-000001",
        look_on=look_on,
        terminate=terminate,
        **CASE,
    )


BLOCKED: Final = (opened(), reached(1, 10, date(2026, 10, 29)), reached(2, 14, date(2026, 11, 5)), ASKED)


@dataclass
class Tale:
    """What payments and rating have told at `BLOCKED_AT`, and what is found at `asked_at`."""

    payments: tuple[Event, ...]
    rating: tuple[Event, ...]
    asked_at: datetime
    found: list[tuple[str, int]]
    states: list[str] = field(default_factory=list)
    """The lists of customers that the account is in."""


WRONG: Final = [("overdue_and_open", 1)]
PAID_AND_BLOCKED: Final = [("paid_and_restricted", 1)]
TALES: Final = {
    "blocked as it has to be": Tale(BLOCKED, (restricted(),), LATER, [], ["open", "restricted"]),
    "rating has not answered yet": Tale(BLOCKED, (), SOON, [], ["open", "restricted"]),
    "rating has not answered": Tale(BLOCKED, (), LATER, WRONG, ["open", "restricted", "overdue_and_open"]),
    "rating has throttled instead": Tale(BLOCKED, (restricted("throttled"),), LATER, WRONG),
    "it was another case": Tale(BLOCKED, (restricted(case_id="dun-0"),), LATER, WRONG),
    "blocked but nothing was asked for": Tale(BLOCKED[:3], (), LATER, WRONG),
    "open by a promise": Tale((*BLOCKED, PROMISED, GIVEN_BACK), (RESTORED,), LATER, [], ["promised"]),
    "open by a promise and blocked": Tale(
        (*BLOCKED, PROMISED, GIVEN_BACK), (restricted(),), LATER, PAID_AND_BLOCKED, ["promised", "paid_and_restricted"]
    ),
    "paid and given back": Tale((*BLOCKED, *PAID, GIVEN_BACK, CLEARED), (restricted(), RESTORED), LATER, []),
    "paid, on its way": Tale((*BLOCKED, *PAID, GIVEN_BACK, CLEARED), (restricted(),), SOON, []),
    "paid and blocked": Tale(
        (*BLOCKED, *PAID, GIVEN_BACK, CLEARED), (restricted(),), LATER, PAID_AND_BLOCKED, ["paid_and_restricted"]
    ),
    "paid, and nobody looked": Tale((*BLOCKED, *PAID), (restricted(),), SOON, PAID_AND_BLOCKED),
    "disputed, and nobody looked": Tale((*BLOCKED, DISPUTED), (restricted(),), SOON, PAID_AND_BLOCKED),
    "its step was missed": Tale((opened(),), (), datetime(2026, 10, 24, 22, 16, tzinfo=UTC), WRONG),
    "its step is being taken": Tale((opened(),), (), datetime(2026, 10, 24, 22, 14, tzinfo=UTC), []),
    "paused": Tale(
        (opened(), DunningCasePaused(reason="complaint", **CASE)), (), datetime(2026, 12, 1, tzinfo=UTC), [], ["paused"]
    ),
    "nobody opened a case": Tale((), (), datetime(2026, 10, 29, 0, tzinfo=UTC), WRONG, ["overdue_and_open"]),
    "no case, for it is exempt": Tale(
        (DunningExempted(account_id="acc-1", reason="hospital"),),
        (),
        datetime(2026, 10, 29, tzinfo=UTC),
        [],
        ["exempt"],
    ),
    "no case, for it is disputed": Tale((DISPUTED,), (), datetime(2026, 10, 29, tzinfo=UTC), []),
    "ended and going on": Tale(
        (*BLOCKED, reached(3, 21, None, terminate=True)),
        (subscription_started(), restricted()),
        LATER,
        WRONG,
    ),
}


async def told(stage: Stage, tale: Tale) -> None:
    before, stage.clock.at = stage.clock.at, datetime(2026, 10, 1, tzinfo=UTC)
    await stage.tell("rating.events", account_opened(name=await stage.vault.seal("acc-1", "Ann Example")))
    for event in dunned_by():
        await stage.tell("payments.events", event, partition=0)
    await stage.tell("payments.events", receivable())
    stage.clock.at = BLOCKED_AT
    if tale.payments:
        await stage.tell("payments.events", *tale.payments)
    if tale.rating:
        await stage.tell("rating.events", *tale.rating)
    stage.clock.at = max(before, tale.asked_at)


@pytest.mark.parametrize("name", TALES)
async def test_who_is_restricted_or_open_and_should_not_be_is_found_once_it_is_not_on_its_way(
    stage: Stage, name: str
) -> None:
    tale = TALES[name]
    await told(stage, tale)
    items = (await stage.read("/v1/overview/attention"))["items"]
    kinds = ("paid_and_restricted", "overdue_and_open")
    assert [(item["kind"], item["count"]) for item in items if item["kind"] in kinds] == tale.found
    # What is counted is what the link leads to.
    for kind, count in tale.found:
        page = await stage.read("/v1/customer-configs", dunning=kind)
        assert ([one["account_id"] for one in page["items"]], page["total"]) == (["acc-1"], count)
    if tale.states:
        lists = ("open", "promised", "paused", "exempt", "restricted", *kinds)
        found = [one for one in lists if (await stage.read("/v1/customer-configs", dunning=one))["total"]]
        assert found == tale.states


@pytest.mark.parametrize(
    ("happened", "today", "status", "restricted_on", "days"),
    [
        # Nothing is overdue yet: due on the 15th, blocked 14 days later.
        ((), date(2026, 10, 15), "none", "2026-10-29", 14),
        ((opened(),), date(2026, 10, 20), "open", "2026-10-29", 9),
        ((opened(), reached(1, 12, date(2026, 10, 31))), date(2026, 10, 28), "open", "2026-10-31", 3),
        ((opened(), PROMISED), date(2026, 10, 30), "promised", "2026-11-25", 26),
        ((opened(), DunningCasePaused(reason="!", **CASE)), date(2026, 10, 20), "paused", None, None),
        (BLOCKED, date(2026, 10, 30), "open", None, None),
        ((DunningExempted(account_id="acc-1", reason="!"),), date(2026, 10, 20), "exempt", None, None),
        (PAID, date(2026, 10, 20), "none", None, None),
    ],
)
async def test_a_customer_shows_the_step_and_the_days_until_suspension(
    stage: Stage,
    happened: tuple[Event, ...],
    today: date,
    status: str,
    restricted_on: str | None,
    days: int | None,
) -> None:
    at = datetime.combine(today, datetime.min.time(), UTC) + timedelta(hours=12)
    await told(stage, Tale(happened, (), at, []))
    stage.clock.at = at
    shown = (await stage.read("/v1/customer-configs/acc-1"))["dunning"]
    assert (shown["status"], shown["restricted_on"], shown["days_to_restriction"]) == (status, restricted_on, days)
    assert shown["policy_id"] == "standard"
