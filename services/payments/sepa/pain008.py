"""pain.008: a run of direct debits as the file that a bank takes. Pure; the same run gives the same bytes.

    <PmtInf><PmtInfId>dd-1-RCUR</PmtInfId> ... <DrctDbtTxInf> ... <InstdAmt Ccy="EUR">36.04</InstdAmt> ...

Versions 02 (as most banks still take it) and 08. Debits of one sequence type are one block: the bank books it as one
sum. The package sepaxml draws ids by chance and a clock, so no file could be made again; its schemas hold this one in
tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Final, Literal
from xml.sax.saxutils import escape

import msgspec

from services.payments.sepa.characters import plain
from shared.kernel.decimals import exact

SequenceType = Literal["FRST", "RCUR", "OOFF", "FNAL"]
Scheme = Literal["CORE", "B2B"]
Version = Literal["02", "08"]

VERSIONS: Final = ("02", "08")
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


class Creditor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who collects: the operator, by his creditor identifier."""

    name: str
    iban: str
    creditor_id: str
    bic: str = ""


class Debit(msgspec.Struct, frozen=True, kw_only=True):
    """What is collected from one account, for one invoice."""

    debit_id: str
    sequence: SequenceType
    amount: Decimal
    name: str
    iban: str
    bic: str
    mandate_id: str
    signed_on: date
    text: str


class DebitFile(msgspec.Struct, frozen=True, kw_only=True):
    """A run: all its debits are due on one day, under one scheme."""

    run_id: str
    creditor: Creditor
    scheme: Scheme
    collection_date: date
    made_at: datetime
    debits: Sequence[Debit]


def render(file: DebitFile, version: Version = "02") -> bytes:
    return "".join(_document(file, version)).encode()


def batch_id(run_id: str, sequence: str) -> str:
    """What the block of a sequence type is called, in the file and on the statement that books it."""
    return f"{run_id[:30]}-{sequence}"


def _document(file: DebitFile, version: Version) -> Iterator[str]:
    space = f"urn:iso:std:iso:20022:tech:xsd:pain.008.001.{version}"
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{space}" xmlns:xsi="{_XSI}"><CstmrDrctDbtInitn>'
    yield f"<GrpHdr><MsgId>{file.run_id[:35]}</MsgId><CreDtTm>{file.made_at:%Y-%m-%dT%H:%M:%S}</CreDtTm>"
    yield f"{_sums(file.debits)}<InitgPty><Nm>{_text(file.creditor.name, 70)}</Nm></InitgPty></GrpHdr>"
    ordered = sorted(file.debits, key=lambda debit: (debit.sequence, debit.debit_id))
    for sequence, debits in groupby(ordered, key=lambda debit: debit.sequence):
        yield from _block(file, sequence, list(debits), version)
    yield "</CstmrDrctDbtInitn></Document>\n"


def _block(file: DebitFile, sequence: SequenceType, debits: Sequence[Debit], version: Version) -> Iterator[str]:
    creditor = file.creditor
    yield f"<PmtInf><PmtInfId>{batch_id(file.run_id, sequence)}</PmtInfId><PmtMtd>DD</PmtMtd>"
    yield "<BtchBookg>true</BtchBookg>"
    yield f"{_sums(debits)}<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>{file.scheme}</Cd></LclInstrm>"
    yield f"<SeqTp>{sequence}</SeqTp></PmtTpInf><ReqdColltnDt>{file.collection_date}</ReqdColltnDt>"
    yield f"<Cdtr><Nm>{_text(creditor.name, 70)}</Nm></Cdtr>{_account('Cdtr', creditor.iban, creditor.bic, version)}"
    yield "<ChrgBr>SLEV</ChrgBr><CdtrSchmeId><Id><PrvtId><Othr>"
    yield f"<Id>{_text(creditor.creditor_id, 35)}</Id><SchmeNm><Prtry>SEPA</Prtry></SchmeNm>"
    yield "</Othr></PrvtId></Id></CdtrSchmeId>"
    for debit in debits:
        yield from _debit(debit, version)
    yield "</PmtInf>"


def _debit(debit: Debit, version: Version) -> Iterator[str]:
    yield f"<DrctDbtTxInf><PmtId><EndToEndId>{debit.debit_id[:35]}</EndToEndId></PmtId>"
    yield f'<InstdAmt Ccy="EUR">{debit.amount:f}</InstdAmt><DrctDbtTx><MndtRltdInf>'
    yield f"<MndtId>{_text(debit.mandate_id, 35)}</MndtId>"
    yield f"<DtOfSgntr>{debit.signed_on}</DtOfSgntr></MndtRltdInf></DrctDbtTx>"
    agent, account = _agent("Dbtr", debit.bic, version), f"<DbtrAcct><Id><IBAN>{debit.iban}</IBAN></Id></DbtrAcct>"
    yield f"{agent}<Dbtr><Nm>{_text(debit.name, 70)}</Nm></Dbtr>{account}"
    yield f"<RmtInf><Ustrd>{_text(debit.text, 140)}</Ustrd></RmtInf></DrctDbtTxInf>"


def _account(party: str, iban: str, bic: str, version: Version) -> str:
    return f"<{party}Acct><Id><IBAN>{iban}</IBAN></Id></{party}Acct>{_agent(party, bic, version)}"


def _agent(party: str, bic: str, version: Version) -> str:
    name = "BIC" if version == "02" else "BICFI"
    known = f"<{name}>{bic}</{name}>" if bic else "<Othr><Id>NOTPROVIDED</Id></Othr>"
    return f"<{party}Agt><FinInstnId>{known}</FinInstnId></{party}Agt>"


def _sums(debits: Sequence[Debit]) -> str:
    with exact():
        total = sum((debit.amount for debit in debits), Decimal(0))
    return f"<NbOfTxs>{len(debits)}</NbOfTxs><CtrlSum>{total:f}</CtrlSum>"


def _text(text: str, limit: int) -> str:
    return escape(plain(text, limit))
