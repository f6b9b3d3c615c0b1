"""`meterlog verify-document`: what it says of a file, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from meterlog.cli import client
from meterlog.cli.main import app
from services.invoicing.documents import outputs
from services.invoicing.documents.examples.brussels import BRUSSELS
from services.invoicing.documents.json_whole import whole
from tests.services.invoicing.proof.proven import proven

DOCUMENT = proven(BRUSSELS)
assert DOCUMENT.proof is not None and DOCUMENT.proof.proof.hashes is not None
PROOF: dict[str, Any] = {
    **{"number": "INV-000042", "issued_on": "2026-10-01", "series_id": "INV", "n": 42, "differences": []},
    **{"sha256": DOCUMENT.proof.proof.hash, "content_sha256": DOCUMENT.proof.proof.hashes.content},
}
CUSTOMER: dict[str, Any] = whole(DOCUMENT)["customer"]
CHAIN: dict[str, Any] = {"links": 42, "to": 42, "broken": None}


def verified(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["verify-document", *arguments])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "INV-000042.json"
    found.write_bytes(outputs()["json"].render(DOCUMENT))
    return found


class Installation:
    def __init__(self) -> None:
        self.answers: dict[str, Any] = {
            "/v1/invoices/doc-1/proof": PROOF,
            "/v1/invoices/doc-1/json": {"customer": CUSTOMER},
            "/v1/numbering-series/INV/chain": CHAIN,
        }

    def get(self, path: str, **_: Any) -> Any:
        if path not in self.answers:
            raise client.Refused(404, "not_found", f"there is no {path}")
        return self.answers[path]


@pytest.fixture
def installation(monkeypatch: pytest.MonkeyPatch) -> Installation:
    made = Installation()

    @contextmanager
    def asking(_: str) -> Iterator[Installation]:
        yield made

    monkeypatch.setattr(client, "asking", asking)
    return made


def test_what_was_issued_holds(file: Path) -> None:
    done = verified(str(file))
    assert done.exit_code == 0 and "INV-000042  invoice of 2026-10-01  holds" in done.stdout


def test_what_was_changed_is_named_and_the_answer_is_no(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"1115.50"', b'"1115.51"', 1))
    done = verified(str(file), "--json")
    told = json.loads(done.stdout.splitlines()[-1])
    assert (done.exit_code, told["holds"]) == (1, False)
    assert {"path": "/lines/1/net/amount", "found": "1115.51", "proven": "1115.50"} in told["differences"]


def test_a_file_that_cannot_be_checked_is_wrong_use(tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear customer")
    done = verified(str(other), "--json")
    assert (done.exit_code, json.loads(done.stdout.splitlines()[-1])["code"]) == (2, "foreign_document")
    assert verified(str(tmp_path / "nowhere.pdf")).exit_code == 2


def test_a_proof_that_was_cut_off_is_a_no(tmp_path: Path) -> None:
    content = outputs()["ubl"].render(DOCUMENT)
    cut = tmp_path / "cut.xml"
    cut.write_bytes(content[: content.index(b"<?meterlog-proof")])
    assert verified(str(cut)).exit_code == 1


@pytest.mark.usefixtures("installation")
def test_an_installation_confirms_what_it_issued(file: Path) -> None:
    assert verified(str(file), "--against", "https://billing.example.com").exit_code == 0


def test_a_document_that_was_made_elsewhere_is_known_by_its_hash(file: Path, installation: Installation) -> None:
    installation.answers["/v1/invoices/doc-1/proof"] = PROOF | {"sha256": "07" * 32}
    done = verified(str(file), "--against", "https://billing.example.com")
    assert done.exit_code == 1 and "sha256 is " in done.stdout
    del installation.answers["/v1/invoices/doc-1/proof"]
    done = verified(str(file), "--against", "https://billing.example.com")
    assert done.exit_code == 1 and "did not issue it" in done.stdout


def test_a_chain_that_breaks_before_the_document_is_told(file: Path, installation: Installation) -> None:
    broken = {"n": 7, "number": "INV-000007", "what": "content", "stated": "a1", "found": "07"}
    installation.answers["/v1/numbering-series/INV/chain"] = CHAIN | {"broken": broken}
    done = verified(str(file), "--against", "https://billing.example.com")
    assert done.exit_code == 1 and "breaks at INV-000007" in done.stdout


@pytest.mark.parametrize(
    ("printed", "word", "code"),
    [
        (CUSTOMER, "equal", 0),
        (CUSTOMER | {"name": "Somebody Else"}, "differs", 1),
        (CUSTOMER | {"address": CUSTOMER["address"] | {"city": "Ghent"}}, "differs", 1),
        (CUSTOMER | {"tax_id": None}, "differs", 1),
        (dict.fromkeys(CUSTOMER) | {"name": "sealed"}, "hidden", 0),
        (dict.fromkeys(CUSTOMER) | {"name": "erased"}, "erased", 0),
    ],
    ids=["equal", "name", "address", "tax_id", "hidden", "erased"],
)
def test_the_customer_is_compared_with_what_is_printed_now(
    file: Path, installation: Installation, printed: dict[str, Any], word: str, code: int
) -> None:
    installation.answers["/v1/invoices/doc-1/json"] = {"customer": printed}
    done = verified(str(file), "--against", "https://billing.example.com", "--json")
    told = json.loads(done.stdout.splitlines()[-1])
    assert (done.exit_code, told["customer"], told["holds"]) == (code, word, code == 0)
    shown = verified(str(file), "--against", "https://billing.example.com").stdout
    assert ("the customer" in shown) == (word != "equal")


def test_without_an_installation_the_customer_is_compared_with_nothing(file: Path) -> None:
    assert json.loads(verified(str(file), "--json").stdout.splitlines()[-1])["customer"] is None
