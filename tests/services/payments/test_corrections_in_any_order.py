"""All corrections of two invoices and their payments, in whatever order a clerk, a bank and an accountant come.

What the machine keeps by itself is what a bank statement and the documents say: money that came and went, invoices and
credit notes. The ledger has to agree with both, and no invoice is credited beyond what it asks for.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.payments.adjustment.messages import AdjustBalance
from services.payments.balance.state import Payer
from services.payments.chargeback.messages import PaymentChargedBack, RecordChargeback, ReverseChargeback
from services.payments.dispute.messages import OpenDispute, ResolveDispute
from services.payments.dispute.state import Dispute
from services.payments.ledger.postings import Money as Moving
from services.payments.ledger.postings import postings
from services.payments.payment.messages import AllocatePayment, ReversePayment, Wanted
from services.payments.payment.state import KnownPayment
from services.payments.receivable.messages import ReceivableWithdrawn, WithdrawReceivable
from services.payments.receivable.state import KnownInvoice
from services.payments.refund.messages import ConfirmRefund, FailRefund, RefundFailed, RefundPaid, RefundPayment
from services.payments.refund.state import KnownRefund
from services.payments.settings.messages import ONLY, PaymentSettingsChanged, SettingsTerms
from services.payments.write_off.messages import RecoverWriteOff, WriteOff
from services.payments.write_off.state import KnownWriteOff
from shared.kernel.message import Command
from shared.kernel.money import Money
from shared.kernel.outcome import CommandRejected
from tests.services.payments.credit_note.test_credit_note import credit_note
from tests.services.payments.story import ACCOUNT, NOON, OPENED, owed, pay, payments

INVOICES = {1: Decimal("40.00"), 2: Decimal("25.00")}
AMOUNTS = st.sampled_from(["0.01", "4.99", "10.00", "15.00", "25.00", "39.98", "40.00", "65.00"])
WHICH = st.sampled_from(sorted(INVOICES))
EARLIER = st.integers(1, 4)
"""Which of what there was before: the first payment, the second, …"""


class Corrections(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        tolerated = SettingsTerms(tolerances={"EUR": Decimal("0.05")})
        settled = PaymentSettingsChanged(terms=tolerated, version=1, settings_id=ONLY)
        self.spec = payments().given(settled, OPENED)
        self.ledger: dict[str, Decimal] = {}
        self.cash, self.documents = Decimal(0), Decimal(0)
        self.noted = dict.fromkeys(INVOICES, Decimal(0))
        self.n = dict.fromkeys(("pay", "rf", "cb", "adj", "wo", "dp", "cn"), 0)
        for number, amount in INVOICES.items():
            invoice = owed(number, str(amount))
            self.spec.given(invoice)
            self._post([invoice])
            self.documents += amount

    def _post(self, events: list[Any]) -> None:
        for event in events:
            for posting in postings(event) if isinstance(event, Moving) else ():
                self.ledger[posting.debit] = self.ledger.get(posting.debit, Decimal(0)) + posting.amount
                self.ledger[posting.credit] = self.ledger.get(posting.credit, Decimal(0)) - posting.amount

    def _ask(self, command: Command) -> list[Any]:
        """The events; none where it is refused, which has a code and changes nothing."""
        self.spec.when(command)
        refused = [event for event in self.spec.events if isinstance(event, CommandRejected)]
        assert all(event.code.isidentifier() and event.detail for event in refused)
        assert not refused or len(self.spec.events) == 1
        self._post(self.spec.events)
        return [] if refused else list(self.spec.events)

    def _next(self, kind: str) -> str:
        self.n[kind] += 1
        return f"{kind}-{self.n[kind]}"

    @rule(amount=AMOUNTS)
    def a_payment_comes(self, amount: str) -> None:
        if self._ask(pay(amount, payment=self._next("pay"))):
            self.cash += Decimal(amount)

    @rule(n=EARLIER, amount=AMOUNTS, adjust=st.booleans())
    def a_clerk_refunds(self, n: int, amount: str, adjust: bool) -> None:
        said: dict[str, Any] = {"payment_id": f"pay-{n}", "account_id": ACCOUNT, "reason": "x"}
        money = Money(Decimal(amount), "EUR")
        self._ask(RefundPayment(refund_id=self._next("rf"), amount=money, adjust_invoice=adjust, **said))

    @rule(n=EARLIER, entry=st.none() | st.just("be-1"))
    def a_refund_is_paid(self, n: int, entry: str | None) -> None:
        """A person says so, or a bank statement."""
        for event in self._ask(ConfirmRefund(refund_id=f"rf-{n}", account_id=ACCOUNT, entry_id=entry)):
            self.cash -= event.amount if isinstance(event, RefundPaid) else 0

    @rule(n=EARLIER)
    def a_refund_fails(self, n: int) -> None:
        """It never went, or came back."""
        for event in self._ask(FailRefund(refund_id=f"rf-{n}", account_id=ACCOUNT, reason_code="x")):
            self.cash += event.amount if isinstance(event, RefundFailed) and event.returned else 0

    @rule(n=EARLIER, amount=AMOUNTS)
    def a_bank_takes(self, n: int, amount: str) -> None:
        said: dict[str, Any] = {"payment_id": f"pay-{n}", "account_id": ACCOUNT, "reason": "x"}
        money = Money(Decimal(amount), "EUR")
        events = self._ask(
            RecordChargeback(chargeback_id=self._next("cb"), received_on=NOON.date(), amount=money, **said)
        )
        if any(isinstance(event, PaymentChargedBack) for event in events):
            self.cash -= Decimal(amount)

    @rule(n=EARLIER, of=EARLIER)
    def a_bank_gives_back(self, n: int, of: int) -> None:
        asked = ReverseChargeback(payment_id=f"pay-{of}", account_id=ACCOUNT, chargeback_id=f"cb-{n}")
        for event in self._ask(asked)[:1]:
            self.cash += event.amount + event.paid_back_before

    @rule(n=EARLIER)
    def it_never_came(self, n: int) -> None:
        """What was charged back of it is gone already."""
        known = self.spec.get(KnownPayment, f"pay-{n}")
        if self._ask(ReversePayment(payment_id=f"pay-{n}", account_id=ACCOUNT, reason="x")):
            assert known is not None
            self.cash -= known.amount - known.charged_back - known.charged_again

    @rule(n=EARLIER, to=st.dictionaries(WHICH, AMOUNTS, max_size=2))
    def a_clerk_moves(self, n: int, to: dict[int, str]) -> None:
        parts = tuple(Wanted(invoice_id=f"inv-{i}", amount=Money(Decimal(a), "EUR")) for i, a in to.items())
        self._ask(AllocatePayment(payment_id=f"pay-{n}", account_id=ACCOUNT, allocations=parts))

    @rule(invoice=WHICH, amount=AMOUNTS)
    def an_accountant_credits(self, invoice: int, amount: str) -> None:
        """As far as invoicing lets it: no more than the invoice has left, and none of one that is void."""
        known = self.spec.get(KnownInvoice, f"inv-{invoice}")
        left = INVOICES[invoice] - self.noted[invoice]
        if known is None or known.withdrawn or Decimal(amount) > left:
            return
        self.n["cn"] += 1
        self.spec.when_event(credit_note(self.n["cn"], amount, invoice), seq=self.n["cn"], service="invoicing")
        self._post(self.spec.events)
        self.noted[invoice] += Decimal(amount)
        self.documents -= Decimal(amount)

    @rule(invoice=WHICH, amount=AMOUNTS)
    def a_clerk_credits(self, invoice: int, amount: str) -> None:
        said: dict[str, Any] = {"direction": "credit", "reason_code": "x", "role": "admin"}
        money = Money(Decimal(amount), "EUR")
        account: dict[str, Any] = {"account_id": ACCOUNT, "invoice_id": f"inv-{invoice}"}
        self._ask(AdjustBalance(adjustment_id=self._next("adj"), amount=money, **account, **said))

    @rule(invoice=WHICH)
    def it_is_given_up(self, invoice: int) -> None:
        said = {"account_id": ACCOUNT, "invoice_id": f"inv-{invoice}", "reason_code": "x"}
        self._ask(WriteOff(write_off_id=self._next("wo"), **said))

    @rule(n=EARLIER, amount=st.none() | AMOUNTS)
    def it_comes_after_all(self, n: int, amount: str | None) -> None:
        money = None if amount is None else Money(Decimal(amount), "EUR")
        self._ask(RecoverWriteOff(write_off_id=f"wo-{n}", account_id=ACCOUNT, amount=money))

    @rule(invoice=WHICH, amount=st.none() | AMOUNTS)
    def it_is_disputed(self, invoice: int, amount: str | None) -> None:
        money = None if amount is None else Money(Decimal(amount), "EUR")
        said = {"account_id": ACCOUNT, "invoice_id": f"inv-{invoice}", "reason": "x"}
        self._ask(OpenDispute(dispute_id=self._next("dp"), amount=money, **said))

    @rule(invoice=WHICH, amount=st.none() | AMOUNTS)
    def it_is_accepted(self, invoice: int, amount: str | None) -> None:
        money = None if amount is None else Money(Decimal(amount), "EUR")
        self._ask(ResolveDispute(account_id=ACCOUNT, invoice_id=f"inv-{invoice}", outcome="accepted", amount=money))

    @rule(invoice=WHICH)
    def it_is_rejected(self, invoice: int) -> None:
        self._ask(ResolveDispute(account_id=ACCOUNT, invoice_id=f"inv-{invoice}", outcome="rejected"))

    @rule(invoice=WHICH)
    def it_is_void(self, invoice: int) -> None:
        """Invoicing asks for it once, and of no invoice that has a credit note."""
        known = self.spec.get(KnownInvoice, f"inv-{invoice}")
        if self.noted[invoice] or known is None or known.withdrawn:
            return
        events = self._ask(WithdrawReceivable(invoice_id=f"inv-{invoice}", account_id=ACCOUNT))
        if any(isinstance(event, ReceivableWithdrawn) for event in events):
            self.documents -= INVOICES[invoice]

    @invariant()
    def the_ledger_agrees_with_the_bank_and_the_documents(self) -> None:
        assert sum(self.ledger.values()) == 0
        assert sum((v for name, v in self.ledger.items() if name.startswith("clearing:")), Decimal(0)) == self.cash
        assert -self.ledger.get("billed", Decimal(0)) == self.documents

    @invariant()
    def what_is_to_be_paid_back_is_what_the_ledger_says(self) -> None:
        waiting = (one.amount for one in self.spec.state.all(KnownRefund) if one.status in ("requested", "sent"))
        assert sum(waiting, Decimal(0)) == -self.ledger.get("refunds_payable", Decimal(0))

    @invariant()
    def what_is_open_and_what_is_credit_is_what_the_ledger_says(self) -> None:
        payer = self.spec.get(Payer, ACCOUNT)
        assert payer is not None
        assert all(one.open > 0 for one in payer.owed) and all(one.left > 0 for one in payer.credits)
        assert sum((one.open for one in payer.owed), Decimal(0)) == self.ledger.get("receivables", 0)
        assert sum((one.left for one in payer.credits), Decimal(0)) == -self.ledger.get("unapplied", Decimal(0))
        for known in self.spec.state.all(KnownPayment):
            parts = sum((part.amount for part in known.parts), Decimal(0))
            here = Decimal(0) if known.status == "reversed" else known.left
            assert parts + payer.left_of(known.payment_id) == here
            assert known.charged_again >= 0 and (known.status == "reversed" or min(known.left, known.takeable) >= 0)

    @invariant()
    def no_invoice_is_credited_beyond_its_amount(self) -> None:
        for known in self.spec.state.all(KnownInvoice):
            assert known.noted + known.corrected <= known.amount, known
            assert min(known.noted, known.corrected, known.written_off) >= 0, known

    @invariant()
    def what_is_given_up_is_the_same_from_both_sides(self) -> None:
        by_invoice = sum((one.written_off for one in self.spec.state.all(KnownInvoice)), Decimal(0))
        of = [part.amount for one in self.spec.state.all(KnownWriteOff) for part in one.parts]
        assert by_invoice == sum(of, Decimal(0)) == self.ledger.get("write_offs", Decimal(0))
        assert all(one.amount > 0 for one in self.spec.state.all(Dispute))


TestCorrections = Corrections.TestCase
TestCorrections.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
