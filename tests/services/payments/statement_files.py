"""Files of bank statements, as banks would write them about given movements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from xml.sax.saxutils import escape

BANK = "DE89370400440532013000"


class Line(NamedTuple):
    """A movement; an amount below zero went out."""

    amount: str
    text: str = ""
    name: str = "Ann Example"
    iban: str = "NL91ABNA0417164300"
    reference: str = ""
    day: str = "2026-10-09"
    end_to_end: str = ""
    return_code: str = ""


def camt(lines: Iterable[Line], *, account: str = BANK, version: str = "08") -> bytes:
    """camt.053 of one statement."""
    head = f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>'
    stmt = f"<Stmt><Id>S</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
    body = "".join(_entry(line, version) for line in lines)
    return f"{head}{stmt}{body}</Stmt></BkToCstmrStmt></Document>".encode()


def _entry(line: Line, version: str) -> str:
    way, party = ("DBIT", "Cdtr") if line.amount.startswith("-") and not line.return_code else ("CRDT", "Dbtr")
    way = "DBIT" if line.amount.startswith("-") else way
    status = "<Sts>BOOK</Sts>" if version == "02" else "<Sts><Cd>BOOK</Cd></Sts>"
    name = f"<Nm>{escape(line.name)}</Nm>"
    named = name if version == "02" else f"<Pty>{name}</Pty>"
    reference = f"<AcctSvcrRef>{escape(line.reference)}</AcctSvcrRef>" if line.reference else ""
    refs = f"<Refs><EndToEndId>{escape(line.end_to_end or 'NOTPROVIDED')}</EndToEndId></Refs>"
    returned = f"<RtrInf><Rsn><Cd>{line.return_code}</Cd></Rsn></RtrInf>" if line.return_code else ""
    return (
        f'<Ntry><Amt Ccy="EUR">{line.amount.removeprefix("-")}</Amt><CdtDbtInd>{way}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>{line.day}</Dt></BookgDt>{reference}<NtryDtls><TxDtls>{refs}"
        f"<RltdPties><{party}>{named}</{party}><{party}Acct><Id><IBAN>{line.iban}</IBAN></Id></{party}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{escape(line.text)}</Ustrd></RmtInf>{returned}</TxDtls></NtryDtls></Ntry>"
    )
