"""A file as it goes out: rows that a job has kept, with names opened for who reads it, in the format that was asked.

    async for data in Files(api, names).of(job, reader):
        ...

Names are opened piece by piece while the file is written: nothing personal is kept in the clear, and a name that was
erased since is erased here too (docs/decisions/0119). Raises `FileIsGone` where the job is deleted meanwhile: half a
file is no file.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from urllib.parse import parse_qsl

import msgspec

from services.reporting.customer.names import CustomerNames
from services.reporting.export.formats import Contents, formats
from services.reporting.export.formats.contract import Column
from services.reporting.export.offered import columns_offered, series_of
from services.reporting.export.sources import LISTS
from services.reporting.export.work import Asked, items_of, request_of
from services.reporting.identity.users import find_user
from services.reporting.job import rows
from services.reporting.job.rows import Job
from services.reporting.reports import reports
from shared.http.api import Api
from shared.http.auth import Caller


class FileIsGone(Exception):
    """A day has passed while it was fetched; the connection is broken off."""


class Files:
    def __init__(self, api: Api, names: CustomerNames) -> None:
        self._api = api
        self._names = names

    async def of(self, job: Job, reader: Caller) -> AsyncIterator[bytes]:
        """The file, piece by piece; work on a piece is done beside the loop."""
        asked = msgspec.convert(job.request, Asked)
        writer = formats()[asked.format].writer(contents_of(asked, job, await self._who(job.owner)))
        request = request_of("")
        request.state.caller = reader
        n = done = 0
        while done < job.done:
            piece = await rows.piece(self._api.db, job, n)
            if piece is None:
                raise FileIsGone(job.job_id)
            items = await asyncio.to_thread(items_of, piece)
            n, done = n + 1, done + len(items)
            if asked.list is not None:
                await LISTS[asked.list].opened(self._api, self._names, request, items)
            if data := await asyncio.to_thread(writer.rows, items):
                yield data
        yield await asyncio.to_thread(writer.end)

    async def _who(self, owner: str) -> str:
        """Who asked, for the file's own words: a person by their address."""
        kind, _, user_id = owner.partition(":")
        user = await find_user(self._api.db, user_id) if kind == "user" else None
        return owner if user is None else user.email


def file_name(job: Job) -> str:
    asked = msgspec.convert(job.request, Asked)
    return f"{(asked.list or asked.report or '').replace('/', '-')}-{job.created_at.date()}.{asked.format}"


def contents_of(asked: Asked, job: Job, who: str) -> Contents:
    """What the file says besides its rows."""
    group_by = job.result.get("question", {}).get("group_by")
    offered = {column.name: column for column in columns_offered(asked.list, asked.report, group_by)}
    # A column that a version since has dropped is empty.
    columns = tuple(offered.get(name) or Column(name=name) for name in asked.columns)
    made_at = datetime.fromisoformat(job.result["as_of"]) if "as_of" in job.result else job.created_at
    return Contents(
        title=title_of(asked),
        definition=_definition(asked),
        columns=columns,
        facts=(
            ("Asked for", f"/v1/{asked.list}" if asked.list else f"/v1/reports/{asked.report}"),
            *_question(asked, job),
            ("As of", f"{made_at:%Y-%m-%d %H:%M:%S} UTC"),
            ("Asked by", who),
            ("Rows", f"{job.done}"),
        ),
        made_at=made_at,
        chart=series_of(columns) if asked.report is not None else None,
        name=asked.list or asked.report or "",
        language=asked.language,
    )


def title_of(asked: Asked) -> str:
    if asked.list is not None:
        return LISTS[asked.list].title
    return (asked.report or "").replace("-", " ").capitalize()


def _definition(asked: Asked) -> str:
    if asked.list is not None:
        return LISTS[asked.list].definition
    report = reports().get(asked.report or "")
    return "" if report is None else report.definition


def _question(asked: Asked, job: Job) -> list[tuple[str, str]]:
    """The parameters as they were asked, and the report's own where none were."""
    given = parse_qsl(asked.query, keep_blank_values=True)
    names = {name for name, _ in given}
    own = job.result.get("question", {})
    return [*given, *((name, value) for name, value in own.items() if name not in names)]
