"""A dunning policy as people write it, and as it is shown.

{"name": "Standard", "minimums": [{"amount": "5.00", "currency": "EUR"}], "steps": [
    {"name": "Reminder", "after_days": 10, "letters": [{"language": "en", "subject": "…", "text": "… {overdue} …"}]},
    {"name": "Block", "after_days": 14, "service": {"access": "blocked"}, "fees": [{"amount": "5.00", ...}]},
    {"name": "End", "after_days": 21, "terminate": true}]}
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StrictBool, StrictInt

from services.payments.dunning_policy.checking import CURRENCIES_MAX, DAYS_MAX, LETTERS_MAX, STEPS_MAX
from services.payments.dunning_policy.messages import (
    Access,
    Billing,
    Channel,
    CurrencyAmount,
    DunningStep,
    DunningTerms,
    Letter,
    Restriction,
)
from shared.http.money import money
from shared.kernel.bodies import Body, IdText, PrintableText
from shared.kernel.money import MoneyBody

Language = Annotated[str, Field(strict=True, pattern=r"^[a-z]{2}(-[A-Z]{2})?$", examples=["en"])]


class LetterBody(Body):
    """What a customer of that language is written. `{overdue}`, `{days}`, `{oldest}` and `{account}` stand for the
    overdue amount, how many days it is overdue, the earliest due date, and the account's id."""

    language: Language
    subject: Annotated[PrintableText, Field(min_length=1, max_length=200)]
    text: Annotated[str, Field(strict=True, min_length=1, max_length=10_000)]


class RestrictionBody(Body):
    """`throttled` to a bandwidth `profile`, or `blocked`. `billing`: recurring prices go on, or cost nothing.
    `paid_for`: the services of accounts that it pays for as well."""

    access: Access
    profile: IdText | None = None
    billing: Billing = "continue"
    paid_for: StrictBool = False


class DunningStepBody(Body):
    """What happens when something has been overdue for `after_days` days: any of these, or nothing but being told."""

    name: Annotated[PrintableText, Field(min_length=1, max_length=100)]
    after_days: Annotated[StrictInt, Field(ge=1, le=DAYS_MAX)]
    letters: Annotated[list[LetterBody], Field(max_length=LETTERS_MAX)] = []
    channels: Annotated[list[Channel], Field(max_length=2)] = []
    fees: Annotated[list[MoneyBody], Field(max_length=CURRENCIES_MAX)] = []
    tax_class: Annotated[str, Field(strict=True, pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")] | None = None
    service: RestrictionBody | None = None
    collection: StrictBool = False
    agency: IdText | None = None
    terminate: StrictBool = False

    def to_step(self) -> DunningStep:
        service = self.service
        return DunningStep(
            name=self.name,
            after_days=self.after_days,
            letters=tuple(Letter(**letter.model_dump()) for letter in self.letters),
            channels=tuple(dict.fromkeys(self.channels)),
            fees=tuple(_amount(fee) for fee in self.fees),
            tax_class=self.tax_class,
            service=None if service is None else Restriction(**service.model_dump()),
            collection=self.collection,
            agency=self.agency,
            terminate=self.terminate,
        )


class DunningPolicyChange(Body):
    """What a policy says, all of it. Nobody is dunned for less than the minimum of his currency."""

    name: Annotated[PrintableText, Field(min_length=1, max_length=200)]
    steps: Annotated[list[DunningStepBody], Field(min_length=1, max_length=STEPS_MAX)]
    minimums: Annotated[list[MoneyBody], Field(max_length=CURRENCIES_MAX)] = []

    def terms(self) -> DunningTerms:
        steps = tuple(step.to_step() for step in self.steps)
        return DunningTerms(name=self.name, steps=steps, minimums=tuple(_amount(least) for least in self.minimums))


def shown(terms: DunningTerms) -> dict[str, Any]:
    """The terms as `DunningPolicyChange` would be sent."""
    return {
        "name": terms.name,
        "minimums": [money(least.amount, least.currency) for least in terms.minimums],
        "steps": [shown_step(step) for step in terms.steps],
    }


def shown_step(step: DunningStep) -> dict[str, Any]:
    """A step as `DunningStepBody` would be sent."""
    service = step.service
    names = ("name", "after_days", "tax_class", "collection", "agency", "terminate")
    said = {name: getattr(service, name) for name in ("access", "profile", "billing", "paid_for")} if service else None
    return {
        **{name: getattr(step, name) for name in names},
        "channels": list(step.channels),
        "letters": [{"language": one.language, "subject": one.subject, "text": one.text} for one in step.letters],
        "fees": [money(fee.amount, fee.currency) for fee in step.fees],
        "service": said,
    }


def _amount(body: MoneyBody) -> CurrencyAmount:
    given = body.to_money()
    return CurrencyAmount(currency=given.currency, amount=given.amount)
