"""ISO 20022: camt.053 (statement), camt.052 (report) and camt.054 (notification), of every version.

    <Ntry><Amt Ccy="EUR">36.04</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts> ... <Ustrd>INV-000042</Ustrd> ... </Ntry>

The versions differ in where some things stand, and are read alike: a status is `Sts` or `Sts/Cd`, a name `Dbtr/Nm` or
`Dbtr/Pty/Nm`. Only what is booked counts. An entry of several transactions is one entry for each, if they tell their
amounts; what these don't add up to (a bank's charge) is an entry of its own, so the sum is always the bank's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import IO, Final

import msgspec

from services.payments.statements.contract import Example, Found, Reading, StatementEntry, StatementFormat
from services.payments.statements.contract import StatementHeader as Header
from services.payments.statements.parsing import clean
from services.payments.statements.parsing.amounts import amount_of, day_of
from services.payments.statements.parsing.xml_stream import Record, records
from shared.kernel.decimals import EXACT
from shared.kernel.errors import Rejection

_STATEMENTS: Final = ("Stmt", "Rpt", "Ntfctn")
_NAMES: Final = frozenset({*_STATEMENTS, "Bal", "Ntry", "TxDtls"})


def detects(head: bytes) -> bool:
    return b":camt.05" in head


def read(file: IO[bytes], reading: Reading) -> Iterator[Found]:
    entries = _Entries(reading)
    seen = False
    for record in records(file, _NAMES):
        statement = _around(record)
        if record.name in _STATEMENTS:
            seen = True
            yield from entries.header(record)
            yield entries.closing(record)
        elif statement is not None:
            if record.name == "Bal":
                entries.balance(record)
            elif record.name == "TxDtls":
                yield from entries.header(statement)
                yield from entries.transaction(record)
            elif record.name == "Ntry":
                yield from entries.header(statement)
                yield from entries.entry(record)
    if not seen:
        raise Rejection("malformed", "there is no Stmt, Rpt or Ntfctn in this camt file", status=400)


def _around(record: Record) -> Record | None:
    """The statement that a record stands in."""
    within = record.within
    while within is not None and within.name not in _STATEMENTS:
        within = within.within
    return within


class _Entries:
    """What has been read of the statement so far."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._of: Record | None = None
        self._balances: dict[str, Decimal] = {}
        self._n = 0
        # Of the entry that is being read: its first transaction, how many, whether each has an amount, and their sum.
        self._first: Record | None = None
        self._transactions, self._splits = 0, False
        self._told = Decimal(0)

    def header(self, statement: Record) -> Iterator[Header]:
        """Told once for each statement, with its opening balance; balances stand before entries."""
        if self._of is statement:
            return
        self._of = statement
        yield self._header(statement, opening=self._balances.get("OPBD", self._balances.get("PRCD")))

    def closing(self, statement: Record) -> Header:
        header = self._header(statement, closing=self._balances.get("CLBD"))
        self._balances = {}
        return header

    def balance(self, record: Record) -> None:
        kind = record.first("Tp/CdOrPrtry/Cd", "Tp/Cd")
        amount = amount_of(record.first("Amt"), "a balance")
        self._balances.setdefault(kind, amount if record.first("CdtDbtInd") == "CRDT" else -amount)

    def transaction(self, record: Record) -> Iterator[Found]:
        """The first of an entry waits: if it is the only one, the amount is the entry's."""
        entry = record.within
        if entry is None or entry.name != "Ntry" or not _booked(entry):
            return
        self._transactions += 1
        if self._transactions == 1:
            self._first = record
            return
        if self._transactions == 2 and self._first is not None:
            self._splits = _own_amount(self._first) is not None
            yield from self._split(entry, self._first)
        yield from self._split(entry, record)

    def entry(self, record: Record) -> Iterator[Found]:
        if _booked(record):
            self._n += 1
            whole = self._signed(record, amount_of(record.first("Amt"), f"entry {self._n}"))
            if self._transactions <= 1 or not self._splits:
                only = self._first if self._transactions == 1 else None
                yield self._made(record, only, whole)
            elif rest := EXACT.subtract(whole, self._told):
                yield msgspec.structs.replace(self._made(record, None, rest), text="difference to its transactions")
        self._forget()

    def _split(self, entry: Record, record: Record) -> Iterator[Found]:
        if not self._splits:
            return
        own = _own_amount(record)
        if own is None:
            detail = f"transaction {self._transactions} of entry {self._n + 1} has no amount, while others have"
            raise Rejection("malformed", detail, pointer=f"/entries/{self._n}")
        amount = self._signed(record if record.first("CdtDbtInd") else entry, own)
        self._told = EXACT.add(self._told, amount)
        yield self._made(entry, record, amount)

    def _signed(self, record: Record, amount: Decimal) -> Decimal:
        direction = record.first("CdtDbtInd")
        if direction not in ("CRDT", "DBIT"):
            raise Rejection(
                "malformed", f"an entry is CRDT or DBIT, not {direction[:20]!r}", pointer=f"/entries/{self._n}"
            )
        return amount if direction == "CRDT" else -amount

    def _made(self, entry: Record, details: Record | None, amount: Decimal) -> StatementEntry:
        place = f"entry {self._n or 1}"
        booked_on = day_of(entry.first("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"), place)
        value = entry.first("ValDt/Dt", "ValDt/DtTm")
        one = entry if details is None else details
        party, other = ("Dbtr", "Cdtr") if amount > 0 or one.first("RtrInf/Rsn/Cd") else ("Cdtr", "Dbtr")
        reference = clean.given(one.first("Refs/AcctSvcrRef")) or clean.given(entry.first("AcctSvcrRef"))
        texts = one.all("RmtInf/Ustrd") or [entry.first("AddtlNtryInf")]
        return StatementEntry(
            booked_on=booked_on,
            value_on=day_of(value, place) if value else None,
            amount=amount,
            currency=(entry.first("Amt@Ccy") or self._reading.currency).upper(),
            reference=reference,
            name=clean.line(_name(one, party) or _name(one, f"Ultmt{party}") or _name(one, other), 140),
            iban=clean.iban(one.first(f"RltdPties/{party}Acct/Id/IBAN", f"RltdPties/{other}Acct/Id/IBAN")),
            text=clean.line(" ".join(texts)),
            creditor_reference=clean.given(
                one.first("RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/CdtrRefInf/CdtrRef"), 35
            ),
            end_to_end_id=clean.given(one.first("Refs/EndToEndId"), 35),
            mandate_id=clean.given(one.first("Refs/MndtId"), 35),
            batch_id=clean.given(one.first("Refs/PmtInfId") or entry.first("NtryDtls/Btch/PmtInfId"), 35),
            return_code=clean.given(one.first("RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"), 35),
        )

    def _header(self, statement: Record, **balances: Decimal | None) -> Header:
        account = statement.first("Acct/Id/IBAN", "Acct/Id/Othr/Id")
        currency = statement.first("Acct/Ccy") or self._reading.currency
        return Header(
            bank_account=clean.line(account, 64) or self._reading.bank_account,
            reference=clean.line(statement.first("ElctrncSeqNb", "Id"), 64),
            currency=currency.upper(),
            **balances,
        )

    def _forget(self) -> None:
        self._first = None
        self._transactions, self._splits = 0, False
        self._told = Decimal(0)


