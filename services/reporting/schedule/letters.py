"""The mail of a run: the file attached, or where it is fetched if it is too large for a mail.

Subject: Revenue – Monthly for the board

Revenue is attached, as of 2026-12-01 06:00 UTC: 14 rows.
"""

from __future__ import annotations

from typing import Final

import msgspec

from services.reporting.export.files import FileIsGone, file_name
from services.reporting.export.formats import formats
from services.reporting.export.paper.language import words_of
from services.reporting.export.work import Asked
from services.reporting.identity.users import find_user_by_email
from services.reporting.job.rows import KEPT_H, QUEUE, Job
from services.reporting.mail.letters import Envelope, File, letter
from services.reporting.mail.rows import Mail
from services.reporting.mail.sending import CantBeWritten
from services.reporting.mail.words import words_for
from services.reporting.reading import Reading
from services.reporting.schedule import rows
from services.reporting.schedule.working import OUTSIDE, reader_of
from shared.engine.leased import DONE
from shared.mail.smtp import Server

ATTACHED_BYTES_MAX: Final = 10_000_000
"""Of a file; a larger one is fetched."""


async def write_report(mail: Mail, server: Server, read: Reading) -> bytes:
    """Raises `CantBeWritten`."""
    job = await QUEUE.find(read.api.db, mail.about)
    if job is None or job.status != DONE:
        raise CantBeWritten("file_gone", "the file went before it was mailed; run the schedule again")
    asked = msgspec.convert(job.request, Asked)
    schedule = await rows.find(read.api.db, mail.schedule_id or "")
    file = await _file(job, asked, mail.address, read)
    name = "" if schedule is None else schedule.name
    person = await find_user_by_email(read.api.db, mail.address)
    language = (person.language if person else None) or asked.language
    words, title = words_for(language), words_of(language).of("titles", asked.list or asked.report or "")
    as_of = str(job.result.get("as_of", ""))[:16].replace("T", " ")
    told = {"title": title, "at": as_of, "rows": job.done}
    if file is not None:
        said = words.attached.format(**told)
    else:
        within = words.fetch_within.format(h=KEPT_H)
        said = f"{words.fetched.format(**told)}\n{within} {read.api.settings.url}/reports/files"
    text = f"{said}\n\n{words.because.format(name=name)}\n"
    envelope = Envelope(mail.mail_id, server.sender, mail.address, mail.started_at or mail.created_at)
    return letter(envelope, subject=f"{title} – {name}", text=text, file=file)


async def _file(job: Job, asked: Asked, address: str, read: Reading) -> File | None:
    """As whoever has the address may read it; `None` where it is too large for a mail."""
    reader = await reader_of(read.api.db, address)
    parts: list[bytes] = []
    size = 0
    try:
        async for data in read.files.of(job, reader):
            parts.append(data)
            size += len(data)
            if size > ATTACHED_BYTES_MAX:
                break
    except FileIsGone as error:
        raise CantBeWritten("file_gone", "the file went while it was mailed; run the schedule again") from error
    if size <= ATTACHED_BYTES_MAX:
        return File(file_name(job), formats()[asked.format].media_type, b"".join(parts))
    if reader is OUTSIDE:
        detail = "the file is too large for a mail, and the address is of nobody who could fetch it"
        raise CantBeWritten("too_large", detail)
    return None
