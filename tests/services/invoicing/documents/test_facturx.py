"""The PDF is a Factur-X (ZUGFeRD) file: the electronic invoice lies inside, and the file says so."""

from __future__ import annotations

from io import BytesIO

import msgspec
import pikepdf
import pytest
from facturx import get_facturx_xml_from_pdf

from services.invoicing.documents import cii, pdf
from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.documents.examples.brussels import BRUSSELS, NORTHWIND
from services.invoicing.documents.paper.facturx import as_facturx
from tests.kit.en16931 import violations

_PROPERTY = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.number)
def test_the_electronic_invoice_inside_is_that_of_its_own_path(example: InvoiceContents) -> None:
    document = pdf.render(example)
    name, xml = get_facturx_xml_from_pdf(document, check_xsd=True)
    assert (name, xml) == ("factur-x.xml", cii.render(example))
    assert violations(xml) == []


def test_its_metadata_say_what_lies_inside_and_the_file_is_whole() -> None:
    with pikepdf.open(BytesIO(pdf.render(BRUSSELS))) as read:
        assert read.check_pdf_syntax() == []
        [attached] = read.Root.AF
        assert [str(attached.UF), str(attached.AFRelationship)] == ["factur-x.xml", "/Alternative"]
        with read.open_metadata() as metadata:
            told = {name.removeprefix(_PROPERTY): metadata[name] for name in metadata if name.startswith(_PROPERTY)}
    assert told == {
        "DocumentType": "INVOICE",
        "DocumentFileName": "factur-x.xml",
        "Version": "1.0",
        "ConformanceLevel": "EN 16931",
    }


def test_a_document_that_can_t_be_electronic_is_a_pdf_all_the_same() -> None:
    nobody = msgspec.structs.replace(BRUSSELS, seller=msgspec.structs.replace(NORTHWIND, country=""))
    document = pdf.render(nobody)
    assert b"pdfaid:part>3<" in document and b"factur-x" not in document


def test_words_of_a_customer_never_pass_for_parts_of_the_file() -> None:
    name = "endobj trailer startxref /Metadata 1 0 R </rdf:Description></rdf:RDF>"
    document = pdf.render(msgspec.structs.replace(BRUSSELS, bill_to=name, number=name, seller=seller(name)))
    with pikepdf.open(BytesIO(document)) as read:
        assert read.check_pdf_syntax() == []


def seller(name: str) -> object:
    return msgspec.structs.replace(NORTHWIND, name=name)


def test_a_file_of_another_make_is_refused() -> None:
    with pikepdf.new() as other:
        made = BytesIO()
        other.save(made)
    with pytest.raises(ValueError, match="not"):
        as_facturx(made.getvalue())
