"""A written invoice set by typst: the same bytes for the same contents, on every machine.

    set_in_type(written(contents), logo=b"<svg ...").document      # b"%PDF-1.7 ..."

The date inside the file is the issue date, and the fonts come with the product (Noto for every script, and typst's
own), so no machine and no moment leaves a trace. The file is PDF/A-3a and PDF/UA-1: tagged, in reading order, with
words for its pictures. A character that no font has, such as an unassigned one, is a box, which an archive may not
hold: the file is an ordinary PDF then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
import typst

_STANDARDS: Final = ("a-3a", "ua-1")
_FONT_PACKAGES: Final = ("manimgx_fonts", "manimgx_fonts_cjk")
_NO_LETTER: Final = "could not be displayed"
_WRITTEN: Final = "invoice.json"
_XML: Final = "factur-x.xml"
_PROOF: Final = "meterlog-proof.json"
_ROWS_OF_A_PAGE: Final = 14
"""An invoice of so many lines and tiers has room on a page, unless there is much else to say: then it is set again."""


class Paper(NamedTuple):
    document: bytes
    is_archive: bool


def set_in_type(
    written: Mapping[str, Any], *, issued_on: date, logo: bytes = b"", attachment: bytes = b"", proof: bytes = b""
) -> Paper:
    """The PDF; inside it lies `proof`, and where it is an archive `attachment`, the electronic invoice."""
    inside = {name: data for name, data in ((_XML, attachment), (_PROOF, proof)) if data}
    try:
        return Paper(_set(written, issued_on, logo, inside, _STANDARDS), is_archive=True)
    except typst.TypstError as error:
        if _NO_LETTER not in str(error):
            raise
        inside.pop(_XML, None)
        return Paper(_set(written, issued_on, logo, inside, ()), is_archive=False)


def _set(
    written: Mapping[str, Any], issued_on: date, logo: bytes, inside: Mapping[str, bytes], standards: tuple[Any, ...]
) -> bytes:
    """Most have a page, and are set as such first: one pass, where the number of pages takes a second to know."""
    if _looks_short(written):
        document = _compile({**written, "single": True}, issued_on, logo, inside, standards)
        if _pages(document) == 1:
            return document
    return _compile({**written, "single": False}, issued_on, logo, inside, standards)


def _looks_short(written: Mapping[str, Any]) -> bool:
    rows = sum(1 + len(line["steps"]) for line in written["lines"])
    return rows <= _ROWS_OF_A_PAGE and not written["usage"]


def _pages(document: bytes) -> int:
    """How many pages a PDF has, as typst writes it."""
    return int(document.split(b"/Type/Pages/Count ", 1)[1].split(b"/", 1)[0])


def _compile(
    written: Mapping[str, Any], issued_on: date, logo: bytes, inside: Mapping[str, bytes], standards: tuple[Any, ...]
) -> bytes:
    """What is set lies in files and not in `sys.inputs`: these are part of what typst remembers a layout by, so that it
    would find nothing of what all invoices have alike."""
    midnight = datetime.combine(issued_on, datetime.min.time(), UTC)
    # A folder of files, which the types of typst have no word for.
    files: Any = {"main.typ": _template(), _WRITTEN: msgspec.json.encode({**written, "inside": [*inside]}), **inside}
    return typst.compile(
        files | ({"logo": logo} if logo else {}),
        format="pdf",
        font_paths=_fonts(),
        pdf_standards=[*standards],
        timestamp=int(midnight.timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    """Read once: the files have 40 MB."""
    return typst.Fonts(include_system_fonts=False, font_paths=[_folder_of(package) for package in _FONT_PACKAGES])


def _folder_of(package: str) -> Path:
    """Where a package of fonts lies. It holds nothing but files, so it need not be imported."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed; documents are set in its fonts", name=package)
    return Path(found.origin).parent


@cache
def _template() -> bytes:
    return Path(__file__).with_name("invoice.typ").read_bytes()
