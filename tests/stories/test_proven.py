"""A month whose documents prove themselves: with a discount, a debit note, credit notes and an invoice issued anew.

Alice and Bob have plan Home, 29.90 a month in arrears, at 20 %; Bob from the 16th. Alice has 5.00 off, once.

    INV-000001, 2   Alice   29.90 - 5.00 = 24.90, tax 4.98, total 29.88      Bob   14.95, tax 2.99, total 17.94
    DN-000001       Alice   a router, 40.00, tax 8.00, total 48.00; void on the 5th
    CN-000001       Alice   2.00 of the line, tax 0.40, total 2.40
    CN-000002       Bob     all of it, and INV-000003 issues it anew, 17.94
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncpg
import pytest
import pytest_asyncio
from typer.testing import CliRunner

from meterlog.cli.main import app
from services.invoicing.proof.canonical import digest
from tests.kit.keys import make_key
from tests.kit.servers import Servers
from tests.kit.stacks import running_stack
from tests.kit.waiting import until
from tests.stories.operator import Operator, open_shop

pytestmark = pytest.mark.servers

FORMS: Final = {"pdf": "pdf", "json": "json", "ubl.xml": "xml?syntax=ubl", "cii.xml": "xml?syntax=cii"}
FIVE: Final = {
    "discount": {"amount": {"amount": "5.00", "currency": "EUR"}},
    "duration": "once",
    "reason": "goodwill",
    "starts_on": "2026-09-01",
}
ROUTER: Final = {"reason": "missing_charge", "lines": [{"description": "Router", "net": "40.00", "n": 1}]}
NUMBERS: Final = {"INV-000001", "INV-000002", "INV-000003", "CN-000001", "CN-000002", "DN-000001"}
_NEVER_SHOWN_AGAIN: Final = ("allowed_actions", "as_of", "known_at", "disputed")
"""`disputed` is said of what is open now, and of no earlier moment."""


@dataclass
class Moment:
    """What was said of invoices and balances at an instant after which nothing happened for a while."""

    at: str
    invoices: dict[str, Any]
    balances: dict[str, Any]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def op(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    async with running_stack(servers, tmp_path_factory.mktemp("proven")) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "story")
        operator = Operator(stack, made["key"])
        yield operator
        await operator.http.aclose()


@pytest.fixture
def key(op: Operator, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("METERLOG_API_KEY", op.http.headers["Authorization"].removeprefix("Bearer "))
    yield


def without(page: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in page.items() if name not in _NEVER_SHOWN_AGAIN}


async def seen(op: Operator, at: str, **moment: str) -> Moment:
    """Every invoice there is, and what the two owe."""
    ids = [row["id"] for row in (await op.get("/v1/invoices", limit=100))["items"]]
    invoices = {}
    for name in ids:
        answer = await op.http.get(f"/v1/invoices/{name}", params=moment)
        if answer.status_code == 404:
            assert answer.json()["errors"][0]["code"] == "not_known_then"
            continue
        assert answer.status_code == 200, answer.text
        invoices[name] = without(answer.json())
    balances = {who: without(await op.get(f"/v1/accounts/{who}/balance", **moment)) for who in ("alice", "bob")}
    return Moment(at, invoices, balances)


async def invoice_of(op: Operator, account: str, **query: Any) -> dict[str, Any]:
    [found] = await op.until("/v1/invoices", 1, account_id=account, **query)
    return found


async def month(op: Operator) -> list[Moment]:
    """The month and some days; what was seen at the end of each step."""
    await open_shop(op)
    await op.advance("2026-09-20T20:00:00Z")
    await op.create("/v1/accounts/alice/discounts", FIVE)
    await op.advance("2026-09-30T23:30:00Z")
    await op.until("/v1/invoices", 2, status="draft")
    moments = [await seen(op, "2026-09-30T23:35:00Z")]

    await op.advance("2026-09-30T23:40:00Z")
    await op.run_over({"cycle_id": "monthly"}, "2026-10-01")
    await op.until("/v1/invoices", 2, status="issued")
    await op.advance("2026-10-01T10:00:00Z")
    moments.append(await seen(op, "2026-10-01T12:00:00Z"))

    await op.advance("2026-10-02T10:00:00Z")
    alice, bob = await invoice_of(op, "alice"), await invoice_of(op, "bob")
    debit = await op.create(f"/v1/invoices/{alice['id']}/debit-notes", ROUTER)
    credit = {"reason": "goodwill", "note": "Sorry.", "lines": [{"n": 1, "net": "2.00"}]}
    await op.create(f"/v1/invoices/{alice['id']}/credit-notes", credit)
    note = await op.create(f"/v1/invoices/{bob['id']}/reissue", {"reason": "wrong_details"})
    await op.until("/v1/invoices", 1, status="draft")
    await op.advance("2026-10-02T11:00:00Z")
    moments.append(await seen(op, "2026-10-02T12:00:00Z"))

    await op.advance("2026-10-04T10:00:00Z")
    await op.ask("POST", f"/v1/invoices/{note['reissued_as']}/issue")
    payment = {"account_id": "alice", "amount": {"amount": "20.00", "currency": "EUR"}, "method": "cash"}
    await op.create("/v1/payments", payment | {"received_on": "2026-10-03"})
    await op.advance("2026-10-04T11:00:00Z")
    moments.append(await seen(op, "2026-10-04T12:00:00Z"))

    await op.advance("2026-10-05T10:00:00Z")
    await op.ask("POST", f"/v1/invoices/{debit['id']}/void", json={"reason": "billing_error"})
    await op.advance("2026-10-05T11:00:00Z")
    moments.append(await seen(op, "2026-10-05T12:00:00Z"))
    await op.advance("2026-11-20T10:00:00Z")
    return moments


async def test_what_was_known_at_a_moment_is_what_was_said_then(op: Operator) -> None:
    """Of drafts, too, and of what was discounted, debited, credited, issued anew, paid and made void."""
    moments = await month(op)
    states = [sorted(page["status"] for page in moment.invoices.values()) for moment in moments]
    assert states == [
        ["draft", "draft"],
        ["issued", "issued"],
        ["draft", "issued", "issued", "issued"],
        ["issued", "issued", "issued", "issued"],
        ["issued", "issued", "issued", "void"],
    ]
    owed = [tuple(moment.balances[who]["balance"]["amount"] for who in ("alice", "bob")) for moment in moments]
    assert owed == [
        ("0.00", "0.00"),
        ("29.88", "17.94"),
        ("75.48", "0.00"),
        ("55.48", "17.94"),
        ("7.48", "17.94"),
    ]
    for moment in moments:
        then = await seen(op, moment.at, known_at=moment.at)
        assert then.invoices == moment.invoices, moment.at
        assert then.balances == moment.balances, moment.at


async def documents(op: Operator) -> dict[str, str]:
    """Where each issued document is, by its number."""
    found = {}
    for path in ("/v1/invoices", "/v1/debit-notes", "/v1/credit-notes"):
        for row in (await op.get(path, limit=100))["items"]:
            if row["number"] in NUMBERS:
                found[row["number"]] = f"{path}/{row['id']}"
    return found


async def downloaded(op: Operator, path: str) -> bytes:
    answer = await op.http.get(path)
    assert answer.status_code == 200, answer.text
    return answer.content


def verified(op: Operator, file: Path, *, online: bool) -> tuple[int, dict[str, Any]]:
    against = ["--against", op.stack.base_url] if online else []
    done = CliRunner().invoke(app, ["verify-document", str(file), "--json", *against])
    assert done.stdout, done.output
    return done.exit_code, json.loads(done.stdout.splitlines()[-1])


@pytest.mark.usefixtures("key")
async def test_every_document_in_every_form_verifies_offline_and_against_the_installation(
    op: Operator, tmp_path: Path
) -> None:
    places = await documents(op)
    assert set(places) == NUMBERS
    for number, path in places.items():
        proof = await op.get(f"{path}/proof")
        assert (proof["holds"], proof["number"], proof["kind"]) == (True, number, kind_of(number))
        for ending, form in FORMS.items():
            file = tmp_path / f"{number}.{ending}"
            file.write_bytes(await downloaded(op, f"{path}/{form}"))
            for online in (False, True):
                code, told = verified(op, file, online=online)
                assert (code, told["differences"], told["online"]) == (0, [], [] if online else None), file.name
                assert (told["sha256"], told["number"]) == (proof["sha256"], number)
                assert told["customer"] == ("equal" if online else None)


def kind_of(number: str) -> str:
    return {"INV": "invoice", "DN": "debit_note", "CN": "credit_note"}[number.partition("-")[0]]


async def test_what_documents_say_is_proven_with_its_discount_and_what_it_cites(op: Operator) -> None:
    places = await documents(op)
    alice, bob = [
        row["number"]
        for who in ("alice", "bob")
        for row in (await op.get("/v1/invoices", account_id=who, limit=100))["items"]
        if row["number"] in ("INV-000001", "INV-000002")
    ]
    content = {number: (await op.get(f"{places[number]}/proof"))["content"] for number in NUMBERS}
    assert [(one["amount"], one["code"]) for one in content[alice]["allowances"]] == [("5.00", "goodwill")]
    assert "allowances" not in content[bob]
    cited = {number: [one["number"] for one in said.get("cites", [])] for number, said in content.items()}
    assert cited == {
        **{"INV-000001": [], "INV-000002": [], "INV-000003": [bob]},
        **{"DN-000001": [alice], "CN-000001": [alice], "CN-000002": [bob]},
    }
    totals = {number: said["total"] for number, said in content.items()}
    assert totals == {
        **{alice: "29.88", bob: "17.94", "INV-000003": "17.94"},
        **{"DN-000001": "48.00", "CN-000001": "2.40", "CN-000002": "17.94"},
    }


@pytest.mark.usefixtures("key")
async def test_an_amount_or_a_byte_that_was_changed_is_found_in_every_form_of_every_document(
    op: Operator, tmp_path: Path
) -> None:
    for number, path in (await documents(op)).items():
        total = (await op.get(f"{path}/proof"))["content"]["total"].encode()
        for ending, form in FORMS.items():
            content = bytearray(await downloaded(op, f"{path}/{form}"))
            place = len(content) // 3 if ending == "pdf" else content.index(total)
            content[place] ^= 1
            file = tmp_path / f"{number}.{ending}"
            file.write_bytes(content)
            code, told = verified(op, file, online=False)
            assert (code, told["holds"]) == (1, False), file.name


@pytest.mark.usefixtures("key")
async def test_another_customer_with_hashes_of_its_own_is_known_by_the_installation(
    op: Operator, tmp_path: Path
) -> None:
    """The customer is in no chain: whoever writes another name hashes it anew, and the file alone holds."""
    document = json.loads(await downloaded(op, f"{(await documents(op))['INV-000001']}/json"))
    document["customer"]["name"] = "Mallory"
    unchained = document["proof"]["unchained"]
    unchained["customer"]["name"] = "Mallory"
    document["proof"]["unchained_sha256"] = digest(unchained)
    file = tmp_path / "mallory.json"
    file.write_text(json.dumps(document))
    assert verified(op, file, online=False)[0] == 0
    code, told = verified(op, file, online=True)
    assert (code, told["customer"]) == (1, "differs")
    [said] = told["online"]
    assert said.startswith("the customer's name is Mallory")


async def meterlog(op: Operator, *words: str) -> tuple[int, dict[str, Any]]:
    """A command in a process of its own, and the object that it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meterlog.cli.main", *words, "--json", "--data-dir", str(op.stack.directory.path)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert out, err.decode()
    said: dict[str, Any] = json.loads(out.splitlines()[-1])
    return process.returncode or 0, said


