"""Random lives of an account, by every command that moves its money, sensible or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, get_args

from services.payments.adjustment.messages import AdjustBalance, Direction
from services.payments.balance.allocation import Policy
from services.payments.balance.state import Payer
from services.payments.chargeback.messages import RecordChargeback, ReverseChargeback
from services.payments.chargeback.state import Chargeback
from services.payments.deposit.messages import ApplyDeposit, ReceiveDeposit, RequestDeposit, ReturnDeposit
from services.payments.deposit.state import Deposit
from services.payments.dispute.messages import OpenDispute, ResolveDispute
from services.payments.granted_credit.messages import ExpireCredit, GrantCredit, ReverseCredit
from services.payments.granted_credit.state import KnownCredit
from services.payments.payment.messages import (
    AllocatePayment,
    CancelPayment,
    FailPayment,
    RecordPayment,
    ReversePayment,
    SucceedPayment,
    Wanted,
)
from services.payments.payment.state import KnownPayment
from services.payments.receivable.messages import OpenReceivable, WithdrawReceivable
from services.payments.receivable.state import KnownInvoice
from services.payments.refund.messages import ConfirmRefund, EndRefund, FailRefund, RefundPayment, SendRefund
from services.payments.refund.state import KnownRefund
from services.payments.settings.messages import ONLY, PaymentSettingsChanged, SetAllocation, SettingsTerms
from services.payments.write_off.messages import RecoverWriteOff, WriteOff
from services.payments.write_off.state import KnownWriteOff
from shared.engine.service import Applied
from shared.kernel.decider import State
from shared.kernel.message import Command, Event
from shared.kernel.money import Money
from shared.kernel.outcome import CommandDone
from tests.kit.decider import Specification
from tests.services.payments.credit_note.test_credit_note import credit_note
from tests.services.payments.story import ACCOUNT, NOON, OPENED, owed, payments

TODAY = NOON.date()


class Life:
    """What has happened so far is in `applied`; names of what there may be are guessed, so that much is refused."""

    def __init__(self, seed: int, steps: int = 30) -> None:
        self.chance = Random(seed)
        self.applied: list[Applied] = []
        self.refused = 0
        tolerated = SettingsTerms(tolerances={"EUR": Decimal("0.05")})
        settled = PaymentSettingsChanged(terms=tolerated, version=1, settings_id=ONLY)
        self.spec: Specification = payments().given(settled, OPENED)
        self.n = 0
        for _ in range(steps):
            self.n += 1
            self._step()

    @property
    def events(self) -> list[Event]:
        return [applied.event for applied in self.applied]

    @property
    def payer(self) -> Payer:
        payer = self.spec.get(Payer, ACCOUNT)
        assert payer is not None
        return payer

    def _step(self) -> None:
        billed = self._billed()
        if billed and self.chance.random() < 0.1:
            number = int(self.chance.choice(billed).removeprefix("inv-"))
            self.spec.when_event(credit_note(self.n, str(self._euros()), number), seq=self.n, service="invoicing")
            self._keep()
            return
        command = self.chance.choice(list(self._commands()))
        self.spec.when(command, now=NOON + timedelta(hours=self.n))
        if any(type(event).__name__ == "CommandRejected" for event in self.spec.events):
            self.refused += 1
            return
        self._keep()

    def _keep(self) -> None:
        told = zip(self.spec.events, self.spec.envelopes, strict=True)
        self.applied += [Applied(event, envelope) for event, envelope in told if not isinstance(event, CommandDone)]

    def _commands(self) -> Iterator[Command]:
        """One of each kind; what comes in and what is billed more often."""
        yield from (self._bill() for _ in range(4))
        yield from (self._pay() for _ in range(5))
        payment: dict[str, Any] = {"payment_id": self._one(KnownPayment), "account_id": ACCOUNT}
        maybe = self.chance.choice([None, self._money()])
        yield SucceedPayment(**payment)
        yield FailPayment(**payment, reason_code="insufficient_funds")
        yield CancelPayment(**payment)
        yield ReversePayment(**payment, reason="bounced")
        wanted = {self._one(KnownInvoice): self._money() for _ in range(self.chance.randrange(3))}
        parts = tuple(Wanted(invoice_id=invoice_id, amount=amount) for invoice_id, amount in wanted.items())
        yield from (AllocatePayment(**payment, allocations=parts) for _ in range(3))
        adjusts = self.chance.random() < 0.5
        for _ in range(3):
            refund_id = f"rf-{self.n}"
            yield RefundPayment(**payment, refund_id=refund_id, reason="left", amount=maybe, adjust_invoice=adjusts)
        refund: dict[str, Any] = {"account_id": ACCOUNT, "refund_id": self._one(KnownRefund)}
        yield SendRefund(**refund)
        yield ConfirmRefund(**refund, entry_id=self.chance.choice([None, "be-1"]))
        yield FailRefund(**refund, reason_code="account_closed")
        yield EndRefund(**refund, outcome=self.chance.choice(("succeeded", "failed", "unknown")))
        back: dict[str, Any] = {"chargeback_id": f"cb-{self.n}", "reason": "fraud", "received_on": TODAY}
        yield from (RecordChargeback(**payment, amount=maybe, **back) for _ in range(2))
        yield from (ReverseChargeback(**payment, chargeback_id=self._one(Chargeback)) for _ in range(3))
        yield from self._corrections(maybe)
        yield from self._kept(maybe)
        yield SetAllocation(account_id=ACCOUNT, allocation=self.chance.choice(get_args(Policy)))

    def _corrections(self, maybe: Money | None) -> Iterator[Command]:
        invoice_id = self._one(KnownInvoice)
        direction = self.chance.choice(get_args(Direction))
        yield AdjustBalance(
            adjustment_id=f"adj-{self.n}",
            account_id=ACCOUNT,
            direction=direction,
            amount=self._money(),
            reason_code="correction",
            role="admin",
        )
        yield WriteOff(
            write_off_id=f"wo-{self.n}",
            account_id=ACCOUNT,
            reason_code="uncollectable",
            invoice_id=self.chance.choice([None, invoice_id]),
        )
        yield from (
            RecoverWriteOff(write_off_id=self._one(KnownWriteOff), account_id=ACCOUNT, amount=maybe) for _ in range(2)
        )
        dispute: dict[str, Any] = {"account_id": ACCOUNT, "invoice_id": invoice_id}
        yield OpenDispute(dispute_id=f"dp-{self.n}", reason="not supplied", amount=maybe, **dispute)
        yield ResolveDispute(outcome=self.chance.choice(("accepted", "rejected")), **dispute)
        if billed := self._billed():
            yield WithdrawReceivable(account_id=ACCOUNT, invoice_id=self.chance.choice(billed))

    def _kept(self, maybe: Money | None) -> Iterator[Command]:
        """Granted credit and deposits."""
        until = self.chance.choice([None, TODAY])
        yield GrantCredit(
            credit_id=f"cr-{self.n}", account_id=ACCOUNT, amount=self._money(), reason="goodwill", expires_on=until
        )
        credit = {"credit_id": self._one(KnownCredit), "account_id": ACCOUNT}
        yield ReverseCredit(**credit, reason="twice")
        yield from (ExpireCredit(**credit) for _ in range(3))
        yield RequestDeposit(deposit_id=f"dep-{self.n}", account_id=ACCOUNT, amount=self._money(), purpose="equipment")
        deposit = {"deposit_id": self._one(Deposit), "account_id": ACCOUNT}
        yield from (ReceiveDeposit(**deposit, method="cash", received_on=TODAY) for _ in range(3))
        yield ApplyDeposit(**deposit, amount=maybe)
        yield from (ReturnDeposit(**deposit, reference="SEPA 1", amount=maybe) for _ in range(4))

    def _bill(self) -> OpenReceivable:
        opened = owed(self.n, str(self._euros()), f"2026-10-{self.chance.randrange(1, 28):02d}")
        return OpenReceivable(
            invoice_id=opened.invoice_id,
            account_id=ACCOUNT,
            number=opened.number,
            amount=opened.amount,
            currency="EUR",
            issued_on=date(2026, 10, 1),
            due_on=opened.due_on,
        )

    def _pay(self) -> RecordPayment:
        return RecordPayment(
            payment_id=f"pay-{self.n}",
            account_id=ACCOUNT,
            amount=self._money(),
            method="card",
            received_on=TODAY,
            status=self.chance.choice(("succeeded", "succeeded", "pending")),
        )

    def _billed(self) -> list[str]:
        """Invoices that are there and not void: invoicing speaks of no others."""
        return [
            one.invoice_id
            for one in self.spec.state.all(KnownInvoice)
            if not one.withdrawn and one.invoice_id.startswith("inv-")
        ]

    def _money(self) -> Money:
        return Money(self._euros(), "EUR")

    def _euros(self) -> Decimal:
        return Decimal(self.chance.randrange(1, 6000)).scaleb(-2)

    def _one(self, kind: type[State]) -> str:
        """The id of something that is there; of nothing, now and then."""
        known = [state.key for state in self.spec.state.all(kind)]
        return self.chance.choice([*known, "nobody's"])
