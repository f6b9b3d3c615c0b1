"""Rates as people send them: JSON, CSV, what is wrong with them, what they change."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from services.rating.pricing.calls.rate import Band, CallRate, Increment
from services.rating.rate_table.difference import differences
from services.rating.rate_table.messages import PART_BYTES_MAX, PART_ROWS_MAX
from services.rating.rate_table.reading import CSV, parts_of, read_rates
from shared.kernel.errors import Rejection
from shared.kernel.wire import write

SIXTY_ONE = (Increment(Decimal(0), Decimal(60)), Increment(Decimal(60), Decimal(1)))
WEEK = ("mon", "tue", "wed", "thu", "fri")
SHEET = """\
prefix;name;connect_fee;unit_price;per_s;increments;days;from;to
336;France mobile;0.05;0.18;60;60/1;;;
33;France;0.05;0.12;60;60/1;mon-fri;08:00;20:00
33;France;0.05;0.06;60;60/1;;;
1;;;0.02;;;sat sun holiday;;

1;;;0.03;;6;;22:00;06:00
1;;0.01;0.04;1;;;;
"""


def band(price: str, **options: Any) -> Band:
    return Band(unit_price=Decimal(price), per_s=Decimal(options.pop("per_s", 60)), **options)


def csv(text: str) -> list[CallRate]:
    return read_rates(text.encode(), f"{CSV}; charset=utf-8")


def refused(body: bytes | str, media_type: str = CSV) -> list[tuple[str, str | None]]:
    with pytest.raises(Rejection) as no:
        read_rates(body if isinstance(body, bytes) else body.encode(), media_type)
    return [(one.code, one.pointer) for one in no.value.all]


def test_a_sheet_has_a_line_for_each_band() -> None:
    one, france, mobile = csv(SHEET)
    times = {"days": WEEK, "start": "08:00", "end": "20:00"}
    assert france == CallRate("33", (band("0.12", **times), band("0.06")), "France", Decimal("0.05"), SIXTY_ONE)
    assert mobile == CallRate("336", (band("0.18"),), "France mobile", Decimal("0.05"), SIXTY_ONE)
    six = (Increment(Decimal(0), Decimal(6)),)
    assert one.bands == (
        band("0.02", days=("sat", "sun", "holiday")),
        band("0.03", start="22:00", end="06:00", increments=six),
        band("0.04", per_s=1, connect_fee=Decimal("0.01")),
    )
    assert (one.connect_fee, one.increments, one.name) == (None, None, None)


def test_a_sheet_of_two_columns_is_enough() -> None:
    assert csv("prefix,unit_price\r\n33,0.12\r\n") == [CallRate("33", (band("0.12"),))]
    assert csv('\ufeff"unit_price","prefix"\n"0.12","33"\n') == [CallRate("33", (band("0.12"),))]
    body = json.dumps({"csv": "prefix,unit_price\n33,0.12\n"}).encode()
    assert read_rates(body, "application/json") == [CallRate("33", (band("0.12"),))]


def test_rates_are_sent_as_json() -> None:
    rates = [{"prefix": "33", "bands": [{"unit_price": "0.12", "per_s": "60", "from": "08:00"}]}]
    body = json.dumps({"rates": rates}).encode()
    assert read_rates(body, "application/json") == [CallRate("33", (band("0.12", start="08:00"),))]


@pytest.mark.parametrize(
    ("sheet", "code", "pointer"),
    [
        ("",                                                    "required",      "/lines/1"),
        ("prefix\n33\n",                                        "required",      "/lines/1"),
        ("prefix,unit_price,colour\n33,0.12,red\n",             "unknown_field", "/lines/1"),
        ("prefix,unit_price,prefix\n33,0.12,33\n",              "invalid",       "/lines/1"),
        ("prefix,unit_price\n",                                 "invalid",       "/rates"),
        ("prefix,unit_price\n33,0.12,7\n",                      "invalid",       "/lines/2"),
        ("prefix,unit_price\n+33,0.12\n",                       "invalid",       "/lines/2/prefix"),
        ("prefix,unit_price\n0033,0.12\n",                      "invalid",       "/lines/2/prefix"),
        ("prefix;unit_price\n33;0,12\n",                        "invalid",       "/lines/2/unit_price"),
        ("prefix,unit_price\n33,-0.12\n",                       "invalid",       "/lines/2/unit_price"),
        ("prefix,unit_price\n33,\n",                            "invalid",       "/lines/2/unit_price"),
        ("prefix,unit_price,per_s\n33,0.12,0\n",                "invalid",       "/lines/2/per_s"),
        ("prefix,unit_price,increments\n33,0.12,60/1/1\n",      "invalid",       "/lines/2/increments"),
        ("prefix,unit_price,increments\n33,0.12,0\n",           "invalid",       "/lines/2/increments"),
        ("prefix,unit_price,days\n33,0.12,funday\n",            "invalid",       "/lines/2/days"),
        ("prefix,unit_price,days\n33,0.12,fri-mon\n",           "invalid",       "/lines/2/days"),
        ("prefix,unit_price,from\n33,0.12,8:00\n",              "invalid",       "/lines/2/from"),
        ("prefix,unit_price,from,to\n33,1,08:00,08:00\n",       "invalid",       "/lines/2/from"),
        ("prefix,unit_price\n33,0.12\n1,0.1\n33,0.13\n",        "duplicate",     "/lines/4/prefix"),
        ('prefix,unit_price\n33,"0.12\n',                       "invalid",       "/lines/2"),
    ],
)  # fmt: skip
def test_a_bad_sheet_is_refused_by_line_and_column(sheet: str, code: str, pointer: str) -> None:
    assert refused(sheet) == [(code, pointer)]


def test_all_that_is_wrong_is_told_up_to_a_hundred() -> None:
    assert refused("prefix,unit_price\nx,1\n33,y\n") == [
        ("invalid", "/lines/2/prefix"),
        ("invalid", "/lines/3/unit_price"),
    ]
    assert len(refused("prefix,unit_price\n" + "x,1\n" * 500)) == 100


RATE = {"prefix": "33", "bands": [{"unit_price": "0.12", "per_s": "60"}]}


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        (b"\xff",                                    "malformed",  None),
        (b"[" * 5000,                                "malformed",  None),
        (b"prefix,unit_price\n33,0.12\n",            "malformed",  None),
        ({},                                         "invalid",   "/rates"),
        ({"rates": []},                              "invalid",   "/rates"),
        ({"rates": [RATE, RATE]},                    "duplicate", "/rates/1/prefix"),
        ({"rates": [RATE | {"prefix": "3a"}]},       "invalid",   "/rates/0/prefix"),
        ({"rates": [RATE | {"prefix": "0044"}]},     "invalid",   "/rates/0/prefix"),
        ({"rates": [RATE | {"bands": []}]},          "invalid",   "/rates/0/bands"),
        ({"rates": [RATE | {"bands": RATE["bands"] * 2}]}, "invalid", "/rates/0/bands/1"),  # type: ignore[operator]
        ({"rates": [RATE | {"colour": "red"}]},      "unknown_field", "/rates/0/colour"),
    ],
)  # fmt: skip
def test_bad_json_is_refused_by_its_pointer(body: Any, code: str, pointer: str | None) -> None:
    given = body if isinstance(body, bytes) else json.dumps(body).encode()
    assert refused(given, "application/json") == [(code, pointer)]


def test_more_rates_than_a_version_holds_are_413(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.rating.rate_table.reading.ROWS_MAX", 2)
    with pytest.raises(Rejection) as no:
        csv("prefix,unit_price\n1,1\n2,1\n3,1\n")
    assert (no.value.code, no.value.status) == ("too_many_rates", 413)


def test_a_part_fits_a_message_and_repeats_what_a_number_may_need_of_earlier_ones() -> None:
    rates = [CallRate(prefix, (band("0.12"),)) for prefix in sorted(str(n) for n in range(1, 3500))]
    parts = list(parts_of(rates))
    assert [rate for part in parts for rate in part.rates] == rates
    assert all(len(part.rates) <= PART_ROWS_MAX and len(write(part.rates)) < PART_BYTES_MAX * 2 for part in parts)
    first = parts[1].rates[0].prefix
    assert [rate.prefix for rate in parts[1].above] == [first[:n] for n in range(1, len(first))]


def test_what_an_import_changes_is_told_by_kind() -> None:
    before = csv(
        "prefix,unit_price,connect_fee,increments,name\n"
        "1,0.02,,,USA\n33,0.12,0.05,60/1,France\n336,0.18,,,\n44,0.10,,,\n49,0.10,,,\n7,0.30,,,\n90,0.1,,60,\n91,0,,,"
    )
    after = csv(
        "prefix,unit_price,connect_fee,increments,name,days\n"
        "1,0.020,0,,USA,\n33,0.135,0.05,60/1,France,\n336,0.18,0.10,,,\n44,0.09,,,,\n49,0.08,0.01,,,\n"
        "90,0.1,,60/1,,\n91,0.01,,,,\n92,0.01,,,,"
    )
    found = differences(before, after)
    assert {kind: [(one.prefix, one.percent) for one in changes] for kind, changes in found.items()} == {
        "added": [("92", None)],
        "removed": [("7", None)],
        "raised": [("33", Decimal("12.50")), ("336", None), ("91", None)],  # the fee; what was free has no share
        "lowered": [("44", Decimal("-10.00"))],
        "changed": [("49", Decimal("-20.00")), ("90", None)],  # cheaper with a fee; other increments
    }


def test_other_words_for_the_same_are_no_change() -> None:
    rate = CallRate("33", (band("0.12"), band("0.06")), None, Decimal("0.05"), SIXTY_ONE)
    own = {"connect_fee": Decimal("0.050"), "increments": SIXTY_ONE}
    other = CallRate("33", (band("0.120", **own), band("3.60", per_s=3600, **own)))
    assert not any(differences([rate], [other]).values())