def _booked(entry: Record) -> bool:
    return entry.first("Sts/Cd", "Sts") == "BOOK"


def _own_amount(record: Record) -> Decimal | None:
    text = record.first("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")
    return amount_of(text, "a transaction") if text else None


def _name(record: Record, party: str) -> str:
    return record.first(f"RltdPties/{party}/Pty/Nm", f"RltdPties/{party}/Nm")


_V02: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr>
<Stmt><Id>S-7</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">136.04</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="EUR">36.04</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-10-09</Dt></BookgDt>
<ValDt><Dt>2026-10-10</Dt></ValDt><AcctSvcrRef>BANK-77</AcctSvcrRef><NtryDtls><TxDtls>
<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Nm>Ann Example</Nm></Dbtr>
<DbtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>Rechnung INV-000042</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>"""

_V08: Final = b"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<Stmt><Id>S-8</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Ntry><Amt Ccy="EUR">29.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><DtTm>2026-10-09T08:15:00+02:00</DtTm></BookgDt><AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls>
<TxDtls><Refs><AcctSvcrRef>B-1-1</AcctSvcrRef></Refs><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>A</Nm></Pty></Dbtr></RltdPties>
<RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
<TxDtls><Refs><AcctSvcrRef>B-1-2</AcctSvcrRef></Refs><Amt Ccy="EUR">20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>B</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">36.04</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-10-09</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>E2E-1</EndToEndId><MndtId>M-1</MndtId></Refs>
<RltdPties><Dbtr><Pty><Nm>C</Nm></Pty></Dbtr></RltdPties><RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>
</Ntry></Stmt></BkToCstmrStmt></Document>"""

_DAY: Final = date(2026, 10, 9)
_ACCOUNT: Final = "DE89370400440532013000"

EXAMPLES: Final = (
    Example(
        content=_V02,
        found=(
            Header(bank_account=_ACCOUNT, reference="S-7", currency="EUR", opening=Decimal("100.00")),
            StatementEntry(
                booked_on=_DAY,
                value_on=date(2026, 10, 10),
                amount=Decimal("36.04"),
                currency="EUR",
                reference="BANK-77",
                name="Ann Example",
                iban="NL91ABNA0417164300",
                text="Rechnung INV-000042",
            ),
            Header(bank_account=_ACCOUNT, reference="S-7", currency="EUR", closing=Decimal("136.04")),
        ),
    ),
    Example(
        content=_V08,
        found=(
            Header(bank_account=_ACCOUNT, reference="S-8", currency="EUR"),
            StatementEntry(
                booked_on=_DAY,
                amount=Decimal("10.00"),
                currency="EUR",
                reference="B-1-1",
                name="A",
                creditor_reference="RF18539007547034",
            ),
            StatementEntry(booked_on=_DAY, amount=Decimal("20.00"), currency="EUR", reference="B-1-2", name="B"),
            StatementEntry(
                booked_on=_DAY,
                amount=Decimal("-0.50"),
                currency="EUR",
                reference="B-1",
                text="difference to its transactions",
            ),
            StatementEntry(
                booked_on=_DAY,
                amount=Decimal("-36.04"),
                currency="EUR",
                name="C",
                end_to_end_id="E2E-1",
                mandate_id="M-1",
                return_code="AM04",
            ),
            Header(bank_account=_ACCOUNT, reference="S-8", currency="EUR"),
        ),
    ),
)
FORMAT: Final = StatementFormat(name="camt", detects=detects, read=read, examples=EXAMPLES)
