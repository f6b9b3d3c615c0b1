"""A balance of an earlier moment, over random lives of an account, in the tables of a real Postgres.

What is asked with `known_at` is what was answered then; what is asked with `as_of` is what the dates of documents and
money say, summed here by hand.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import msgspec
import pytest

from services.invoicing.invoice.late_fee_lines import line_of
from services.invoicing.invoice.messages import Allowance
from services.invoicing.late_fee.messages import LateFeeAsked
from services.invoicing.void.messages import InvoiceVoidAsked
from services.payments import app as payments_app
from services.payments.balance.api import _AT, _BALANCE
from services.payments.granted_credit.messages import (
    CreditExpired,
    CreditReversed,
    ExpireCredit,
    GrantCredit,
    ReverseCredit,
)
from services.payments.receivable.messages import ReceivableWithdrawn
from services.rating.account.messages import AccountOpened
from services.rating.billing_cycle.messages import CycleTerms
from shared.engine.generation import prepare
from shared.engine.service import Applied
from shared.http.moments import LAST_DAY, LAST_INSTANT
from shared.kernel.message import Command
from shared.kernel.money import Money
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification
from tests.kit.servers import FreshEnvironment
from tests.services.payments.credit_note.test_credit_note import credit_note
from tests.services.payments.story import ACCOUNT, issued, pay, payments

pytestmark = pytest.mark.servers

BEGIN = datetime(2026, 10, 1, 6, tzinfo=UTC)
STEPS = 24


def late_fee(n: int, amount: Decimal) -> LateFeeAsked:
    """A fee that is all of an invoice."""
    return LateFeeAsked(
        fee_id=f"fee-{n}",
        invoice_id="inv-0",
        number="INV-000000",
        due_on=date(2026, 8, 15),
        step=1,
        kind="flat",
        amount=amount,
        currency="EUR",
        base=Decimal("200.00"),
        charged_on=date(2026, 9, 19),
        policy_id="standard",
        policy_version=1,
        flat=amount,
    )


def allowance(base: Decimal) -> Allowance:
    """What came off before the total was struck."""
    period = Period(date(2026, 9, 1), date(2026, 10, 1))
    return Allowance(
        discount_id="d-1", reason="Goodwill", code="goodwill", amount=Decimal("5.00"), base=base, period=period
    )


@dataclass
class Life:
    """An account to which something happens every few hours. `claims` has amount, day and end of each invoice by its
    number, `money` what came in or was credited and the day of it.
    """

    chance: random.Random
    spec: Specification = field(default_factory=payments)
    at: datetime = BEGIN
    told: int = 0
    claims: dict[int, tuple[Decimal, date, date | None]] = field(default_factory=dict)
    money: list[tuple[Decimal, date]] = field(default_factory=list)
    left: dict[int, Decimal] = field(default_factory=dict)
    granted: list[str] = field(default_factory=list)

    def opened(self) -> list[Applied]:
        cycle = CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="UTC")
        account = AccountOpened(
            account_id=ACCOUNT,
            name=Sealed("v1.k.x"),
            currency="EUR",
            cycle=cycle,
            tax_rate=Decimal(20),
            opened_on=date(2026, 9, 1),
        )
        return self._took(self.spec.when_event(account, now=self.at, service="rating"))

    def step(self) -> list[Applied]:
        """An invoice (a debit note, one with late fees), a payment, a credit note, a void, or granted credit."""
        self.told += 1
        self.at += timedelta(hours=self.chance.randrange(1, 20))
        match self.chance.choice(("claim", "claim", "pay", "pay", "credit", "void", "grant", "back")):
            case "pay":
                return self._pay()
            case "credit" if self.left:
                return self._credit()
            case "void" if self.left:
                return self._void()
            case "grant":
                return self._grant()
            case "back" if self.granted:
                return self._take_back()
            case _:
                return self._claim()

    def _claim(self) -> list[Applied]:
        n, amount, on = self.told, self._amount(), self._day()
        claim = msgspec.structs.replace(issued(n, str(amount)), issued_on=on)
        match self.chance.choice(("invoice", "debit_note", "late_fee", "discount")):
            case "debit_note":
                claim = msgspec.structs.replace(
                    claim, kind="debit_note", number=f"DN-{n:06d}", series_id="DN", series_n=n
                )
            case "late_fee":
                claim = msgspec.structs.replace(claim, lines=[line_of(late_fee(n, amount), 1)])
            case "discount":
                claim = msgspec.structs.replace(claim, allowances=[allowance(amount)])
        self.left[n] = amount
        self.claims[n] = (amount, on, None)
        return self._heard(claim)

    def _pay(self) -> list[Applied]:
        amount, on = self._amount(), self._day()
        self.money.append((amount, on))
        named = self.chance.choice([None, *(f"inv-{n}" for n in self.left)])
        command = pay(str(amount), payment=f"pay-{self.told}", invoice=named, received_on=on.isoformat())
        return self._took(self.spec.when(command, now=self.at, command_id=f"c-{self.told}"))

    def _credit(self) -> list[Applied]:
        n = self.chance.choice(list(self.left))
        amount = min(self.left[n], self._amount())
        if not amount:
            return self._claim()
        self.left[n] -= amount
        self.money.append((amount, self.at.date()))
        note = msgspec.structs.replace(credit_note(self.told, str(amount), n), issued_on=self.at.date())
        return self._heard(note)

    def _grant(self) -> list[Applied]:
        amount, today = self._amount(), self.at.date()
        self.money.append((amount, today))
        self.granted.append(f"cr-{self.told}")
        expires_on = self.chance.choice([None, today + timedelta(days=2)])
        command = GrantCredit(
            credit_id=self.granted[-1],
            account_id=ACCOUNT,
            amount=Money(amount, "EUR"),
            reason="goodwill",
            expires_on=expires_on,
        )
        return self._took(self.spec.when(command, now=self.at, command_id=f"c-{self.told}"))

    def _take_back(self) -> list[Applied]:
        """Reversed, or expired where its day is over; nothing where it is used up."""
        credit_id = self.chance.choice(self.granted)
        commands: list[Command] = [
            ExpireCredit(credit_id=credit_id, account_id=ACCOUNT),
            ReverseCredit(credit_id=credit_id, account_id=ACCOUNT, reason="given twice"),
        ]
        took = []
        for n, command in enumerate(commands):
            took += self._took(self.spec.when(command, now=self.at, command_id=f"c-{self.told}-{n}"))
        gone = [one.event.amount for one in took if isinstance(one.event, CreditReversed | CreditExpired)]
        self.money += [(-amount, self.at.date()) for amount in gone]
        return took

    def _void(self) -> list[Applied]:
        """Payments refuses where something was paid of it, and then nothing has changed."""
        n = self.chance.choice(list(self.left))
        asked = InvoiceVoidAsked(invoice_id=f"inv-{n}", account_id=ACCOUNT, number=f"INV-{n:06d}", reason="duplicate")
        took = self._heard(asked)
        if any(isinstance(applied.event, ReceivableWithdrawn) for applied in took):
            del self.left[n]
            self.claims[n] = (*self.claims[n][:2], self.at.date())
        return took

    def owed_on(self, day: date) -> Decimal:
        """What was claimed by then and not void, less what had come in."""
        claimed = [amount for amount, on, ended in self.claims.values() if on <= day and (ended is None or ended > day)]
        return sum(claimed, Decimal(0)) - sum((amount for amount, on in self.money if on <= day), Decimal(0))

    def _amount(self) -> Decimal:
        return Decimal(self.chance.randrange(1, 9000)) / 100

    def _day(self) -> date:
        """Today, or some days ago: bank statements come late."""
        return self.at.date() - timedelta(days=self.chance.randrange(4))

    def _heard(self, event: Any) -> list[Applied]:
        return self._took(self.spec.when_event(event, now=self.at, seq=self.told, service="invoicing"))

    def _took(self, spec: Specification) -> list[Applied]:
        return [Applied(event, envelope) for event, envelope in zip(spec.events, spec.envelopes, strict=True)]


@dataclass
class Tables:
    """The tables of payments, written in a transaction that is undone."""

    connection: asyncpg.Connection[Any]

    async def keep(self, batch: list[Applied]) -> None:
        await payments_app.SERVICE.project(self.connection, 0, batch)

    async def now(self) -> tuple[Decimal, Decimal]:
        row = await self.connection.fetchrow(_BALANCE, ACCOUNT)
        assert row is not None
        return row["open"], row["credit"]

    async def then(self, day: date = LAST_DAY, known_at: datetime = LAST_INSTANT) -> tuple[Decimal, Decimal]:
        row = await self.connection.fetchrow(_AT, ACCOUNT, day, known_at)
        assert row is not None
        return row["open"], row["credit"]


@pytest.fixture
async def tables(fresh_env: FreshEnvironment) -> Any:
    service = payments_app.SERVICE
    dsn = fresh_env.settings.postgres_dsn_of(service.name)
    generation = await prepare(dsn, service, fresh_env.settings)
    connection = await asyncpg.connect(dsn, server_settings={"search_path": generation.search_path})
    try:
        yield Tables(connection)
    finally:
        await connection.close()


async def test_a_balance_is_what_was_known_then_and_what_the_dates_say(tables: Tables) -> None:
    """Twenty lives: invoices, debit notes, late fees, payments that come late, credit notes, voids, granted credit."""
    kinds: set[str] = set()
    for seed in range(20):
        undone = tables.connection.transaction()
        await undone.start()
        life, known = Life(random.Random(seed)), []
        await tables.keep(life.opened())
        for _ in range(STEPS):
            batch = life.step()
            kinds |= {type(applied.event).__name__ for applied in batch}
            await tables.keep(batch)
            known.append((life.at, await tables.now()))
        for at, said in known:
            for later in (timedelta(0), timedelta(minutes=59)):
                assert await tables.then(known_at=at + later) == said, (seed, at)
        assert await tables.then() == await tables.now()
        for day in (BEGIN.date() + timedelta(days=n) for n in range(-4, 20)):
            open_, credit = await tables.then(day)
            assert open_ - credit == life.owed_on(day), (seed, day)
            assert open_ >= 0 and credit >= 0, (seed, day)
        await undone.rollback()
    # The lives were full: whatever payments can report of a balance has happened.
    assert kinds >= {
        *("ReceivableOpened", "PaymentRecorded", "PaymentAllocated", "CreditNoteTaken", "CreditAllocated"),
        *("ReceivableWithdrawn", "WithdrawalRefused", "CreditGranted", "CreditReversed", "CreditExpired"),
    }
