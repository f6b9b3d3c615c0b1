"""Is a document what it was when it was issued? Answered from its file alone, with every place that differs.

    check(read_file(content)).differences      # [Difference(path="/lines/1/net/amount", found="11.00", proven="10.00")]

Three things have to agree: the hashes with what they are over, the link with the hash of the content, and the file with
the document that is made again of the proof. Who changes all of them makes another document: its hash is not
the one that was printed, and the installation does not know it (`--against`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final
from xml.etree.ElementTree import Element

import msgspec
from defusedxml.ElementTree import fromstring

from services.invoicing.documents import cii, ubl
from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.json_whole import whole
from services.invoicing.proof.canonical import canonical, digest
from services.invoicing.proof.content import positions_hash
from services.invoicing.proof.printed_again import contents_of
from services.invoicing.proof.reading import File, NotProvable, read_file
from shared.kernel.errors import Rejection

DIFFERENCES_MAX: Final = 20
_ABSENT: Final = "nothing"
_EMPTY: Final[tuple[Any, ...]] = (None, [], {}, "")


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A place in the file, what is there, and what the proof says."""

    path: str
    found: str
    proven: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome. `sha256` is the hash that the document's link states; `differences` are at most twenty. The
    `customer` is as the proof has it, in no chain.
    """

    form: str
    kind: str
    id: str
    number: str
    issued_on: str
    series_id: str
    n: int
    sha256: str
    content_sha256: str
    customer: dict[str, Any]
    differences: list[Difference]


def check(file: File) -> Checked:
    """Raises `NotProvable` where the proof has not the form of one."""
    link = file.proof.get("link")
    if not isinstance(link, dict) or not isinstance(file.proof.get("content"), dict):
        raise NotProvable("foreign_document", "the proof has no content or no link")
    unchained = file.proof.get("unchained")
    customer = unchained.get("customer") if isinstance(unchained, dict) else None
    return Checked(
        form=file.form,
        customer=customer if isinstance(customer, dict) else {},
        **{name: str(link.get(name, "")) for name in ("kind", "id", "number", "issued_on", "series_id")},
        n=link["n"] if isinstance(link.get("n"), int) else 0,
        sha256=str(file.proof.get("sha256", "")),
        content_sha256=str(file.proof.get("content_sha256", "")),
        differences=list(islice(_differences(file), DIFFERENCES_MAX)),
    )


def check_content(content: bytes) -> Checked:
    """A file's bytes, read and checked."""
    return check(read_file(content))


def _differences(file: File) -> Iterator[Difference]:
    proof, told = file.proof, file.proof["link"]
    content = proof["content"]
    yield from _hash("/proof/content", digest(content), proof.get("content_sha256"))
    yield from _hash("/proof/link/content_sha256", told.get("content_sha256"), proof.get("content_sha256"))
    yield from _hash("/proof/link/inputs_sha256", told.get("inputs_sha256"), _inputs(content))
    yield from _hash("/proof/link", digest(told), proof.get("sha256"))
    yield from _hash("/proof/unchained", digest(proof.get("unchained")), proof.get("unchained_sha256"))
    if told.get("kind") != content.get("kind"):
        yield Difference(path="/proof/link/kind", found=str(told.get("kind")), proven=str(content.get("kind")))
    if file.form == "pdf":
        yield from _of_seal(file)
    try:
        yield from _of_form(file, contents_of(proof))
    except (ValueError, OverflowError, Rejection) as error:
        yield Difference(path="/proof/content", found=f"what no document has: {error}", proven="a document")


def _hash(path: str, found: Any, proven: Any) -> Iterator[Difference]:
    if found != proven or not isinstance(proven, str):
        yield Difference(path=path, found=_shown(found), proven=_shown(proven))


def _inputs(content: dict[str, Any]) -> str:
    lines = content.get("lines")
    told = [line if isinstance(line, dict) else {} for line in lines] if isinstance(lines, list) else []
    return positions_hash([str(line.get("charge_event") or line.get("carried_from") or "") for line in told])


def _of_seal(file: File) -> Iterator[Difference]:
    if file.seal is None:
        yield Difference(path="/file", found="no hash of the file: other software wrote it anew", proven="a sealed PDF")
    elif file.seal[0] != file.seal[1]:
        yield Difference(path="/file", found=f"sha256 {file.seal[1]}", proven=f"sha256 {file.seal[0]}")


def _of_form(file: File, contents: InvoiceContents) -> Iterator[Difference]:
    """What the file shows beside what is made of its proof."""
    if file.whole is not None:
        yield from _of_json("", file.whole, msgspec.json.decode(canonical(whole(contents))))
    if file.electronic is not None:
        yield from _of_xml("/factur-x.xml", fromstring(file.electronic, forbid_dtd=True), cii.body(contents))
    if file.body is not None:
        is_cii = file.body.tag.endswith("CrossIndustryInvoice")
        yield from _of_xml("", file.body, (cii if is_cii else ubl).body(contents))
        # Where elements are the same it is only how they are written: other software saved it.
        yield from _hash("/file", file.body_hash, file.proof.get("body_sha256"))


def _of_json(path: str, found: Any, proven: Any) -> Iterator[Difference]:
    if isinstance(found, dict) and isinstance(proven, dict):
        for name in sorted({*found, *proven}):
            if name not in proven:
                yield Difference(path=f"{path}/{name}", found=_shown(found[name]), proven=_ABSENT)
            else:
                yield from _of_json(f"{path}/{name}", found.get(name), proven[name])
    elif isinstance(found, list) and isinstance(proven, list):
        for place in range(max(len(found), len(proven))):
            yield from _of_json(f"{path}/{place}", _at(found, place), _at(proven, place))
    elif found != proven and not (found in _EMPTY and proven in _EMPTY):
        yield Difference(path=path or "/", found=_shown(found), proven=_shown(proven))


def _of_xml(path: str, found: Element, proven: bytes | Element) -> Iterator[Difference]:
    other: Element = fromstring(proven) if isinstance(proven, bytes) else proven
    if found.tag != other.tag:
        yield Difference(path=path, found=_name(found), proven=_name(other))
        return
    here = f"{path}/{_name(found)}" if not path.endswith("]") else path
    texts = ((found.text or "").strip(), (other.text or "").strip())
    if texts[0] != texts[1] or found.attrib != other.attrib:
        told = [
            " ".join([text, *(f"{k}={v}" for k, v in sorted(at.items()))])
            for text, at in zip(texts, (found.attrib, other.attrib), strict=True)
        ]
        yield Difference(path=here, found=_shown(told[0].strip()), proven=_shown(told[1].strip()))
    for place in range(max(len(found), len(other))):
        one, two = _at(found, place), _at(other, place)
        at = f"{here}/{_name(two if two is not None else one)}[{place + 1}]"
        if one is None or two is None:
            yield Difference(
                path=at,
                found=_shown(None if one is None else "an element"),
                proven=_shown(None if two is None else "an element"),
            )
        else:
            yield from _of_xml(at, one, two)


def _at(sequence: Any, place: int) -> Any:
    return sequence[place] if place < len(sequence) else None


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _shown(value: Any) -> str:
    if value is None:
        return _ABSENT
    text = value if isinstance(value, str) else canonical(value).decode()
    return text if len(text) <= 200 else f"{text[:197]}…"
