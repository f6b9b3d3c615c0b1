"""`meterlog import` checks a file's rows before anything is sent, and names each bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from meterlog.cli.importing import accounts, plans, usage
from meterlog.cli.importing.csv_file import ROWS_MAX, BadFile
from meterlog.cli.importing.report import Report
from meterlog.cli.importing.rows import ImportRow


def file_of(folder: Path, text: str | bytes) -> Path:
    file = folder / "rows.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def failures(rows: list[ImportRow]) -> list[tuple[int, str, str]]:
    return [(one.line, one.code, one.pointer) for row in rows for one in row.failures]


HEAD = "id;name;currency;cycle_id;tax_rate;address.lines;address.postal_code;address.city;address.country\n"


def test_a_row_of_accounts_is_the_body_of_its_command(tmp_path: Path) -> None:
    """Semicolons, a mark at the beginning, a separator inside quotes, empty cells, and names in other scripts."""
    ann, sarah = 'a-1;"Ann; Example";EUR;monthly;20;Rue 1|Apt 3;9000;Ghent;BE\n', "b-2;שרה;ILS;monthly;17;;;;\n"
    text = "\ufeff" + HEAD + ann + ";;;;;;;;\n" + sarah
    rows = accounts.read(file_of(tmp_path, text))
    assert failures(rows) == []
    assert [row.line for row in rows] == [2, 4]
    assert rows[0].body["address"] == {
        "lines": ["Rue 1", "Apt 3"],
        "postal_code": "9000",
        "city": "Ghent",
        "country": "BE",
    }
    assert rows[1].body == {"id": "b-2", "name": "שרה", "currency": "ILS", "cycle_id": "monthly", "tax_rate": "17"}


def test_each_bad_account_is_named_by_line_and_field(tmp_path: Path) -> None:
    text = HEAD + "a;Ann;EUR;m;20;;;;\na;Bob;EUR;m;20;;;;\nc c;Cy;EURO;m;1,5;;;;\n;Di;EUR;m;20;;;;\n"
    assert failures(accounts.read(file_of(tmp_path, text))) == [
        (3, "duplicate", "/id"),
        (4, "invalid", "/id"),
        (4, "invalid", "/currency"),
        (4, "invalid_decimal", "/tax_rate"),
        (5, "required", "/id"),
    ]


def test_rows_of_one_plan_are_its_prices(tmp_path: Path) -> None:
    tiers = '"[{""up_to"": ""200"", ""unit_price"": ""0""}, {""up_to"": null, ""unit_price"": ""0.05""}]"'
    text = (
        "id,name,currency,effective_from,model,amount,interval,bill,proration,meter,tiers\n"
        "fibre,Fibre,EUR,2026-12-01,flat,29.90,month,advance,actual,,\n"
        "dsl,DSL,EUR,,flat,9.90,month,advance,actual,,\n"
        f"fibre,,,,graduated,,,,,data.octets,{tiers}\n"
    )
    fibre, dsl = plans.read(file_of(tmp_path, text))
    assert failures([fibre, dsl]) == []
    assert [price["model"] for price in fibre.body["prices"]] == ["flat", "graduated"]
    assert fibre.then == (("/v1/plans/fibre/versions/1/publish", {"effective_from": "2026-12-01"}),)
    assert fibre.needs == (("/prices", "/v1/meters/data.octets"),)
    assert dsl.then == ()


def test_a_plan_that_says_two_things_or_no_json_is_refused(tmp_path: Path) -> None:
    text = "id,name,currency,model,amount,tiers\np,One,EUR,one_time,5,\np,Two,EUR,graduated,,[{\n,No,EUR,one_time,5,\n"
    rows = plans.read(file_of(tmp_path, text))
    assert {(line, code) for line, code, _ in failures(rows)} >= {
        (3, "conflict"),
        (3, "invalid_json"),
        (4, "required"),
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"id,name\n\xff,x\n", "not UTF-8"),
        (b"", "no column id"),
        (b"id,name,currency,cycle_id,tax_rate,id\n", "two columns id"),
        (b"id,name,currency,cycle_id,tax_rate,colour\n", "columns that mean nothing: colour"),
        (b"id,name,currency,cycle_id,tax_rate\na,b,c,d,e,f\n", "line 2: 6 cells under 5 columns"),
        (b'id,name,currency,cycle_id,tax_rate\na,"b\n', "not CSV"),
        (b"id,name,currency,cycle_id,tax_rate\n" + b"a,b,EUR,d,1\n" * (ROWS_MAX + 1), "more than 100,000 rows"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: bytes, why: str
) -> None:
    with pytest.raises(BadFile) as refused:
        accounts.read(file_of(tmp_path, text))
    assert refused.value.code == 2
    assert why in capsys.readouterr().err


def test_pieces_of_usage_are_checked_as_intake_checks_them(tmp_path: Path) -> None:
    head = "source,id,resource,meter,quantity,started_at\n"
    good = "olt-1,r1,mac:0,data.octets,7,2026-11-23T01:00:00Z\n"
    file = file_of(tmp_path, head + good + good.replace(",7,", ",-7,") + good.replace("2026", "1926") + "a,b\n")
    checked = usage.check(file, "csv", source="olt-1", time_zone=None)
    assert checked.pieces == 4
    assert [(one.line, one.code) for one in checked.failures] == [
        (2, "schema_violation"),
        (3, "schema_violation"),
        (4, "malformed"),
    ]


def test_the_end_says_what_was_taken_and_that_nothing_was() -> None:
    assert Report(rows=3, taken=2, existing=1).lines() == ["3 rows: 2 taken, 1 there before, 0 refused"]
    nothing = Report(rows=3, refused=1).lines()
    assert nothing == ["3 rows: 0 taken, 0 there before, 1 refused; nothing was sent, --skip-bad takes the good rows"]
