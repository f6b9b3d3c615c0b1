"""available = money - what is owed - what is unbilled - what is earmarked, whatever happens in whatever order.

Rating and invoicing are each heard of in their own order, and each as late as it likes against the other. Once both
have been heard of, what is told is what is so; and between the two nothing is ever counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from hypothesis import given
from hypothesis import strategies as st

from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.void.messages import InvoiceVoidAsked
from services.payments.exposure.messages import ChangeCreditTerms, CreditRestrictionAsked, CreditTerms, ExposureMoved
from services.payments.receivable.messages import ReceivableWithdrawn
from services.payments.refund.messages import PaymentRefunded, RefundPayment
from shared.kernel.message import Event
from shared.kernel.money import Money
from shared.kernel.period import Period
from tests.kit.decider import Specification
from tests.services.payments.exposure.story import closed, drafted, now, prepaid, told
from tests.services.payments.story import ACCOUNT, issued, pay

EARMARK = Decimal("1.50")
Step = Literal["use", "retract", "session", "close", "draft", "issue", "pay", "refund", "void", "rating", "invoicing"]
STEPS = st.lists(
    st.tuples(st.sampled_from(Step.__args__), st.integers(1, 2_000)),  # type: ignore[attr-defined]
    max_size=40,
)


def month(n: int) -> Period:
    return Period(date(2026 + n // 12, n % 12 + 1, 1), date(2026 + (n + 1) // 12, (n + 1) % 12 + 1, 1))


@dataclass
class World:
    """What is so with rating and invoicing, and what of it payments has not heard of yet."""

    story: Specification
    n: int = 0
    running: Decimal = Decimal(0)
    sessions: int = 0
    closed: list[tuple[int, Decimal]] = field(default_factory=list)
    drafts: list[tuple[int, Decimal]] = field(default_factory=list)
    owed: dict[int, Decimal] = field(default_factory=dict)
    money: Decimal = Decimal(0)
    payments: int = 0
    rating: list[Event] = field(default_factory=list)
    invoicing: list[Event] = field(default_factory=list)

    @property
    def available(self) -> Decimal:
        waiting = sum((amount for _, amount in (*self.closed, *self.drafts)), Decimal(0))
        return self.money - sum(self.owed.values()) - self.running - waiting - EARMARK * self.sessions

    def tell(self) -> None:
        self.rating.append(told(str(self.running), period=month(self.n), sessions=self.sessions))

    def do(self, step: str, cents: int) -> None:
        getattr(self, f"_{step}")(Decimal(cents).scaleb(-2))

    def _use(self, amount: Decimal) -> None:
        self.running += amount
        self.tell()

    def _retract(self, amount: Decimal) -> None:
        self.running -= min(amount, self.running)
        self.tell()

    def _session(self, amount: Decimal) -> None:
        self.sessions = max(self.sessions + (1 if amount > 8 else -1), 0)
        self.tell()

    def _close(self, amount: Decimal) -> None:
        self.rating.append(closed(str(self.running), period=month(self.n)))
        self.closed.append((self.n, self.running))
        self.n, self.running = self.n + 1, Decimal(0)
        self.tell()

    def _draft(self, amount: Decimal) -> None:
        if self.closed:
            n, amount = self.closed.pop(0)
            self.invoicing.append(drafted(str(amount), n, period=month(n)))
            self.drafts.append((n, amount))

    def _issue(self, amount: Decimal) -> None:
        if self.drafts:
            n, amount = self.drafts.pop(0)
            self.invoicing.append(issued(n, str(amount)))
            self.owed[n] = amount

    def _pay(self, amount: Decimal) -> None:
        self.payments += 1
        self.story.when(pay(str(amount), payment=f"pay-{self.payments}"))
        self.money += amount

    def _refund(self, amount: Decimal) -> None:
        if not self.payments:
            return
        back = Money(min(amount, self.money) if self.money else amount, "EUR")
        command = RefundPayment(
            refund_id=f"ref-{self.story.commands}",
            payment_id=f"pay-{self.payments}",
            account_id=ACCOUNT,
            amount=back,
            reason="asked for",
        )
        self.story.when(command)
        self.money -= sum(
            (event.amount for event in self.story.events if isinstance(event, PaymentRefunded)), Decimal(0)
        )

    def _void(self, amount: Decimal) -> None:
        """Of what payments has heard of; it says whether that was paid."""
        known = [n for n in self.owed if not any(_is_of(event, n) for event in self.invoicing)]
        if not known:
            return
        n = known[-1]
        self.story.when_event(
            InvoiceVoidAsked(invoice_id=f"inv-{n}", account_id=ACCOUNT, number=f"INV-{n:06d}", reason="mistake")
        )
        if any(isinstance(event, ReceivableWithdrawn) for event in self.story.events):
            self.owed[n] = Decimal(0)

    def _rating(self, amount: Decimal) -> None:
        if self.rating:
            self.story.when_event(self.rating.pop(0))

    def _invoicing(self, amount: Decimal) -> None:
        if self.invoicing:
            self.story.when_event(self.invoicing.pop(0))


def _is_of(event: Event, n: int) -> bool:
    return isinstance(event, InvoiceIssued) and event.invoice_id == f"inv-{n}"


def world() -> World:
    story = prepaid(period=month(0))
    terms = CreditTerms(earmark=EARMARK)
    return World(story.when(ChangeCreditTerms(account_id=ACCOUNT, terms=terms)))


def shown(story: Specification) -> Any:
    found = now(story).shown
    assert found is not None
    return found


@given(STEPS)
def test_once_all_is_heard_of_available_is_money_less_all_that_is_or_will_be_owed(steps: list[tuple[str, int]]) -> None:
    here = world()
    for step, cents in steps:
        here.do(step, cents)
        if not here.rating and not here.invoicing:
            assert shown(here.story).available == here.available, step
    for queue in (here.rating, here.invoicing):
        for event in queue:
            here.story.when_event(event)
    assert shown(here.story).available == here.available
    assert now(here.story).restricted == (here.available <= 0)


@given(STEPS)
def test_heard_of_at_once_each_step_moves_what_is_available_by_what_it_is_worth(steps: list[tuple[str, int]]) -> None:
    here = world()
    for step, cents in steps:
        here.do(step, cents)
        while here.rating or here.invoicing:
            here.do("rating", 1)
            here.do("invoicing", 1)
            for moved in (event for event in here.story.events if isinstance(event, ExposureMoved)):
                # Between the two of a close, a draft or an issue nothing is gone and nothing is there twice.
                assert step in ("use", "retract", "session") or moved.available == here.available, step
        assert shown(here.story).available == here.available, step


@given(STEPS)
def test_service_is_taken_and_given_back_in_turn(steps: list[tuple[str, int]]) -> None:
    here, asked = world(), [True]
    for step, cents in steps:
        here.do(step, cents)
        asked += [event.restricted for event in here.story.events if isinstance(event, CreditRestrictionAsked)]
        here.story.events = []
    assert all(before != after for before, after in pairwise(asked))


def test_the_names_of_the_steps_are_those_that_the_world_does() -> None:
    assert all(hasattr(World, f"_{step}") for step in Step.__args__)  # type: ignore[attr-defined]
