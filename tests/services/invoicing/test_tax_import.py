"""Tables of taxes as CSV or JSON: what is wrong is told by line and column, what differs is shown before it is done."""

from __future__ import annotations

import json

import pytest

from services.invoicing.csv_table import read_csv
from services.invoicing.tax_import import PART_BYTES_MAX, Entries, changes, read_entries, told
from services.invoicing.tax_rate.api import TaxRateBody
from shared.kernel.errors import Rejection

CSV = """# rates of France
id;jurisdiction_id;tax;rate;effective_from;includes
fr-vat;FR;VAT;20;2014-01-01;
fr-tst;FR;Levy;1.3;2014-01-01;fr-vat fr-x
"""


def read(body: str, media_type: str = "text/csv") -> list[TaxRateBody]:
    return list(entries(body, media_type).rows)


def entries(body: str, media_type: str = "text/csv") -> Entries[TaxRateBody]:
    return read_entries(body.encode(), media_type, TaxRateBody, several=("includes", "replaces"))


def refused(body: str, media_type: str = "text/csv") -> list[tuple[str, str | None]]:
    with pytest.raises(Rejection) as caught:
        read(body, media_type)
    return [(one.code, one.pointer) for one in caught.value.all]


def test_a_file_and_the_same_in_json_are_one() -> None:
    vat, levy = read(CSV)
    assert (vat.id, str(vat.rate), vat.includes) == ("fr-vat", "20", [])
    assert levy.includes == ["fr-vat", "fr-x"]
    assert read(json.dumps({"csv": CSV}), "application/json") == [vat, levy]
    rate = {"jurisdiction_id": "FR", "effective_from": "2014-01-01"}
    entries = [
        rate | {"id": "fr-vat", "tax": "VAT", "rate": "20"},
        rate | {"id": "fr-tst", "tax": "Levy", "rate": "1.3", "includes": ["fr-vat", "fr-x"]},
    ]
    assert read(json.dumps({"entries": entries}), "application/json") == [vat, levy]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", [("invalid", "/lines/1")]),
        ("id,tax\n", [("required", "/lines/1")] * 3),
        ("id,vat,id\n", [("unknown_field", "/lines/1"), *[("required", "/lines/1")] * 4, ("invalid", "/lines/1")]),
        (CSV + "x;FR;VAT;a;2014;\n", [("invalid_decimal", "/lines/5/rate"), ("invalid", "/lines/5/effective_from")]),
        (CSV + "fr-vat;FR;VAT;1;2014-01-01;\n", [("invalid", "/lines/5/id")]),
        (CSV + ";FR;VAT;1;2014-01-01;\n", [("required", "/lines/5/id")]),
        (CSV + "x;FR;VAT;1;2014-01-01;;y\n", [("invalid", "/lines/5")]),
    ],
)
def test_what_is_wrong_with_a_file_is_told_by_line_and_column(body: str, expected: list[tuple[str, str]]) -> None:
    assert refused(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{", ("malformed", None)),
        ("[" * 5000, ("malformed", None)),
        ("[]", ("invalid", "/entries")),
        ('{"entries": 1}', ("wrong_type", "/entries")),
        ('{"entries": [{}], "csv": "x"}', ("invalid", "/entries")),
    ],
)
def test_what_is_wrong_with_json_is_told(body: str, expected: tuple[str, str | None]) -> None:
    assert refused(body, "application/json") == [expected]


def test_more_rows_than_an_import_holds_are_refused() -> None:
    with pytest.raises(Rejection, match="5001 rows are more than 5000"):
        read_csv("id\n" + "x\n" * 5001, columns=["id"], needed=["id"])


def test_what_an_import_changes_is_told_before_it_is_done() -> None:
    known = {"a": {"rate": "20"}, "b": {"rate": "5"}}
    found = changes(known, [("a", {"rate": "20"}), ("b", {"rate": "6"}), ("c", {"rate": "7"})])
    answer = told(found, preview=True, limit=1, page=2)
    assert (answer["added"], answer["changed"], answer["unchanged"], answer["total"]) == (1, 1, 1, 2)
    assert answer["items"] == [{"kind": "added", "id": "c", "before": None, "after": {"rate": "7"}}]


def test_a_refusal_of_a_later_part_is_told_by_its_place_in_the_file() -> None:
    rows = "".join(f"r{n};FR;T{n};5;2014-01-01;\n" for n in range(7))
    first, second = entries(CSV + rows).parts(5)
    assert [row.id for row in second.rows] == ["r3", "r4", "r5", "r6"]
    with pytest.raises(Rejection) as caught, second.telling_where():
        raise Rejection("tax_rate_overlaps", "r4: it begins then, too", pointer="/entries/1/effective_from", status=409)
    assert (caught.value.code, caught.value.pointer, caught.value.status) == (
        "tax_rate_overlaps",
        "/lines/9/effective_from",
        409,
    )
    assert "the 5 entries before /lines/8 are taken" in caught.value.detail
    with pytest.raises(Rejection) as caught, first.telling_where():
        raise Rejection("invalid", "fr-tst: no", pointer="/entries/1")
    assert (caught.value.pointer, caught.value.detail) == ("/lines/4", "fr-tst: no")


def test_what_is_no_refusal_of_an_entry_stays_as_it_is() -> None:
    (part,) = entries(CSV).parts(5)
    away = Rejection("log_unavailable", "try again", status=503)
    with pytest.raises(Rejection) as caught, part.telling_where():
        raise away
    assert caught.value is away


def test_entries_are_taken_in_parts_that_a_message_holds() -> None:
    reason = "é" * 1000
    rows = [
        {"id": f"r{n}", "jurisdiction_id": "FR", "tax": f"T{n}", "rate": "5", "effective_from": "2014-01-01"}
        for n in range(500)
    ]
    large = [row | {"reason": reason, "includes": ["x" * 64] * 20} for row in rows]
    parts = list(entries(json.dumps({"entries": large}), "application/json").parts(500))
    assert [row.id for part in parts for row in part.rows] == [row["id"] for row in rows]
    sizes = [sum(len(row.model_dump_json(warnings=False).encode()) for row in part.rows) for part in parts]
    assert max(sizes) <= PART_BYTES_MAX and len(parts) > 2
    assert [part.before for part in parts] == [sum(len(one.rows) for one in parts[:n]) for n in range(len(parts))]
