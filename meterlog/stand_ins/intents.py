"""Stripe's PaymentIntents as far as collections use them: what becomes of each by its payment method. No network here.

    books = Books()
    status, body = books.create({"amount": "3604", "currency": "eur", "payment_method": "pm_visa", ...}, "col-1-1")
    books.charged("col-1-1")                # 3604: what was taken for the intent, in minor units

Payment methods, by the word behind `pm_`:

visa, anything else    succeeded
insufficient_funds     402, a soft decline; stolen_card, lost_card, expired_card likewise, hard
soft_then_ok           402 the first time that this method is charged, then succeeded
authenticate           on session requires_action until somebody says what the customer did; off session 402
processing             processing until somebody says more
timeout                charged, and the answer is lost; slow: charged, and answered after some seconds
away                   nothing is charged, and the connection is closed
broken                 charged, and the answer is a 500
hook_first             charged, its webhook comes before the answer
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

HARD: Final = frozenset({"stolen_card", "lost_card", "expired_card"})
DECLINES: Final = HARD | {"insufficient_funds", "do_not_honor"}
Answered = tuple[int, dict[str, Any]]


@dataclass
class Intent:
    """`charges` counts how often money was taken for it: once, or something is wrong with us."""

    id: str
    intent_id: str
    amount: int
    currency: str
    method: str
    status: str = "requires_payment_method"
    charges: int = 0
    return_url: str = ""
    error: dict[str, Any] | None = None

    def charge(self) -> None:
        self.status, self.charges, self.error = "succeeded", self.charges + 1, None

    def decline(self, code: str) -> None:
        self.status = "requires_payment_method"
        said = {"code": code} if code in ("expired_card", "authentication_required") else {"code": "card_declined"}
        self.error = {"type": "card_error", **said, "decline_code": code, "message": "Your card was declined."}

    def shown(self) -> dict[str, Any]:
        """As Stripe shows it."""
        action = None
        if self.status == "requires_action":
            url = f"https://hooks.stripe.example/3d_secure/{self.id}"
            action = {"type": "redirect_to_url", "redirect_to_url": {"url": url, "return_url": self.return_url}}
        return {
            "id": self.id,
            "object": "payment_intent",
            "amount": self.amount,
            "amount_received": self.amount if self.status == "succeeded" else 0,
            "currency": self.currency,
            "livemode": False,
            "metadata": {"intent_id": self.intent_id},
            "payment_method": self.method,
            "status": self.status,
            "next_action": action,
            "last_payment_error": self.error,
        }


@dataclass
class PaidBack:
    """Money of an intent that went back."""

    id: str
    payment_intent: str
    intent_id: str
    amount: int
    status: str = "succeeded"

    def shown(self) -> dict[str, Any]:
        """As Stripe shows it."""
        metadata = {"intent_id": self.intent_id}
        return {**vars(self), "object": "refund", "metadata": metadata, "failure_reason": None}


@dataclass
class Books:
    """What the gateway knows. `calls` counts the requests to charge, by our intents: each is one."""

    intents: dict[str, Intent] = field(default_factory=dict)
    refunds: dict[str, PaidBack] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    _kept: dict[str, tuple[Mapping[str, str], Answered]] = field(default_factory=dict)
    _methods: Counter[str] = field(default_factory=Counter)

    def create(self, fields: Mapping[str, str], key: str) -> Answered:
        """A PaymentIntent that is confirmed at once. The same key again is answered as it was, and charges nothing."""
        self.calls[fields.get("metadata[intent_id]", key)] += 1
        kept = self._kept.get(key)
        if kept is not None:
            same = kept[0] == fields
            return kept[1] if same else _error(400, {"type": "idempotency_error", "message": "Keys are used once."})
        missing = next((name for name in ("amount", "currency", "payment_method") if not fields.get(name)), None)
        if missing or not fields["amount"].isdecimal() or int(fields["amount"]) < 1:
            return _error(400, {"code": "parameter_missing", "param": missing or "amount"})
        answered = self._confirmed(self._made(fields))
        self._kept[key] = (dict(fields), answered)
        return answered

    def refund(self, fields: Mapping[str, str], key: str) -> Answered:
        """Paid back at once, no more than was taken. The same key again is answered as it was."""
        self.calls[fields.get("metadata[intent_id]", key)] += 1
        kept = self._kept.get(key)
        if kept is not None:
            return kept[1] if kept[0] == fields else _error(400, {"type": "idempotency_error"})
        intent, amount = self.intents.get(fields.get("payment_intent", "")), int(fields.get("amount", "0"))
        if intent is None:
            return _missing(fields.get("payment_intent", ""))
        if intent.status != "succeeded" or amount < 1 or amount > intent.amount - self.paid_back(intent.id):
            return _error(400, {"code": "charge_already_refunded"})
        made = PaidBack(f"re_{len(self.refunds) + 1:06}", intent.id, fields.get("metadata[intent_id]", ""), amount)
        self.refunds[made.id] = made
        answered: Answered = (200, made.shown())
        self._kept[key] = (dict(fields), answered)
        return answered

    def paid_back(self, payment_intent: str) -> int:
        return sum(one.amount for one in self.refunds.values() if one.payment_intent == payment_intent)

    def find(self, intent_id: str) -> list[Intent]:
        return [one for one in self.intents.values() if one.intent_id == intent_id]

    def cancel(self, id_: str) -> Answered:
        intent = self.intents.get(id_)
        if intent is None:
            return _missing(id_)
        if intent.status in ("succeeded", "canceled", "processing"):
            shown = {"payment_intent": intent.shown()} if intent.status != "canceled" else {}
            return _error(400, {"code": "payment_intent_unexpected_state", **shown})
        intent.status = "canceled"
        return 200, intent.shown()

    def move(self, id_: str, to: str) -> Intent | None:
        """What the customer or the bank does: `succeeded`, `canceled`, or a decline by its code."""
        intent = self.intents.get(id_)
        if intent is None:
            return None
        if to == "succeeded":
            if intent.status != "succeeded":
                intent.charge()
        elif to == "canceled":
            intent.status = "canceled"
        else:
            intent.decline(to)
        return intent

    def charged(self, intent_id: str) -> int:
        return sum(one.amount * one.charges for one in self.find(intent_id))

    def twice(self) -> list[str]:
        """Intents of ours for which we called twice, or were given money twice. What never arrived may come again."""
        taken: Counter[str] = Counter()
        for one in self.intents.values():
            taken[one.intent_id] += one.charges
        taken.update(one.intent_id for one in self.refunds.values())
        return sorted({name for counts in (self.calls, taken) for name, n in counts.items() if n > 1 and name in taken})

    def _made(self, fields: Mapping[str, str]) -> Intent:
        intent = Intent(
            id=f"pi_{len(self.intents) + 1:06}",
            intent_id=fields.get("metadata[intent_id]", ""),
            amount=int(fields["amount"]),
            currency=fields["currency"],
            method=fields["payment_method"],
            return_url=fields.get("return_url", ""),
        )
        self.intents[intent.id] = intent
        return intent

    def _confirmed(self, intent: Intent) -> Answered:
        self._methods[intent.method] += 1
        word = intent.method.removeprefix("pm_")
        if word in DECLINES or (word == "soft_then_ok" and self._methods[intent.method] == 1):
            intent.decline(word if word in DECLINES else "insufficient_funds")
        elif word == "authenticate" and not intent.return_url:
            intent.decline("authentication_required")
        elif word == "authenticate":
            intent.status = "requires_action"
        elif word == "processing":
            intent.status = "processing"
        else:
            intent.charge()
        if intent.error is not None:
            return 402, {"error": {**intent.error, "payment_intent": intent.shown()}}
        return 200, intent.shown()


def _missing(id_: str) -> Answered:
    return _error(404, {"code": "resource_missing", "message": f"No such payment_intent: {id_!r}"})


def _error(status: int, said: Mapping[str, Any]) -> Answered:
    return status, {"error": {"type": "invalid_request_error", **said}}
