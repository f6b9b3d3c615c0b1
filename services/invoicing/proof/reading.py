"""A document's file as bytes, taken apart: which form it is, the proof that it carries, and what is to agree with that.

    read_file(b"%PDF-1.7 ...")     # File(form="pdf", proof={...}, electronic=b"<?xml ...", seal=("5f…", "5f…"))
    read_file(b"<html>")           # NotProvable: foreign_document

A file is a stranger's: its size, what it inflates to and its depth are bounded, and XML has no entities and no DTD.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from services.invoicing.documents.en16931.proof import CLOSES, OPENS, PROOF_DESCRIPTION
from services.invoicing.documents.paper.seal import seal_of
from services.invoicing.proof.carried import FORMAT
from shared.kernel.json_keys import doubled_key

FILE_BYTES_MAX: Final = 64 * 2**20
"""A PDF of 10,000 lines has 10 MB."""
_INFLATED_MAX: Final = 64 * 2**20
_STREAMS_MAX: Final = 64
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class NotProvable(Exception):
    """The file can't be checked: `code` says which kind of file it is, the message what to do.

    `tampered`: it was a document of ours, and somebody took away what proves it.
    """

    def __init__(self, code: str, detail: str, *, tampered: bool = False) -> None:
        super().__init__(detail)
        self.code = code
        self.tampered = tampered


class File(msgspec.Struct, frozen=True, kw_only=True):
    """What was read. `whole` is the JSON document without its proof, `body` the XML before its proof, `body_hash` the
    SHA-256 of that, `electronic` the invoice inside a PDF, `seal` the hash that a PDF states and the one that it has.
    """

    form: str
    proof: dict[str, Any]
    whole: dict[str, Any] | None = None
    body: Element | None = None
    body_hash: str = ""
    electronic: bytes | None = None
    seal: tuple[str, str] | None = None


def read_file(content: bytes) -> File:
    """Raises `NotProvable`: `document_too_large`, `foreign_document`, `document_truncated`, `document_without_proof`,
    and where it was tampered with `proof_removed` and `document_not_whole`.
    """
    if len(content) > FILE_BYTES_MAX:
        raise NotProvable("document_too_large", f"the file has more than {FILE_BYTES_MAX // 2**20} MB; no document has")
    begin = content.removeprefix(_BYTE_ORDER_MARK).lstrip()[:5]
    if begin.startswith(b"%PDF-"):
        return _pdf(content)
    if begin.startswith(b"<"):
        return _xml(content)
    if begin.startswith(b"{"):
        return _json(content)
    raise NotProvable("foreign_document", "the file is no PDF, XML or JSON; give a document as Meterlog answered it")


def _json(content: bytes) -> File:
    whole = _decoded(content, "the JSON")
    if (twice := doubled_key(content.removeprefix(_BYTE_ORDER_MARK))) is not None:
        raise NotProvable("document_not_whole", f"{twice} is there twice; ours has each once", tampered=True)
    if "proof" not in whole:
        raise NotProvable("foreign_document", "the JSON is no document of Meterlog: it has no member proof")
    proof = whole.pop("proof")
    if proof is None:
        raise _without_proof()
    return File(form="json", proof=_proof(proof), whole=whole)


def _xml(content: bytes) -> File:
    place = content.rfind(OPENS)
    body = content if place < 0 else content[:place].removesuffix(b"\n")
    root = _parsed(body if place >= 0 else content)
    if place < 0:
        if PROOF_DESCRIPTION.encode() in content:
            raise NotProvable("proof_removed", "the XML names a proof, which was cut off", tampered=True)
        raise NotProvable("foreign_document", f"the XML ({root.tag[:100]}) has no proof of Meterlog")
    told, ends, rest = content[place + len(OPENS) :].partition(CLOSES)
    if not ends:
        raise NotProvable("document_truncated", "the file ends in the middle of its proof; fetch it again")
    if rest.strip():
        raise NotProvable("document_not_whole", "something stands behind the end of the document", tampered=True)
    proof = _proof(_decoded(told, "the proof"))
    return File(form="xml", proof=proof, body=root, body_hash=sha256(body).hexdigest())


def _pdf(content: bytes) -> File:
    if b"%%EOF" not in content[-1024:]:
        raise NotProvable("document_truncated", "the PDF has no end; fetch it again")
    proofs, electronic = [], None
    for inside in _embedded(content):
        if inside.lstrip().startswith(b"{") and FORMAT.encode() in inside:
            proofs.append(inside)
        elif b"CrossIndustryInvoice" in inside[:1000]:
            electronic = inside
    seal = seal_of(content)
    if not proofs:
        if seal is not None:
            raise NotProvable(
                "proof_removed", "the PDF was sealed, and its proof can't be read any more", tampered=True
            )
        raise NotProvable("foreign_document", "the PDF has no proof of Meterlog inside")
    return File(form="pdf", proof=_proof(_decoded(proofs[-1], "the proof")), electronic=electronic, seal=seal)


_STREAM: Final = re.compile(rb"/EmbeddedFile\b")


def _embedded(content: bytes) -> Iterator[bytes]:
    """Files inside of a PDF as typst writes it: each an object with its length, deflated."""
    left = _INFLATED_MAX
    for count, found in enumerate(_STREAM.finditer(content)):
        if count == _STREAMS_MAX:
            raise NotProvable("document_too_large", f"the PDF has more than {_STREAMS_MAX} files inside; ours has two")
        start = content.find(b"stream", found.end())
        end = content.find(b"endstream", start)
        if start < 0 or end < 0 or content.find(b"endobj", found.end(), start) >= 0:
            continue
        data = content[start + len(b"stream") : end].lstrip(b"\r\n")
        inflated = _inflated(data, left)
        left -= len(inflated)
        yield inflated


def _inflated(data: bytes, at_most: int) -> bytes:
    inflate = zlib.decompressobj()
    try:
        found = inflate.decompress(data, max(at_most, 1))
    except zlib.error:
        return data if data.lstrip().startswith((b"{", b"<")) else b""
    if inflate.unconsumed_tail:
        raise NotProvable("document_too_large", "what is inside of the PDF unpacks to more than a document has")
    return found


def _parsed(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotProvable("foreign_document", "the XML has a DTD or entities, which no document of ours has") from error
    except ParseError as error:
        raise NotProvable("document_truncated", f"the XML is not whole: {error}; fetch it again") from error
    except (ValueError, LookupError) as error:
        raise NotProvable("foreign_document", f"the XML can't be read: {error}") from error
    return root


def _decoded(content: bytes, what: str) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(content.removeprefix(_BYTE_ORDER_MARK))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotProvable("document_truncated", f"{what} is not whole: {error}; fetch it again") from error
    if not isinstance(value, dict):
        raise NotProvable("foreign_document", f"{what} is no object")
    return value


def _proof(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise NotProvable("foreign_document", f"the proof is not of the form {FORMAT}; take a newer meterlog")
    return value


def _without_proof() -> NotProvable:
    return NotProvable("document_without_proof", "the document was issued before documents had proofs")
