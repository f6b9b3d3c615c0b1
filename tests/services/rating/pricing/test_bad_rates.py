"""What a price of calls may not say: each refused by its pointer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.rating.pricing import parse_price
from shared.kernel.errors import Rejection
from shared.kernel.period import Period
from tests.services.rating.pricing.calls import (
    MINUTE,
    TABLE,
    band,
)

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
PARIS = "Europe/Paris"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("price", "pointer", "code"),
    [
        ({},                                                              "/bands", "invalid"),
        (MINUTE | TABLE,                                                  "/bands", "invalid"),
        ({"bands": []},                                                   "/bands", "invalid"),
        ({"bands": [{"unit_price": "0.12"}]},                             "/bands/0/per_s", "required"),
        ({"bands": [{"unit_price": "0.12", "per_s": "0"}]},               "/bands/0/per_s", "invalid"),
        ({"bands": [{"unit_price": "0.12", "per_s": 60}]},                "/bands/0/per_s", "invalid_decimal"),
        ({"bands": [band("-0.12")]},                                      "/bands/0/unit_price", "invalid_decimal"),
        ({"bands": [band("0.12", from_="8:00")]},                         "/bands/0/from", "invalid"),
        ({"bands": [band("0.12", from_="24:00")]},                        "/bands/0/from", "invalid"),
        ({"bands": [band("0.12", to="24:01")]},                           "/bands/0/to", "invalid"),
        ({"bands": [band("0.12", from_="08:00", to="08:00")]},            "/bands/0", "invalid"),
        ({"bands": [band("0.12", days=["mon"], from_="22:00", to="06:00"), band("1")]}, "/bands/0/to", "invalid"),
        ({"bands": [band("0.12", days=["funday"])]},                      "/bands/0/days/0", "not_allowed"),
        ({"bands": [band("0.12", days=[])]},                              "/bands/0/days", "invalid"),
        ({"bands": [band("0.12"), band("0.06", days=["sun"])]},           "/bands/1", "invalid"),
        ({"bands": [band("0.12", days=["holiday"]), band("0.06")]},       "/bands/0", "invalid"),
        (MINUTE | {"increments": []},                                     "/increments", "invalid"),
        (MINUTE | {"increments": [{"after_s": "1", "unit_s": "1"}]},      "/increments/0/after_s", "invalid"),
        (MINUTE | {"increments": [{"after_s": "0", "unit_s": "0"}]},      "/increments/0/unit_s", "invalid"),
        (MINUTE | {"increments": [{"after_s": "0", "unit_s": "60"}, {"after_s": "30", "unit_s": "1"}]},
                                                                          "/increments/1/after_s", "invalid"),
        (MINUTE | {"increments": [{"after_s": "0", "unit_s": "60"}, {"after_s": "0", "unit_s": "1"}]},
                                                                          "/increments/1/after_s", "invalid"),
        ({"rate_table": []},                                              "/rate_table", "invalid"),
        ({"rate_table": "no such id?"},                                   "/rate_table", "invalid"),
        ({"rate_table": 7},                                               "/rate_table", "wrong_type"),
        ({"rate_table": [{"prefix": "+33", **MINUTE}]},                   "/rate_table/0/prefix", "invalid"),
        ({"rate_table": [{"prefix": "", **MINUTE}]},                      "/rate_table/0/prefix", "invalid"),
        ({"rate_table": [{"prefix": "0033", **MINUTE}]},                  "/rate_table/0/prefix", "invalid"),
        ({"rate_table": [{"prefix": "33", **MINUTE}, {"prefix": "33", **MINUTE}]}, "/rate_table/1/prefix", "invalid"),
        ({"rate_table": [{"prefix": "33", "bands": [band("0.1", to="2")]}]}, "/rate_table/0/bands/0/to", "invalid"),
        (MINUTE | {"holidays": ["2026-02-30"]},                           "/holidays/0", "invalid"),
        (MINUTE | {"basis": "length"},                                    "/basis", "not_allowed"),
        (MINUTE | {"max_cost": 2},                                        "/max_cost", "invalid_decimal"),
    ],
)  # fmt: skip
def test_a_bad_rate_is_refused_by_its_pointer(price: dict[str, Any], pointer: str, code: str) -> None:
    with pytest.raises(Rejection) as refused:
        parse_price({"model": "rated_call", **price}, pointer="")
    assert [(no.pointer, no.code) for no in refused.value.all] == [(pointer, code)]
