"""A late fee that payments asks for is a line of the account's next draft, outside VAT, until it is waived (R54)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from services.invoicing.bill_profile.messages import AssignLateFeePolicy
from services.invoicing.credit_note.messages import CreditInvoice, CreditNoteLocked
from services.invoicing.invoice.messages import (
    DocumentReference,
    DraftCarriedForward,
    DraftLineAdded,
    DraftReissued,
    FinaliseInvoice,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLocked,
)
from services.invoicing.invoice.state import IssuedLines, invoice_id_of
from services.invoicing.late_fee.messages import (
    AddLateFee,
    InterestSpan,
    LateFeeAdded,
    LateFeeAsked,
    LateFeeBilled,
    LateFeeRefused,
    LateFeeWaived,
    WaiveLateFee,
)
from services.invoicing.late_fee.state import LateFee, WaitingFees
from services.invoicing.late_fee_policy.messages import (
    ChangeLateFeePolicy,
    DefineLateFeePolicy,
    Fee,
    LateFeeStep,
    LateFeeTerms,
)
from services.invoicing.on_demand.messages import InvoiceAccount
from services.invoicing.void.messages import VoidInvoice
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.invoicing.story import (
    ACCOUNT,
    INVOICE,
    OCTOBER,
    SEPTEMBER,
    Partitions,
    charge,
    closed,
    opened,
    subscribed,
    tell,
)

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
NEXT = invoice_id_of(ACCOUNT, OCTOBER)
FEE = LateFeeAsked(
    fee_id="fee-1",
    invoice_id=INVOICE,
    number="INV-000001",
    due_on=date(2026, 10, 15),
    step=1,
    kind="flat",
    amount=Decimal("5.00"),
    currency="EUR",
    base=Decimal("36.04"),
    charged_on=date(2026, 10, 19),
    policy_id="standard",
    policy_version=1,
    flat=Decimal("5.00"),
)
TERMS = LateFeeTerms(
    name="Standard",
    currency="EUR",
    steps=(LateFeeStep(after_days=1, fee=Fee(kind="flat", flat=Decimal("5.00"))),),
)


class Story:
    """September is issued under a policy; what follows is told to one partition."""

    def __init__(self) -> None:
        self.partitions = Partitions(count=1)
        [self.spec] = self.partitions.specs
        self.run(DefineLateFeePolicy(policy_id="standard", terms=TERMS))
        self.partitions.draft(ACCOUNT)
        self.run(AssignLateFeePolicy(account_id=ACCOUNT, policy_id="standard"))
        [self.issued] = [e for e in self.partitions.finalise(ACCOUNT) if isinstance(e, InvoiceIssued)]

    def run(self, command: Any) -> list[Any]:
        return self.partitions.run(command)

    def asked(self, *fees: LateFeeAsked) -> Story:
        for fee in fees or (FEE,):
            self.run(AddLateFee(account_id=ACCOUNT, fee=fee))
        return self

    def october(self, *nets: str) -> Specification:
        """October closes with charges of these nets."""
        facts = [charge(n, net, period=OCTOBER) for n, net in enumerate(nets, 1)]
        total = f"{sum(map(Decimal, nets), Decimal(0))}"
        return tell(self.spec, *facts, closed(len(nets), total, period=OCTOBER, after=NOVEMBER))

    @property
    def events(self) -> list[Any]:
        return list(self.spec.events)


def of(events: list[Any], kind: type[Any]) -> Any:
    [found] = [event for event in events if isinstance(event, kind)]
    return found


def test_an_invoice_keeps_the_version_of_the_policy_of_the_day_it_is_issued() -> None:
    story = Story()
    assert story.issued.late_fee_policy is not None and story.issued.late_fee_policy.version == 1
    gentle = msgspec.structs.replace(TERMS, grace_days=10)
    story.run(ChangeLateFeePolicy(policy_id="standard", terms=gentle))
    story.october("30.00")
    later = of(story.run(FinaliseInvoice(invoice_id=NEXT, account_id=ACCOUNT)), InvoiceIssued)
    assert (later.late_fee_policy.version, later.late_fee_policy.terms) == (2, gentle)


def test_a_fee_is_added_once_and_is_a_line_of_the_next_draft_R54() -> None:
    story = Story()
    assert story.run(AddLateFee(account_id=ACCOUNT, fee=FEE)) == [LateFeeAdded(account_id=ACCOUNT, fee=FEE)]
    assert not [e for e in story.run(AddLateFee(account_id=ACCOUNT, fee=FEE)) if isinstance(e, LateFeeAdded)]
    story.october("30.00")
    line = of(story.events, DraftLineAdded).line
    assert (line.n, line.kind, line.net, line.charge_id) == (2, "late_fee", Decimal("5.00"), "")
    assert line.description == "Late fee on INV-000001, due 2026-10-15"
    reason = line.steps[0].late_fee
    assert (reason.base, reason.flat, reason.policy_id, reason.policy_version) == ("36.04", "5", "standard", 1)
    assert of(story.events, LateFeeBilled) == LateFeeBilled(account_id=ACCOUNT, fee_id="fee-1", invoice_id=NEXT, n=2)
    # The charge of 30.00 at 20 %, the fee outside of VAT: the count and sum of rating are those of its charges.
    drafted = of(story.events, InvoiceDrafted)
    assert (drafted.lines, drafted.net, drafted.tax, drafted.total) == (
        2,
        Decimal("35.00"),
        Decimal("6.00"),
        Decimal("41.00"),
    )
    assert story.spec.get(WaitingFees, ACCOUNT) is None


@pytest.mark.parametrize(
    ("tax_class", "groups"),
    [
        (None, [("S", "30.00", "6.00", [1]), ("E", "5.00", "0.00", [2])]),
        ("late_fee", [("S", "35.00", "7.00", [])]),
    ],
    ids=["outside VAT", "taxed by its class"],
)
def test_a_fee_is_outside_vat_unless_its_policy_names_a_tax_class_R39(tax_class: str | None, groups: Any) -> None:
    story = Story().asked(msgspec.structs.replace(FEE, tax_class=tax_class))
    story.october("30.00")
    issued = of(story.run(FinaliseInvoice(invoice_id=NEXT, account_id=ACCOUNT)), InvoiceIssued)
    assert [(g.category, f"{g.base}", f"{g.tax}", g.lines) for g in issued.tax_groups] == groups
    if tax_class is None:
        assert "outside the scope of VAT" in issued.tax_groups[1].reason


def span(first: int, end: date, base: str, amount: str) -> InterestSpan:
    return InterestSpan(start=date(2026, 10, first), end=end, base=Decimal(base), amount=Decimal(amount))


def test_interest_says_its_days_and_what_was_overdue_on_them() -> None:
    spans = (
        span(25, date(2026, 10, 28), "200.00", "0.147945205"),
        span(28, date(2026, 11, 1), "100.00", "0.098630137"),
    )
    more: dict[str, Any] = {"kind": "daily_interest", "annual_rate": Decimal(9), "days_in_year": "365", "flat": None}
    fee = msgspec.structs.replace(FEE, amount=Decimal("0.25"), spans=spans, **more)
    story = Story().asked(fee)
    story.october("30.00")
    line: InvoiceLine = of(story.events, DraftLineAdded).line
    assert line.period == Period(date(2026, 10, 25), date(2026, 11, 1))
    assert [(step.quantity, step.late_fee.base, step.amount) for step in line.steps if step.late_fee] == [
        ("3", "200", "0.147945205"),
        ("4", "100", "0.098630137"),
    ]
    assert (line.unrounded, line.net) == (Decimal("0.246575342"), Decimal("0.25"))


def test_a_fee_waits_until_something_is_drafted_and_a_month_without_charges_is_drafted_for_it() -> None:
    story = Story().asked()
    story.october()
    drafted = of(story.events, InvoiceDrafted)
    assert (drafted.lines, drafted.net, drafted.tax, drafted.version) == (1, Decimal("5.00"), Decimal("0.00"), None)
    issued = of(story.run(FinaliseInvoice(invoice_id=NEXT, account_id=ACCOUNT)), InvoiceIssued)
    assert [(g.category, f"{g.base}") for g in issued.tax_groups] == [("E", "5.00")]
    # and none is where no fee waits
    tell(story.spec, closed(0, "0", period=NOVEMBER, after=Period(date(2026, 12, 1), date(2027, 1, 1))))
    assert not [event for event in story.events if isinstance(event, InvoiceDrafted)]


def test_fees_that_wait_alone_are_invoiced_on_demand_of_an_account_that_has_no_next_period() -> None:
    story = Story().asked(FEE, msgspec.structs.replace(FEE, fee_id="fee-2", step=2, charged_on=date(2026, 11, 3)))
    events = story.run(InvoiceAccount(account_id=ACCOUNT, demand_id="d-1"))
    issued = of(events, InvoiceIssued)
    assert (issued.net, len(issued.lines)) == (Decimal("10.00"), 2)
    assert issued.period == Period(date(2026, 10, 19), date(2026, 11, 4))
    assert of(events, InvoiceLocked).demand_id == "d-1"
    assert not [
        e for e in story.run(InvoiceAccount(account_id=ACCOUNT, demand_id="d-2")) if isinstance(e, InvoiceLocked)
    ]


def test_charges_that_differ_from_the_close_stop_the_draft_and_the_fee_waits_on() -> None:
    story = Story().asked()
    tell(story.spec, charge(1, "30.00", period=OCTOBER), closed(2, "41.00", period=OCTOBER, after=NOVEMBER))
    assert not [event for event in story.events if isinstance(event, LateFeeBilled)]
    held = story.spec.get(WaitingFees, ACCOUNT)
    assert held is not None and held.fees == (FEE,)


def test_a_draft_below_zero_is_carried_forward_and_its_fee_goes_on_as_a_line_of_its_own() -> None:
    story = Story().asked()
    story.october("-35.00")
    assert of(story.events, InvoiceDrafted).net == Decimal("-30.00")
    after = Period(date(2026, 12, 1), date(2027, 1, 1))
    tell(story.spec, charge(1, "50.00", period=NOVEMBER), closed(1, "50.00", period=NOVEMBER, after=after))
    into = invoice_id_of(ACCOUNT, NOVEMBER)
    assert of(story.events, DraftCarriedForward).line.net == Decimal("-35.00")
    assert of(story.events, LateFeeBilled) == LateFeeBilled(account_id=ACCOUNT, fee_id="fee-1", invoice_id=into, n=2)
    drafted = of(story.events, InvoiceDrafted)
    # 50.00 − 35.00 at 20 %, and 5.00
    assert (drafted.lines, drafted.net, drafted.tax) == (3, Decimal("20.00"), Decimal("3.00"))


def waive(fee_id: str = "fee-1") -> WaiveLateFee:
    return WaiveLateFee(account_id=ACCOUNT, fee_id=fee_id, reason="goodwill")


def test_a_fee_that_waits_is_waived_and_no_draft_has_it() -> None:
    story = Story().asked()
    assert story.run(waive()) == [LateFeeWaived(account_id=ACCOUNT, fee_id="fee-1", reason="goodwill")]
    story.spec.when(waive(), command_id="again").then_refused("late_fee_waived")
    story.spec.when(waive("fee-9"), command_id="other").then_refused("late_fee_not_found")
    story.october("30.00")
    assert of(story.events, InvoiceDrafted).net == Decimal("30.00")


def test_a_fee_on_a_draft_is_taken_back_by_a_line_beside_it() -> None:
    story = Story().asked()
    story.october("30.00")
    waived, added, drafted = story.run(waive())
    assert isinstance(waived, LateFeeWaived) and waived.invoice_id == NEXT
    assert (added.line.n, added.line.net, added.line.description[:7]) == (3, Decimal("-5.00"), "Waived:")
    assert (drafted.net, drafted.total, drafted.version) == (Decimal("30.00"), Decimal("36.00"), 5)
    issued = of(story.run(FinaliseInvoice(invoice_id=NEXT, account_id=ACCOUNT)), InvoiceIssued)
    assert (issued.total, [line.n for line in issued.lines]) == (Decimal("36.00"), [1, 2, 3])


def test_a_fee_that_is_issued_is_credited_and_not_waived() -> None:
    story = Story().asked()
    story.october("30.00")
    story.run(FinaliseInvoice(invoice_id=NEXT, account_id=ACCOUNT))
    story.spec.when(waive(), command_id="late").then_refused("late_fee_invoiced")


def anew(story: Story, invoice_id: str, n: int) -> tuple[str, list[Any]]:
    """Issue a draft, credit it and draft it anew: the draft, and what happened."""
    issued = of(story.run(FinaliseInvoice(invoice_id=invoice_id, account_id=ACCOUNT)), InvoiceIssued)
    # Lines of issued invoices are read from tables, which a domain test has none of.
    story.spec.state.keep({IssuedLines: {invoice_id: IssuedLines(invoice_id=invoice_id, lines=issued.lines)}})
    note = f"cn-{n}"
    events = story.run(
        CreditInvoice(credit_note_id=note, invoice_id=invoice_id, account_id=ACCOUNT, reason="other", reissue=True)
    )
    return of(events, DraftReissued).invoice_id, events


def test_a_fee_of_an_invoice_that_is_issued_anew_is_waived_on_the_new_draft() -> None:
    story = Story().asked()
    story.october("30.00")
    draft, _ = anew(story, NEXT, 1)
    waived, added, drafted = story.run(waive())
    assert isinstance(waived, LateFeeWaived) and waived.invoice_id == draft
    assert (added.invoice_id, added.line.net, drafted.total) == (draft, Decimal("-5.00"), Decimal("36.00"))
    # It was let off: what is issued anew once more does not ask for it.
    _, events = anew(story, draft, 2)
    assert not [event for event in events if isinstance(event, LateFeeBilled)]


def test_an_invoice_that_claims_nothing_has_no_fee_added_and_payments_is_told_why() -> None:
    void = Story()
    void.run(VoidInvoice(invoice_id=INVOICE, account_id=ACCOUNT, reason="duplicate"))
    [refused] = void.run(AddLateFee(account_id=ACCOUNT, fee=FEE))
    assert isinstance(refused, LateFeeRefused) and (refused.reason, refused.amount) == ("void_pending", FEE.amount)
    without = Story()
    without.run(AssignLateFeePolicy(account_id=ACCOUNT))
    assert of(without.run(AddLateFee(account_id=ACCOUNT, fee=FEE)), LateFeeRefused).reason == "no_policy"
    credited = Story()
    issued = credited.issued
    credited.spec.given(
        CreditNoteLocked(
            credit_note_id="cn-1",
            invoice_id=INVOICE,
            account_id=ACCOUNT,
            currency="EUR",
            lines=[],
            invoice_lines=[],
            tax_groups=issued.tax_groups,
            net=issued.net,
            tax=issued.tax,
            total=issued.total,
            reason="cancellation",
            series_id="CN",
            issue_date_asked=date(2026, 10, 2),
            period=SEPTEMBER,
            corrects=DocumentReference(id=INVOICE, number=issued.number, issued_on=issued.issued_on),
        )
    )
    assert of(credited.run(AddLateFee(account_id=ACCOUNT, fee=FEE)), LateFeeRefused).reason == "invoice_credited"
    assert credited.spec.get(LateFee, "fee-1") is None


def test_what_another_account_pays_for_takes_no_fee_along() -> None:
    story = Story().asked()
    tell(story.spec, opened("head"), subscribed("head"), charge(1, "30.00", period=OCTOBER))
    close = msgspec.structs.replace(closed(1, "30.00", period=OCTOBER, after=NOVEMBER), billed_by="head")
    tell(story.spec, close)
    assert not [event for event in story.events if isinstance(event, LateFeeBilled)]
    held = story.spec.get(WaitingFees, ACCOUNT)
    assert held is not None and held.fees == (FEE,)
