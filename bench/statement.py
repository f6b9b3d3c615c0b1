"""How long a large bank statement takes to be read and matched, on one core.

    meterlog bench statement [--entries 100000] [--json]
    100,000 entries of camt.053 (55 MB): read in 4.2 s, matched in 4.0 s, 100 MB

Postgres alone is started, with an open invoice for each entry. Of twenty entries sixteen quote their invoice's number
in some spelling, two come from a bank account that has paid before, one has a name and an amount, one says nothing.
Before a figure is given, what was matched is compared with what it is by the making of the file.
"""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, cast

import asyncpg

from bench.machine import machine
from bench.servers import BenchFailed
from services.payments.bank_statement.matching import Matcher, Movement, asked
from services.payments.processes.match_book import book_of
from services.payments.statements import statement_formats
from services.payments.statements.contract import Reading, StatementEntry
from shared.embedded.ports import Ports
from shared.embedded.postgres import EmbeddedPostgres

PARTITIONS: Final = 4
PAGE: Final = 500
_PAYMENTS: Final = Path(__file__).parents[1] / "services" / "payments"
_TABLES: Final = ("balance", "receivable", "payer_name", "bank_statement")
_SPELLINGS: Final = ("INV-{n:07d}", "Rechnung inv {n:07d} danke", "RG.INV{n:07d}/KD", "inv-{n:07d} 1. Mahnung")
_RECEIVABLES: Final = f"""insert into receivable_row (partition, invoice_id, account_id, number, currency, amount, open,
    issued_on, due_on, credited, written_off, disputed, kind, withdrawn, recorded_at)
    select n % {PARTITIONS}, 'inv-' || n, 'acc-' || n, 'INV-' || lpad(n::text, 7, '0'), 'EUR', 10 + n * 0.01,
           10 + n * 0.01, '2026-10-01', '2026-10-15', 0, 0, 0, 'invoice', false, now() from generate_series(1, $1) n"""
_NAMES: Final = f"""insert into payer_name_row select n % {PARTITIONS}, 'acc-' || n, 'Customer ' || n || ' Example'
    from generate_series(1, $1) n"""
_PAID: Final = f"""insert into bank_entry_row (partition, entry_id, statement_id, place, bank_account, booked_on,
    amount, currency, payer, details, end_to_end_id, mandate_id, batch_id, return_code, status, confidence,
    candidates, account_id, detail)
    select n % {PARTITIONS}, 'be-' || n, 'bs', n, 'X', '2026-09-01', 1, 'EUR', 'payer-' || n, '', '', '', '', '',
           'booked', 'exact', '[]', 'acc-' || n, '' from generate_series(1, $1) n"""


class _PlainNames:
    """Names as they are: what opening them costs is measured with the vault."""

    async def open_all(self, names: Sequence[str]) -> list[str]:
        return list(names)


async def measure(*, entries: int) -> dict[str, Any]:
    """Raises `BenchFailed` where something else is matched than the file was made to."""
    with tempfile.TemporaryDirectory(prefix="meterlog-bench-") as folder:
        # The server runs as a user of its own where this process is root.
        Path(folder).chmod(0o755)
        file = Path(folder) / "statement.xml"
        with file.open("w") as made:
            made.writelines(_document(entries))
        ports = Ports(Path(folder) / "ports.json")
        postgres = EmbeddedPostgres(Path(folder) / "postgres", port=ports["postgres"], password="bench")
        try:
            pool = await asyncpg.create_pool(await postgres.start(), min_size=1, max_size=1)
            for aggregate in _TABLES:
                await pool.execute((_PAYMENTS / aggregate / "tables.sql").read_text())
            for statement in (_RECEIVABLES, _NAMES, _PAID):
                await pool.execute(statement, entries)
            await pool.execute("analyze")
            with file.open("rb") as opened:
                figures = await _measured(pool, opened, entries, file.stat().st_size)
            await pool.close()
            return figures
        finally:
            await postgres.stop()


def sentence(figures: dict[str, Any]) -> str:
    told = f"{figures['entries']:,} entries of camt.053 ({figures['file_mb']} MB)"
    times = f"read in {figures['read_s']} s, matched in {figures['match_s']} s"
    return f"{told}: {times}, {figures['rss_mb_max']} MB"


async def _measured(pool: Any, file: IO[bytes], entries: int, size: int) -> dict[str, Any]:
    began = time.perf_counter()
    read = sum(1 for _ in _entries(file))
    read_s = time.perf_counter() - began
    if read != entries:
        raise BenchFailed(f"{read} entries came out of a file of {entries}")
    found: Counter[str] = Counter()
    matcher, match_s = Matcher(), 0.0
    source = _entries(file)
    place = 0
    while page := list(islice(source, PAGE)):
        movements = [_movement(place + n, entry) for n, entry in enumerate(page, 1)]
        place += len(page)
        began = time.perf_counter()
        book = await book_of(pool, cast(Any, _PlainNames()), movements, asked(movements))
        found.update(matcher.match(movement, book).confidence for movement in movements)
        match_s += time.perf_counter() - began
    # Of twenty: sixteen by number and two by bank account, one by its name, one not at all.
    expected = {"exact": entries * 18 // 20, "probable": entries // 20, "none": entries // 20}
    if dict(found) != expected:
        raise BenchFailed(f"{dict(found)} were matched, not {expected}")
    return {
        "entries": entries,
        "file_mb": size >> 20,
        "read_s": round(read_s, 1),
        "match_s": round(match_s, 1),
        "entries_per_s": round(entries / (read_s + match_s)),
        "rss_mb_max": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "machine": machine(),
    }


def _entries(file: IO[bytes]) -> Iterator[StatementEntry]:
    file.seek(0)
    for found in statement_formats()["camt"].read(file, Reading()):
        if isinstance(found, StatementEntry):
            yield found


def _movement(n: int, entry: StatementEntry) -> Movement:
    kind = n % 20
    return Movement(
        entry_id=f"e-{n}",
        amount=entry.amount,
        currency=entry.currency,
        text=entry.text,
        payer=f"payer-{n}" if kind in (16, 17) else "",
        name=entry.name,
    )


def _document(entries: int) -> Iterator[str]:
    yield '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S</Id>'
    yield "<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>"
    for n in range(1, entries + 1):
        yield _entry(n)
    yield "</Stmt></BkToCstmrStmt></Document>"


def _entry(n: int) -> str:
    kind, amount = n % 20, 10 + n * Decimal("0.01")
    text = _SPELLINGS[n % 4].format(n=n) if kind < 16 else "vielen Dank"
    name = f"Customer {n} Example" if kind == 18 else "Somebody Else"
    return (
        f'<Ntry><NtryRef>{n}</NtryRef><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        f"<BookgDt><Dt>2026-10-09</Dt></BookgDt><ValDt><Dt>2026-10-09</Dt></ValDt><AcctSvcrRef>B{n}</AcctSvcrRef>"
        "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls>"
        "<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Pty>"
        f"<Nm>{name}</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></DbtrAcct></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


if __name__ == "__main__":
    print(sentence(asyncio.run(measure(entries=100_000))))
