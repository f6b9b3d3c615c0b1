"""`meterlog verify-document`: is this PDF, XML or JSON what was issued? Nothing but the file is needed.

    $ meterlog verify-document INV-000042.pdf
    INV-000042  invoice of 2026-10-01  holds     fingerprint C2A1 07F3 9D5E 4410
    $ meterlog verify-document INV-000042.xml
    INV-000042  invoice of 2026-10-01  DIFFERS   fingerprint C2A1 07F3 9D5E 4410
      /Invoice/LegalMonetaryTotal[14]/PayableAmount[4]: 11.00, the proof says 14.88
    $ meterlog verify-document INV-000042.pdf --against https://billing.example.com

The fingerprint is the one that is printed on the document. `--against` asks an installation, too, whether it issued
this document, and whether the chain of the series holds up to it (`METERLOG_API_KEY`). The customer is in no chain: it
is compared with what the installation prints now, where the key may read that and it was not erased. Exit code 0 when
all holds, 1 when something differs, 2 for a file that can't be checked (a code says why), 3 when the installation is
silent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from meterlog.cli.output import NO, WRONG_USE, Json, exit_codes, print_json, say

if TYPE_CHECKING:
    from meterlog.cli.client import Client
    from services.invoicing.proof.checking import Checked

Against = Annotated[str | None, typer.Option("--against", help="Address of the installation that issued it.")]
_PAGE: Final = 500
_NO_NAME: Final = {"sealed": "hidden", "erased": "erased"}
"""What stands for a name that the key may not read, and for one that is no more."""
_PATHS: Final = {"invoice": "invoices", "credit_note": "credit-notes", "debit_note": "debit-notes"}


def verify_document(
    file: Annotated[Path, typer.Argument(help="A document: PDF, XML or JSON.", exists=True, dir_okay=False)],
    against: Against = None,
    as_json: Json = False,
) -> None:
    """Check a document by what it carries itself. Exit code 1 when anything in it was changed."""
    from services.invoicing.proof.checking import check_content
    from services.invoicing.proof.reading import FILE_BYTES_MAX, NotProvable

    with exit_codes():
        with file.open("rb") as opened:
            content = opened.read(FILE_BYTES_MAX + 1)
        try:
            checked = check_content(content)
        except NotProvable as no:
            say(f"meterlog: {no.code}: {no}")
            if as_json:
                print_json({"holds": False, "code": no.code, "detail": str(no)})
            raise typer.Exit(NO if no.tampered else WRONG_USE) from no
        found = [f"{d.path}: {d.found}, the proof says {d.proven}" for d in checked.differences]
        online = None if against is None else _online(checked, against)
        differences = [*found, *(online.differences if online else ())]
        if as_json:
            print_json(_whole(checked, differences, online))
        else:
            _print(checked, differences, online)
    if differences:
        raise typer.Exit(NO)


@dataclass(frozen=True, kw_only=True)
class Online:
    """What the installation says otherwise, a sentence each; `customer`: equal, differs, hidden, erased, or nothing."""

    differences: list[str]
    customer: str | None = None


def _online(checked: Checked, against: str) -> Online:
    from urllib.parse import quote

    from meterlog.cli.client import Refused, asking

    with asking(against) as ask:
        path = _PATHS.get(checked.kind)
        if path is None:
            return Online(differences=[f"{against} knows no kind of document {checked.kind!r}"])
        document = f"/v1/{path}/{quote(checked.id, safe='')}"
        try:
            proof = ask.get(f"{document}/proof")
        except Refused as no:
            if no.status not in (404, 409):
                raise
            return Online(differences=[f"{against} did not issue it: {no}"])
        found = [*_proof(checked, proof, against), *_chain(ask, proof["series_id"], proof["n"])]
        printed = {name: value for name, value in ask.get(f"{document}/json")["customer"].items() if value}
    customer, differs = _customer(checked.customer, printed, against)
    return Online(differences=[*found, *differs], customer=customer)


def _proof(checked: Checked, proof: dict[str, Any], against: str) -> Iterator[str]:
    for name in ("number", "issued_on", "series_id", "n", "sha256", "content_sha256"):
        if proof[name] != getattr(checked, name):
            yield f"{name} is {getattr(checked, name)}, {against} issued {proof[name]}"
    for different in proof["differences"]:
        what, found, stated = (different[name] for name in ("what", "found", "stated"))
        yield f"{against} has another {what}: {found}, its chain says {stated}"


def _customer(file: dict[str, Any], printed: dict[str, Any], against: str) -> tuple[str, list[str]]:
    """Whether the customer is the one that is printed now: it can be erased, or not be for this key."""
    if printed.get("name") in _NO_NAME:
        return _NO_NAME[printed["name"]], []
    different = [name for name in sorted({*file, *printed}) if file.get(name) != printed.get(name)]
    sentences = [
        f"the customer's {name.replace('_', ' ')} is {file.get(name, 'nothing')},"
        f" {against} prints {printed.get(name, 'nothing')}"
        for name in different
    ]
    return ("differs" if different else "equal"), sentences


def _chain(ask: Client, series_id: str, to: int) -> Iterator[str]:
    """The walk from the beginning of the series to the document."""
    from urllib.parse import quote

    path, after = f"/v1/numbering-series/{quote(series_id, safe='')}/chain", 0
    while after < to:
        page = ask.get(path, after=after, limit=min(_PAGE, to - after))
        if page["broken"] is not None:
            broken = page["broken"]
            yield (
                f"the chain of {series_id} breaks at {broken['number']}: {broken['what']} is {broken['found']},"
                f" and not {broken['stated']}"
            )
            return
        if not page["links"]:
            yield f"the chain of {series_id} ends before number {to}"
            return
        after = page["to"]


def _whole(checked: Checked, differences: list[str], online: Online | None) -> dict[str, Any]:
    from services.invoicing.proof.carried import fingerprint

    names = ("form", "kind", "id", "number", "issued_on", "series_id", "n", "sha256", "content_sha256")
    return {
        "holds": not differences,
        **{name: getattr(checked, name) for name in names},
        "fingerprint": fingerprint(checked.sha256),
        "differences": [{"path": d.path, "found": d.found, "proven": d.proven} for d in checked.differences],
        "online": online and online.differences,
        "customer": online and online.customer,
    }


def _print(checked: Checked, differences: list[str], online: Online | None) -> None:
    from services.invoicing.proof.carried import fingerprint

    word = "DIFFERS" if differences else "holds"
    kind = checked.kind.replace("_", " ")
    print(f"{checked.number}  {kind} of {checked.issued_on}  {word:<8} fingerprint {fingerprint(checked.sha256)}")
    for sentence in differences:
        print(f"  {sentence}")
    if online and online.customer in _NO_NAME.values():
        print(f"  the customer was not compared: it is {online.customer} there")
