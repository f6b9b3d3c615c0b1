"""What a discount is called today: the day is that of its account."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from pydantic import ValidationError

from services.invoicing.coupon.messages import DiscountTerms
from services.invoicing.discount.api import discount_shape
from services.invoicing.discount.rows import DiscountRow
from services.invoicing.discount_bodies import TermsBody
from shared.http.validation import refusals_of

LATE = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)
"""Half past midnight of the first of October in Paris."""


def row(time_zone: str, **more: Any) -> dict[str, Any]:
    terms = DiscountTerms(name="Loyalty", until=more.pop("until", None))
    own = dict.fromkeys(DiscountRow.__struct_fields__) | {"discount_id": "d-1", "account_id": "acc-1", "version": 1}
    told = {"terms": msgspec.json.encode(terms).decode(), "periods_used": 0, "time_zone": time_zone}
    return own | told | more


@pytest.mark.parametrize(
    ("time_zone", "dates", "status"),
    [
        ("Europe/Paris", {"starts_on": date(2026, 10, 1)},                                "active"),
        ("UTC",          {"starts_on": date(2026, 10, 1)},                                "scheduled"),
        ("Europe/Paris", {"starts_on": date(2026, 9, 1), "ended_on": date(2026, 10, 1)},  "ended"),
        ("UTC",          {"starts_on": date(2026, 9, 1), "ended_on": date(2026, 10, 1)},  "active"),
        ("Europe/Paris", {"starts_on": date(2026, 9, 1), "until": date(2026, 10, 1)},     "ended"),
        ("Asia/Tokyo",   {"starts_on": date(2026, 10, 2)},                                "scheduled"),
    ],
    ids=["begun", "not begun", "ended", "not ended", "until", "tomorrow"],
)  # fmt: skip
def test_a_discount_begins_and_ends_on_days_of_its_account(time_zone: str, dates: dict[str, Any], status: str) -> None:
    assert discount_shape(row(time_zone, **dates), LATE)["status"] == status


@pytest.mark.parametrize(
    ("duration", "pointer", "code"),
    [
        ({"periods": 0},                          "/duration/periods", "out_of_bounds"),
        ({"periods": True},                       "/duration/periods", "wrong_type"),
        ({"until": "9999-12-31"},                 "/duration/until",   "invalid"),
        ({"until": "2027-01-01", "periods": 1},   "/duration/periods", "unknown_field"),
        ("never",                                 "/duration",         "invalid"),
        ({},                                      "/duration",         "invalid"),
        (None,                                    "/duration",         "invalid"),
    ],
    ids=["none", "no number", "no day", "both", "another word", "empty", "null"],
)  # fmt: skip
def test_what_is_wrong_with_a_duration_is_said_once(duration: Any, pointer: str, code: str) -> None:
    body = {"discount": {"percent": "10"}, "duration": duration}
    with pytest.raises(ValidationError) as wrong:
        TermsBody.model_validate(body)
    errors = [{**error, "loc": ("body", *error["loc"])} for error in wrong.value.errors()]
    assert [(one.pointer, one.code) for one in refusals_of(errors, body)] == [(pointer, code)]


@pytest.mark.parametrize("duration", ["once", "forever", {"periods": 3}, {"until": "2027-01-01"}], ids=str)
def test_a_duration_has_one_of_four_forms(duration: Any) -> None:
    body = TermsBody.model_validate({"discount": {"percent": "10"}, "duration": duration})
    assert TermsBody(discount=body.discount, duration=body.duration) == body
