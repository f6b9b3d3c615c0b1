"""Certificates: granted to an account that is there while they are valid, and ended on a day (R45)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.invoicing.tax_exemption.messages import (
    EndTaxExemption,
    ExemptionTerms,
    GrantTaxExemption,
    TaxExemptionEnded,
    TaxExemptionGranted,
)
from services.invoicing.tax_exemption.state import TaxExemptions
from tests.kit.decider import Specification
from tests.services.invoicing.story import ACCOUNT, opened, tell
from tests.services.invoicing.tax_world import place, world


def there() -> Specification:
    return tell(world(place("US")), opened())


def grant(account: str = ACCOUNT, **other: Any) -> GrantTaxExemption:
    said: dict[str, Any] = {"jurisdiction_id": "US", "certificate": "ST-5 0042", "valid_from": date(2026, 1, 1)}
    return GrantTaxExemption(exemption_id="ex-1", account_id=account, terms=ExemptionTerms(**said | other))


def test_a_certificate_is_valid_between_two_days_R45() -> None:
    terms = grant(valid_to=date(2027, 1, 1)).terms
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [terms.valid(day) for day in days] == [False, True, True, False]


def test_a_certificate_is_granted_once_and_ended_R45() -> None:
    story = there().when(grant())
    story.then(TaxExemptionGranted(exemption_id="ex-1", account_id=ACCOUNT, terms=grant().terms))
    story.when(grant()).then_nothing()
    end = EndTaxExemption(exemption_id="ex-1", account_id=ACCOUNT, on=date(2026, 11, 1))
    story.when(end).then(TaxExemptionEnded(exemption_id="ex-1", account_id=ACCOUNT, on=date(2026, 11, 1)))
    held = story.get(TaxExemptions, ACCOUNT)
    assert held is not None and held.exemptions[0].terms.valid_to == date(2026, 11, 1)
    story.when(end).then_nothing()


@pytest.mark.parametrize(
    ("command", "code", "pointer"),
    [
        (grant("acc-2"), "account_not_found", "/account_id"),
        (grant(jurisdiction_id="FR"), "tax_jurisdiction_not_found", "/jurisdiction_id"),
        (grant(valid_to=date(2026, 10, 1)), "certificate_expired", "/valid_to"),
        (grant(valid_to=date(2026, 1, 1)), "invalid", "/valid_to"),
        (
            EndTaxExemption(exemption_id="ex-9", account_id=ACCOUNT, on=date(2026, 11, 1)),
            "tax_exemption_not_found",
            None,
        ),
    ],
)
def test_a_certificate_that_frees_from_nothing_is_refused_R45(command: Any, code: str, pointer: str | None) -> None:
    there().when(command).then_refused(code, pointer=pointer)