async def test_verify_walks_every_series_and_names_the_first_document_that_was_touched(op: Operator) -> None:
    code, said = await meterlog(op, "verify", "invoicing")
    assert (code, {chain["series_id"]: (chain["links"], chain["holds"]) for chain in said["chains"]}) == (
        0,
        {"CN": (2, True), "DN": (1, True), "INV": (len(await numbered(op)), True)},
    )
    connection = await asyncpg.connect(
        op.stack.settings.postgres_dsn_of("invoicing"), server_settings={"search_path": "live"}
    )
    try:
        for column in ("total", "tax"):
            await connection.execute(f"update invoice_row set {column} = {column} + 1 where number = 'INV-000002'")
        code, said = await meterlog(op, "verify", "invoicing")
    finally:
        await connection.close()
    broken = {chain["series_id"]: chain["broken"] for chain in said["chains"] if not chain["holds"]}
    assert (code, list(broken), broken["INV"]["number"], broken["INV"]["what"]) == (1, ["INV"], "INV-000002", "content")


async def numbered(op: Operator) -> list[str]:
    """The numbers of series INV."""
    page = await until(lambda: op.get("/v1/invoices", limit=100), lambda found: found["total"] >= 4)
    return [row["number"] for row in page["items"] if (row["number"] or "").startswith("INV")]
