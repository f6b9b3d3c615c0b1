"""What an answer may hold is in the document: found by asking with what nobody would."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from services.payments.bank_statement.shapes import BankStatementPreview
from services.rating.pricing.engine.rounding_field import RoundingField
from services.rating.quote.quote import quote
from shared.http.openapi import describe
from shared.kernel.money import Money, MoneyBody
from tests.contracts.every_endpoint import app_of


def test_a_sum_has_as_many_digits_as_it_needs() -> None:
    pattern = MoneyBody.model_json_schema()["properties"]["amount"]["pattern"]
    most = Money(Decimal("999999999999999999.00"), "EUR")
    assert re.search(pattern, MoneyBody.of(most + most).model_dump(mode="json")["amount"])
    huge = "9" * 18
    answer = quote(
        {
            "price": {"model": "per_unit", "unit_price": huge},
            "currency": "EUR",
            "period": {"start": "2026-06-01", "end": "2026-07-01"},
            "quantity": huge,
        }
    )
    assert answer["amount"]["amount"] == f"{int(huge) ** 2}.00"
    assert re.search(pattern, answer["amount"]["amount"])


def test_a_null_that_is_taken_in_a_rounding_is_in_the_document() -> None:
    """A plan shows its prices as they were sent."""
    adapter: TypeAdapter[Any] = TypeAdapter(RoundingField)
    assert adapter.validate_python(None) == adapter.validate_python({"mode": "half_up", "decimals": None})
    _, an_object, nothing = adapter.json_schema()["anyOf"]
    assert nothing == {"type": "null"}
    assert {"type": "null"} in an_object["properties"]["decimals"]["anyOf"]


def test_a_preview_of_a_bank_statement_is_what_its_status_says() -> None:
    operation = describe(app_of("payments"), "payments", commands=True)["paths"]["/v1/bank-statements"]["post"]
    answered = str(operation["responses"]["200"]["content"]["application/json"]["schema"])
    assert BankStatementPreview.__name__ in answered
