"""Months of an operator in which every report has something to tell, and every service tells the same of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from services.payments.chargeback.messages import PaymentChargedBack
from services.payments.dunning.messages import DunningCaseCleared
from services.payments.payment.messages import PaymentFailed, PaymentReversed
from services.payments.refund.messages import PaymentRefunded
from services.usage.record.columns import RecordedColumns
from services.usage.record.messages import SetAside, UsageRecorded
from shared.kernel.message import Event
from shared.kernel.period import Period
from shared.kernel.same_fields import same_fields
from tests.services.reporting.corrections import (
    credit_spent,
    credit_taken,
    credited,
    debited,
    voided,
    withdrawn,
)
from tests.services.reporting.dunned import dunned
from tests.services.reporting.given_up import disputed, written_off
from tests.services.reporting.reports.recurring_story import recurring_story
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    account_opened,
    allocated,
    charge_fixed,
    drafted,
    issued,
    line,
    paid,
    plan_published,
    profile_opened,
    rated,
    receivable,
    record,
    subscription_started,
)

TODAY = date(2026, 10, 12)
AGES = (10, 40, 70, 100)
"""Days that invoices are past due, one in each bucket."""


def _invoices() -> tuple[list[Event], list[Event]]:
    """Issued invoices, and what is owed of them: one in each bucket of age, one with a line of each kind in dollars."""
    documents: list[Event] = [*drafted(), issued(), *drafted("inv-2"), issued("inv-2", number="INV-000002")]
    owed: list[Event] = [receivable(), receivable("inv-2", number="INV-000002")]
    for age in AGES:
        days = {"due_on": TODAY - timedelta(days=age), "issued_on": TODAY - timedelta(days=age + 14)}
        name: dict[str, Any] = {"number": f"INV-0001{age:02}", **days}
        documents += [*drafted(f"old-{age}"), issued(f"old-{age}", **name)]
        owed.append(receivable(f"old-{age}", **name))
    kinds = (line(1, "10.00", "c1", "recurring"), line(2, "2.40", "c2"), line(3, "4.00", "c3", "one_time"))
    advance = replace(line(6, "30.00", "c6", "recurring"), period=Period(date(2026, 9, 15), date(2026, 11, 15)))
    lines = (*kinds, advance, line(4, "-1.00", "c4", "true_up"), line(5, "2.00", "", "late_fee"))
    dollars: dict[str, Any] = {"number": "INV-000009", "account": "acc-9", "currency": "USD"}
    amounts: dict[str, Any] = {"net": "47.40", "tax": "9.48", "total": "56.88"}
    documents += [*drafted("inv-9", account="acc-9", currency="USD", lines=lines)]
    documents += [issued("inv-9", lines=lines, **dollars, **amounts)]
    owed.append(receivable("inv-9", "56.88", **dollars))
    return documents, owed


def _payments() -> list[Event]:
    """What pays, fails, goes back, and was recorded in error."""
    came = [paid(f"pay-{n}", "10.00", on=date(2026, 10, n)) for n in range(2, 6)]
    tried: dict[str, Any] = {"reason_code": "no_funds", "failed_on": date(2026, 10, 6)}
    back = {"reason": "goodwill", "amount": Decimal(4), "refunded_on": date(2026, 10, 7), "refunded": Decimal(4)}
    lost: dict[str, Any] = {"reason": "fraud", "received_on": date(2026, 10, 10), "charged_back": Decimal(10)}
    return [
        *came,
        *(same_fields(PaymentFailed, came[0], payment_id=f"pay-{n}", hard=n == 7, **tried) for n in (6, 7)),
        allocated("pay-2", "inv-1", "10.00", open_="4.88"),
        same_fields(
            PaymentRefunded,
            came[1],
            refund_id="r-1",
            unallocated=Decimal("6.00"),
            status="partially_refunded",
            **back,
        ),
        same_fields(PaymentReversed, came[2], reversed_on=date(2026, 10, 8), reason="bounced"),
        same_fields(
            PaymentChargedBack,
            came[3],
            chargeback_id="cb",
            unallocated=Decimal(0),
            status="charged_back",
            **lost,
        ),
        *(paid("card-1", "3.00", account="acc-9", currency="USD"),),
    ]


async def whole_story(stage: Stage) -> None:
    at = int(datetime(2026, 10, 3, tzinfo=UTC).timestamp()) * 10**6
    aside = [SetAside(kind, "olt", "a", started_at=at) for kind in ("duplicate", "conflict")]
    october = datetime(2026, 10, 2, 3, tzinfo=UTC)
    records = [record("a"), record("b", at=october), record("x", account=None, reason="unknown_resource", at=october)]
    await stage.tell("rating.events", *plan_published(), partition=0)
    await stage.tell("rating.events", account_opened(), account_opened("acc-9", currency="USD"))
    await stage.tell("rating.events", subscription_started(), charge_fixed())
    await stage.tell("usage.events", UsageRecorded(records=RecordedColumns.of(records), set_aside=aside), partition=3)
    await stage.tell("rating.events", rated(3, 1))
    documents, owed = _invoices()
    void = (*drafted("inv-3"), issued("inv-3", number="INV-000003"), *voided("inv-3"))
    await stage.tell("invoicing.events", profile_opened(), profile_opened("acc-9", "USD"), *documents, *void)
    await stage.tell("invoicing.events", *credited(anew=None), *debited())
    note: dict[str, Any] = {"number": "DN-000001", "issued_on": date(2026, 10, 9), "due_on": date(2026, 10, 23)}
    await stage.tell("payments.events", *owed, receivable("inv-3", number="INV-000003"), withdrawn("inv-3"))
    await stage.tell("payments.events", receivable("dn-1", **note), *_payments())
    # The credit note pays what was left of its invoice, and some of another.
    taken = credit_taken(applied="4.88", open_="0.00")
    await stage.tell("payments.events", taken, credit_spent(amount="4.88"), disputed("inv-2", "4.88"))
    lost = written_off("old-100", "4.88", open_="10.00")
    cleared = same_fields(DunningCaseCleared, dunned()[1], reason="paid", cleared_on=date(2026, 10, 28), look_on=None)
    await stage.tell("payments.events", lost, *dunned(), cleared)
    await recurring_story(stage)
