"""A document's file proves itself: whatever is changed in it is found, and bad files are refused by name."""

from __future__ import annotations

import json
import random
import zlib
from hashlib import sha256
from typing import Any

import msgspec
import pytest

from services.invoicing.documents import outputs
from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.documents.examples.brussels import BRUSSELS
from services.invoicing.proof.checking import check_content
from services.invoicing.proof.reading import FILE_BYTES_MAX, NotProvable
from tests.services.invoicing.proof.proven import proven

FORMS = ("pdf", "ubl", "cii", "json")


def made(form: str, contents: InvoiceContents = BRUSSELS) -> bytes:
    return outputs()[form].render(proven(contents))


def changed(content: bytes) -> list[tuple[str, str, str]]:
    return [(d.path, d.found, d.proven) for d in check_content(content).differences]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("contents", EXAMPLES, ids=lambda contents: contents.number)
def test_what_was_issued_holds_in_every_form(form: str, contents: InvoiceContents) -> None:
    checked = check_content(made(form, contents))
    assert (checked.differences, checked.number, checked.n) == ([], contents.number, 42)


def test_a_stranger_computes_the_hashes_with_a_json_tool_and_sha256() -> None:
    """Nothing of ours but the file: members sorted, no spaces, SHA-256."""
    proof = json.loads(made("json"))["proof"]

    def hashed(value: Any) -> str:
        return sha256(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()

    assert hashed(proof["content"]) == proof["content_sha256"] == proof["link"]["content_sha256"]
    assert hashed(proof["link"]) == proof["sha256"]
    inputs = "".join(f"{line['charge_event']}\n" for line in proof["content"]["lines"])
    assert sha256(inputs.encode()).hexdigest() == proof["link"]["inputs_sha256"]
    assert [line["charge_event"] for line in proof["content"]["lines"]] == ["rating/2/1842", "rating/2/1843"]


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("lines", 1, "net", "amount"), "1115.51", "/lines/1/net/amount"),
        (("lines", 0, "description"), "Fibre 5000", "/lines/0/description"),
        (("issued_on",), "2026-10-02", "/issued_on"),
        (("due_on",), "2027-10-15", "/due_on"),
        (("total", "amount"), "0.00", "/total/amount"),
        (("customer", "name"), "Somebody Else", "/customer/name"),
        (("credit_applied", "amount"), "1000.00", "/credit_applied/amount"),
        (("seller", "iban"), "BE00000000000000", "/seller/iban"),
        (("more",), None, "/more"),
        (("proof", "content", "net"), "1.00", "/proof/content"),
        (("proof", "link", "number"), "INV-000043", "/proof/link"),
        (("proof", "unchained", "customer", "name"), "Somebody Else", "/proof/unchained"),
    ],
    ids=lambda value: "/".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_a_changed_member_of_the_json_is_named(path: tuple[str | int, ...], value: Any, named: str) -> None:
    document = json.loads(made("json"))
    place = document
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    assert named in [found for found, _, _ in changed(json.dumps(document).encode())]


def test_a_line_that_is_taken_out_is_missed() -> None:
    document = json.loads(made("json"))
    del document["lines"][1]
    assert "/lines/1" in [path for path, _, _ in changed(json.dumps(document).encode())]


def test_json_that_was_only_indented_still_holds() -> None:
    assert changed(json.dumps(json.loads(made("json")), indent=2).encode()) == []


@pytest.mark.parametrize(
    ("form", "old", "new", "named"),
    [
        ("ubl", b">1115.50<", b">1115.51<", "LineExtensionAmount"),
        ("ubl", b"<cbc:IssueDate>2026-10-01", b"<cbc:IssueDate>2026-10-02", "IssueDate"),
        ("ubl", b"Fibre 500<", b"Fibre 900<", "Name"),
        ("cii", b">1115.50<", b">1115.51<", "Amount"),
        ("cii", b">20261001<", b">20261002<", "DateTimeString"),
    ],
)
def test_a_changed_element_of_the_xml_is_named(form: str, old: bytes, new: bytes, named: str) -> None:
    content = made(form)
    assert old in content
    found = changed(content.replace(old, new, 1))
    assert any(named in path for path, _, _ in found) and found[-1][0] == "/file"


