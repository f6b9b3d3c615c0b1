"""The mail of a run: the file attached, or where it is fetched if it is too large for a mail.

Subject: Revenue – Monthly for the board

Revenue is attached, as of 2026-12-01 06:00 UTC: 14 rows.
"""

from __future__ import annotations

from typing import Final

import msgspec

from services.reporting.export.files import FileIsGone, file_name, title_of
from services.reporting.export.formats import formats
from services.reporting.export.work import Asked
from services.reporting.job.rows import KEPT_H, QUEUE, Job
from services.reporting.mail.letters import Envelope, File, letter
from services.reporting.mail.rows import Mail
from services.reporting.mail.sending import CantBeWritten
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
    title, as_of = title_of(asked), str(job.result.get("as_of", ""))[:16].replace("T", " ")
    if file is not None:
        said = f"{title} is attached, as of {as_of} UTC: {job.done} rows."
    else:
        url = f"{read.api.settings.url}/reports/files"
        said = f"{title} is made, as of {as_of} UTC: {job.done} rows. It is too large for a mail;\n"
        said += f"fetch it within {KEPT_H} hours: {url}"
    text = f"{said}\n\nYou get this because of the schedule “{name}” in Meterlog.\n"
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
