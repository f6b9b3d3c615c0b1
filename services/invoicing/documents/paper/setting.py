"""A written invoice set by typst: the same bytes for the same contents, on every machine.

    set_in_type(written(contents), logo=b"<svg ...").document      # b"%PDF-1.7 ..."

The date inside the file is the issue date, and the fonts come with the product (Noto for every script, and typst's
own), so no machine and no moment leaves a trace. The file is PDF/A-3a and PDF/UA-1: tagged, in reading order, with
words for its pictures. A character that no font has, such as an unassigned one, is a box, which an archive may not
hold: the file is an ordinary PDF then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
import typst

from shared.typesetting import NO_LETTER, STANDARDS, fonts, quoted

_TEMPLATE: Final = Path(__file__).with_name("invoice.typ")
_LETTER: Final = Path(__file__).with_name("letter.typ")
_IDLE: Final[list[Any]] = []
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
        return Paper(_set(written, issued_on, logo, inside, STANDARDS), is_archive=True)
    except typst.TypstError as error:
        if NO_LETTER not in str(error):
            raise
        inside.pop(_XML, None)
        return Paper(_set(written, issued_on, logo, inside, ()), is_archive=False)


def set_letter(written: Mapping[str, Any], *, written_on: date, logo: bytes = b"") -> bytes:
    """The PDF of a letter: an archive file, unless words that people chose make none, such as a subject of nothing that
    is seen."""
    try:
        return _compile(written, written_on, logo, {}, STANDARDS, _LETTER)
    except typst.TypstError:
        return _compile(written, written_on, logo, {}, (), _LETTER)


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
    written: Mapping[str, Any],
    issued_on: date,
    logo: bytes,
    inside: Mapping[str, bytes],
    standards: tuple[Any, ...],
    template: Path = _TEMPLATE,
) -> bytes:
    midnight = datetime.combine(issued_on, datetime.min.time(), UTC)
    main = _main(written, inside, template)
    said: Any = {"format": "pdf", "pdf_standards": [*standards], "timestamp": int(midnight.timestamp())}
    if logo:
        # A picture is no text, and a compiler that goes on has its files on the disk.
        files: Any = {"main.typ": main, template.name: template.read_bytes(), "logo": logo}
        document: bytes = typst.compile(files, font_paths=fonts(), **said)
        return document
    with _compiler() as compiler:
        document = compiler.compile(input=main, **said)
        return document


def _main(written: Mapping[str, Any], inside: Mapping[str, bytes], template: Path) -> bytes:
    """What is set, in typst's words: with other `sys.inputs` nothing would be remembered of the template.

    Whatever people wrote stands between quotation marks, so that it is text and never a word of typst.
    """
    told = " ".join(f"{quoted(name)}: bytes({quoted(data.decode())})," for name, data in inside.items())
    text = quoted(msgspec.json.encode(written).decode())
    return f'#import "{template.name}": paper\n#paper(json(bytes({text})), ({told or ":"}))'.encode()


@contextmanager
def _compiler() -> Iterator[Any]:
    """One that nobody else uses meanwhile, as it does one thing at a time; there are as many as were at work at once.

    It reads the template once, which is a tenth of the work.
    """
    try:
        compiler = _IDLE.pop()
    except IndexError:
        compiler = typst.Compiler(font_paths=fonts(), root=_TEMPLATE.parent)
    try:
        yield compiler
    finally:
        _IDLE.append(compiler)
