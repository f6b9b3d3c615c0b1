"""A PDF that has an electronic invoice inside says so: the metadata of Factur-X 1.0, the same as ZUGFeRD 2.

    as_facturx(pdf)      # fx:ConformanceLevel EN 16931, fx:DocumentFileName factur-x.xml

typst attaches the file but has no words of its own for the metadata. So the metadata is written once more, with them,
behind the end of the file, which is how a PDF is changed: the part before it stays as it was. A library would read and
write the whole file for this, and take a quarter of the time that the document itself takes.
"""

from __future__ import annotations

import re
from typing import Final

_NAMESPACE: Final = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_PROPERTIES: Final = {
    "DocumentFileName": ("factur-x.xml", "The name of the embedded XML document"),
    "DocumentType": ("INVOICE", "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER"),
    "Version": ("1.0", "The actual version of the standard applying to the embedded XML document"),
    "ConformanceLevel": ("EN 16931", "The conformance level of the embedded XML document"),
}
_SCHEMAS_END: Final = "</rdf:Bag></pdfaExtension:schemas>"
_DESCRIPTION_END: Final = "</rdf:Description></rdf:RDF>"


_ENTRY_BYTES: Final = 20
"""Of the cross-reference table: ten digits of offset, five of generation, a letter and a line end."""


def as_facturx(document: bytes) -> bytes:
    """The file, with its metadata object once more at the end (ISO 32000-1, 7.5.6).

    Raises `ValueError` where the file is not as typst writes it.
    """
    trailer, table = _trailer(document)
    root = _number(rb"/Root (\d+) 0 R", trailer)
    number = _number(rb"/Metadata (\d+) 0 R", _object(document, table, root))
    stream = _with_facturx(_stream(document, table, number))
    head = b"\n%d 0 obj\n<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n" % (number, len(stream))
    added = head + stream + b"\nendstream\nendobj\n"
    where = len(document) + 1
    xref = b"xref\n%d 1\n%010d 00000 n\r\n" % (number, where)
    closing = trailer.replace(b">>", b"/Prev %d>>" % table)
    return b"".join((document, added, xref, closing, b"startxref\n%d\n%%%%EOF\n" % (len(document) + len(added))))


def _trailer(document: bytes) -> tuple[bytes, int]:
    """The trailer with its line end, and where the cross-reference table begins."""
    told, _, place = document[document.rindex(b"trailer\n") :].partition(b"startxref\n")
    return told, int(place.split(b"\n")[0])


def _number(pattern: bytes, among: bytes) -> int:
    found = re.findall(pattern, among)
    if len(found) != 1:
        raise ValueError(f"the PDF has {len(found)} of {pattern!r}, and not one")
    return int(found[0])


def _stream(document: bytes, table: int, number: int) -> bytes:
    """What a stream holds: as much as its length says, for it may hold any words."""
    head, _, told = document[_place(document, table, number) :].partition(b"stream\n")
    return told[: _number(rb"/Length (\d+)", head)]


def _object(document: bytes, table: int, number: int) -> bytes:
    start = _place(document, table, number)
    return document[start : document.index(b"endobj", start)]


def _place(document: bytes, table: int, number: int) -> int:
    """Where an object begins; the table is one section, which begins with object 0."""
    first = document.index(b"\n", table + len(b"xref\n")) + 1
    entry = document[first + number * _ENTRY_BYTES :][:_ENTRY_BYTES]
    return int(entry[:10])


def _with_facturx(stream: bytes) -> bytes:
    metadata = stream.decode()
    for end in (_SCHEMAS_END, _DESCRIPTION_END):
        if metadata.count(end) != 1:
            raise ValueError(f"the metadata of the PDF has no single {end}")
    told = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _) in _PROPERTIES.items())
    of_file = f'</rdf:Description><rdf:Description rdf:about="" xmlns:fx="{_NAMESPACE}">{told}{_DESCRIPTION_END}'
    metadata = metadata.replace(_SCHEMAS_END, f"{_schema()}{_SCHEMAS_END}").replace(_DESCRIPTION_END, of_file)
    return metadata.encode()


def _schema() -> str:
    """What PDF/A wants to know of properties that are not its own."""
    return (
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{_NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{''.join(map(_property, _PROPERTIES))}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _property(name: str) -> str:
    return (
        '<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
        f"<pdfaProperty:description>{_PROPERTIES[name][1]}</pdfaProperty:description>"
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
    )