def test_a_changed_pdf_is_found_by_its_seal() -> None:
    content = bytearray(made("pdf"))
    content[len(content) // 2] ^= 1
    try:
        assert "/file" in [path for path, _, _ in changed(bytes(content))]
    except NotProvable as no:
        assert no.tampered


@pytest.mark.parametrize("form", FORMS)
def test_no_byte_can_be_changed_unnoticed(form: str) -> None:
    """Two hundred bytes of each form, one at a time."""
    content, chance = made(form), random.Random(4711)
    for _ in range(200):
        place, bit = chance.randrange(len(content)), chance.randrange(7)
        flipped = bytearray(content)
        flipped[place] ^= 1 << bit
        try:
            found = changed(bytes(flipped))
        except NotProvable:
            continue
        assert found, f"byte {place} of {form}, bit {bit}"


@pytest.mark.parametrize("form", FORMS)
def test_a_truncated_file_is_refused_and_never_holds(form: str) -> None:
    content = made(form)
    for share in (0.2, 0.5, 0.9, 0.999):
        with pytest.raises(NotProvable):
            check_content(content[: int(len(content) * share)])


def _deep() -> bytes:
    return b'{"proof":' + b"[" * 200_000


def _bomb() -> bytes:
    packed = zlib.compress(b"{" + b" " * 80_000_000, 9)
    head = b"%%PDF-1.7\n1 0 obj\n<</Type/EmbeddedFile/Length %d>>\nstream\n" % len(packed)
    return head + packed + b"\nendstream\nendobj\n%%EOF\n"


_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Invoice>&b;</Invoice>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "foreign_document"),
        (b"GIF89a", "foreign_document"),
        (b"{}", "foreign_document"),
        (b'{"proof": 7}', "foreign_document"),
        (b'{"proof": null}', "document_without_proof"),
        (b'{"proof": {"format": "meterlog-proof-1"}}', "foreign_document"),
        (b'{"a": 1', "document_truncated"),
        (b"<Invoice></Invoice>", "foreign_document"),
        (b"<Invoice>", "document_truncated"),
        (_ENTITIES, "foreign_document"),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "foreign_document"),
        (b"%PDF-1.7\n1 0 obj\n", "document_truncated"),
        (_deep(), "document_truncated"),
        (_bomb(), "document_too_large"),
    ],
    ids=[
        *("empty", "picture", "object", "number", "older", "hollow", "half_json", "xml", "half_xml", "entities"),
        *("pdf", "half_pdf", "deep", "bomb"),
    ],
)
def test_a_file_that_cannot_be_checked_says_why(content: bytes, code: str) -> None:
    with pytest.raises(NotProvable) as refused:
        check_content(content)
    assert refused.value.code == code


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(NotProvable) as refused:
        check_content(b"{" + b" " * FILE_BYTES_MAX)
    assert refused.value.code == "document_too_large"


def test_xml_whose_proof_was_cut_off_is_no_stranger() -> None:
    content = made("ubl")
    with pytest.raises(NotProvable) as refused:
        check_content(content[: content.index(b"<?meterlog-proof")])
    assert (refused.value.code, refused.value.tampered) == ("proof_removed", True)


def test_a_document_of_before_there_were_proofs_is_as_it_was() -> None:
    for form in FORMS:
        content = outputs()[form].render(BRUSSELS)
        assert b"meterlog-proof" not in content and b"meterlog-file" not in content
        with pytest.raises(NotProvable):
            check_content(content)


def test_a_field_that_comes_later_changes_no_older_hash() -> None:
    """What is as by default is no part of what is hashed."""
    content = json.loads(made("json"))["proof"]["content"]
    assert all("carried_from" not in line and "account_id" not in line for line in content["lines"])
    assert "note" not in content and "cites" not in content


def test_values_that_no_document_has_are_named_and_stop_nothing() -> None:
    document = msgspec.json.decode(made("json"))
    document["proof"]["content"]["terms_days"] = 10**9
    document["proof"]["content"]["lines"] = "none"
    assert changed(msgspec.json.encode(document))[-1][0] == "/proof/content"
