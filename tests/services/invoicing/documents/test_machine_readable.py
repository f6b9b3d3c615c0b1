"""JSON and CSV say what the document says, in the shapes of the API and one row a term."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from io import StringIO

import msgspec
import pytest

from services.invoicing.documents import outputs
from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.documents.examples.abroad import CREDIT
from services.invoicing.documents.examples.brussels import BRUSSELS, FIBRE


def rows_of(contents: InvoiceContents) -> list[dict[str, str]]:
    return [*csv.DictReader(StringIO(outputs()["csv"].render(contents).decode(), newline=""))]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.number)
def test_the_lines_of_the_csv_add_up_to_the_net_amount_R39(example: InvoiceContents) -> None:
    rows = rows_of(example)
    assert sum(Decimal(row["amount"]) for row in rows if row["row"] in ("line", "allowance")) == example.net
    assert [row["line"] for row in rows if row["row"] == "line"] == [str(line.n) for line in example.lines]


def test_a_line_is_followed_by_its_terms_and_its_days() -> None:
    rows = [row for row in rows_of(BRUSSELS) if row["line"] == "2"]
    assert [row["row"] for row in rows] == ["line", *["step"] * 3, *["day"] * 30]
    assert (rows[2]["description"], rows[2]["unit_price"], rows[2]["amount"]) == ("1", "1.15", "115")
    assert (rows[4]["start"], rows[4]["end"], rows[4]["quantity"]) == ("2026-09-01", "2026-09-02", "9000000000")
    used = sum(Decimal(row["quantity"]) for row in rows if row["row"] == "day")
    assert used == Decimal(rows[0]["quantity"])


def test_no_text_is_a_formula_and_no_number_is_a_text() -> None:
    hostile = msgspec.structs.replace(FIBRE, description='=HYPERLINK("x")', net=Decimal("-39.90"))
    [line, *_] = rows_of(msgspec.structs.replace(BRUSSELS, lines=[hostile]))
    assert (line["description"], line["amount"]) == ('\'=HYPERLINK("x")', "-39.90")


def test_the_json_has_every_amount_as_money_and_every_party() -> None:
    told = json.loads(outputs()["json"].render(BRUSSELS))
    assert told["amount_due"] == {"amount": "1336.48", "currency": "EUR"}
    assert told["lines"][1]["net"] == {"amount": "1115.50", "currency": "EUR"}
    assert told["tax_groups"][0]["tax"] == {"amount": "231.08", "currency": "EUR"}
    assert (told["seller"]["country"], told["customer"]["address"]["country"]) == ("BE", "BE")
    assert len(told["lines"][1]["usage"]) == 30


def test_a_credit_note_cites_its_invoice_in_json_too() -> None:
    told = json.loads(outputs()["json"].render(CREDIT))
    assert (told["kind"], told["cites"]) == ("credit_note", [{"number": "INV-000043", "issued_on": "2026-10-01"}])
