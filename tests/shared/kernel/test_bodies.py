"""Dates, instants, cycles in HTTP bodies, and how refusals point at them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from shared.kernel.bodies import BillingDate, CycleBody, Instant, Moment, PeriodBody, parse_text, refusals
from shared.kernel.calendar import EveryDays
from shared.kernel.json_keys import json_pointer


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")

    day: BillingDate = date(2026, 1, 1)
    at: Instant = datetime(2026, 1, 1, tzinfo=UTC)
    moment: Moment = date(2026, 1, 1)
    period: PeriodBody | None = None
    cycle: CycleBody = CycleBody()


@pytest.mark.parametrize(
    "value", ["2026-13-01", "2026-02-30", "20260601", "2026-6-1", "2026-06-01T00:00:00", 1764547200]
)
@pytest.mark.parametrize("field", ["day", "moment"])
def test_a_billing_date_is_a_day_and_nothing_else(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        Body.model_validate({field: value})


@pytest.mark.parametrize("value", ["0001-01-01", "1969-12-31", "3000-01-01", "9999-12-31"])
def test_a_date_that_arithmetic_could_leave_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="is outside 1970-01-01 to 2999-12-31"):
        Body.model_validate({"day": value})


@pytest.mark.parametrize(
    "value", ["2026-06-01T10:00:00", "2026-06-01", "2026-06-01 10:00:00Z", "0001-01-01T00:00:00+14:00", 5]
)
def test_an_instant_names_its_offset(value: object) -> None:
    with pytest.raises(ValidationError):
        Body.model_validate({"at": value})


def test_an_instant_is_kept_in_utc() -> None:
    body = Body.model_validate({"at": "2026-06-01T10:00:00+02:00", "moment": "2026-06-01T10:00:00.5z"})
    assert body.at == datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert body.moment == datetime(2026, 6, 1, 10, 0, 0, 500_000, tzinfo=UTC)


def test_a_cycle_says_its_frequency_in_words_or_days() -> None:
    assert CycleBody.model_validate({"frequency": {"days": 30}}).to_cycle().frequency == EveryDays(30)
    assert CycleBody.model_validate({"frequency": "year"}).to_cycle().frequency == "year"
    assert CycleBody().to_cycle().frequency == "month"


@pytest.mark.parametrize(
    "cycle",
    [
        {"frequency": "weekly"},
        {"frequency": {"days": "30"}},
        {"frequency": {"days": True}},
        {"frequency": {"days": 0}},
        {"frequency": {"days": 30, "weeks": 1}},
        {"frequency": []},
        {"anchor_day": "1"},
        {"anchor_day": 1.0},
        {"anchor_day": 0},
        {"anchor_day": 32},
        {"anchor_month": 13},
        {"time_zone": "Mars"},
        {"time_zone": 1},
    ],
)
def test_a_cycle_that_cannot_be_is_refused(cycle: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CycleBody.model_validate(cycle)


def test_every_bad_field_is_pointed_at() -> None:
    with pytest.raises(ValidationError) as error:
        Body.model_validate({"day": 1, "cycle": {"anchor_day": 99}, "period": {"start": "2026-06-01"}, "x/y~z": 1})
    found = {refusal.pointer: refusal.code for refusal in refusals(error.value, pointer="/body")}
    assert found == {
        "/body/day": "invalid",
        "/body/cycle/anchor_day": "out_of_bounds",
        "/body/period/end": "required",
        "/body/x~1y~0z": "unknown_field",
    }


@pytest.mark.parametrize("text", ["Anna", " Anna ", "安娜", "آنا", "🌿", "-", ""])
def test_text_that_can_be_seen_is_taken(text: str) -> None:
    assert parse_text(text) == text


@pytest.mark.parametrize("text", [" ", "\u00a0\u2003", "\u200b", "\u2060\ufeff", "\u202e ", "\u0301"])
def test_text_of_blanks_alone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="shows nothing"):
        parse_text(text)


def test_a_period_that_does_not_last_is_refused() -> None:
    with pytest.raises(ValidationError, match="a period ends after it starts"):
        Body.model_validate({"period": {"start": "2026-06-01", "end": "2026-06-01"}})


def test_a_pointer_is_rfc_6901() -> None:
    assert json_pointer("tiers", 0, "a/b") == "/tiers/0/a~1b"
    assert json_pointer("\ud800") == "/\\ud800"
