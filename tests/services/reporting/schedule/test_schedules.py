"""Schedules: each time makes one file and one mail for each recipient, by whichever process, and never two."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from services.reporting.export import work as export
from services.reporting.identity.changes import By
from services.reporting.identity.users import create_user, deactivate
from services.reporting.job.rows import QUEUE
from services.reporting.job.runner import Runner
from services.reporting.mail.rows import start, tidy
from services.reporting.mail.sending import MailSender
from services.reporting.reading import Reading, reading_of
from services.reporting.schedule import letters
from services.reporting.schedule.letters import write_report
from services.reporting.schedule.working import start_due, tell_ended
from shared.engine.settings import Settings
from tests.services.invoicing.processes.mail_server import Mailbox, mail_server
from tests.services.reporting.export.test_export import tell_invoices
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers

DAILY = {
    **{"name": "Every morning", "list": "customer-configs", "columns": ["account_id", "name"], "format": "xlsx"},
    **{"frequency": "day", "at": "09:00", "time_zone": "Europe/Paris"},
}


class Place:
    """A stage with a mail server and people."""

    def __init__(self, stage: Stage, box: Mailbox, ann: str) -> None:
        self.stage, self.box, self.ann = stage, box, ann
        mail = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_security": "none", "smtp_sender": "m@op.example"}
        settings = stage.settings.model_copy(update=mail)
        self.read: Reading = reading_of(Process(stage, settings), stage.vault)

    async def ask(self, method: str, path: str, role: str = "billing", **how: Any) -> Any:
        async with self.stage.client(role, self.ann) as client:
            return await client.request(method, f"/v1/report-schedules{path}", **how)

    async def made(self, **more: Any) -> dict[str, Any]:
        answer = await self.ask("POST", "", json={**DAILY, "recipients": ["ann@op.example"], **more})
        assert answer.status_code == 201, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    async def work(self, senders: int = 1) -> None:
        """All that the tasks of a process do until there is nothing left, by several at once."""
        await asyncio.gather(*(self._start() for _ in range(senders)))
        while (job := await QUEUE.take(self.stage.pool)) is not None:
            await Runner({"export": export.run}).attempt(job, self.stage)
        await asyncio.gather(*(tell_ended(self.read) for _ in range(senders)))
        await asyncio.gather(*(self._send() for _ in range(senders)))

    async def _start(self) -> None:
        while await start_due(self.read):
            pass

    async def _send(self) -> None:
        sender = MailSender({"report": write_report})
        while await sender.send_next(self.read):
            pass

    async def runs(self, schedule: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.ask("GET", f"/{schedule['id']}/runs")).json()["items"]
        return found


class Process:
    def __init__(self, stage: Stage, settings: Settings) -> None:
        self.pool, self.clock, self.settings = stage.pool, stage.clock, settings


@pytest_asyncio.fixture(loop_scope="session")
async def place(stage: Stage) -> AsyncIterator[Place]:
    ann = await create_user(stage.pool, "ann@op.example", None, "billing")
    await create_user(stage.pool, "aud@op.example", None, "auditor")
    async with mail_server() as box:
        yield Place(stage, box, ann.actor)


def attached(mail: Any) -> str:
    """The text of the rows in the workbook that a mail brings."""
    (file,) = list(mail.iter_attachments())
    assert file.get_filename().endswith(".xlsx")
    return zipfile.ZipFile(io.BytesIO(file.get_content())).read("xl/worksheets/sheet1.xml").decode()


async def test_two_processes_make_one_file_and_one_mail_of_a_time_and_each_reads_with_their_own_eyes(
    place: Place,
) -> None:
    await tell_invoices(place.stage, 2)
    schedule = await place.made(recipients=["ann@op.example", "aud@op.example"])
    assert (schedule["next_run_at"], schedule["status"]) == ("2026-10-13T07:00:00Z", "active")
    await place.work()
    assert place.box.mails == []
    place.stage.clock.at += timedelta(days=1)
    await place.work(senders=3)
    assert [mail["To"] for mail in place.box.mails] in (
        [["ann@op.example", "aud@op.example"][n] for n in order] for order in ((0, 1), (1, 0))
    )
    texts = {str(mail["To"]): attached(mail) for mail in place.box.mails}
    assert "=Ann 1" in texts["ann@op.example"]
    assert "Ann" not in texts["aud@op.example"] and "sealed" in texts["aud@op.example"]
    (run,) = await place.runs(schedule)
    assert (run["status"], [mail["status"] for mail in run["mails"]]) == ("done", ["sent", "sent"])
    assert (await place.ask("GET", f"/{schedule['id']}")).json()["next_run_at"] == "2026-10-14T07:00:00Z"


async def test_of_times_that_were_missed_only_the_latest_is_made_up_for(place: Place) -> None:
    schedule = await place.made(format="csv")
    place.stage.clock.at += timedelta(days=5)
    await place.work()
    assert [run["due_at"] for run in await place.runs(schedule)] == ["2026-10-17T07:00:00Z"]
    assert len(place.box.mails) == 1


async def test_a_mail_whose_process_ended_is_unknown_and_sent_again_by_a_person_only(place: Place) -> None:
    schedule = await place.made(format="csv")
    assert (await place.ask("POST", f"/{schedule['id']}/run")).status_code == 201
    assert (await place.ask("POST", f"/{schedule['id']}/run")).json()["errors"][0]["code"] == "already_running"
    job = await QUEUE.take(place.stage.pool)
    assert job is not None
    await Runner({"export": export.run}).attempt(job, place.stage)
    await tell_ended(place.read)
    lost = await start(place.stage.pool, "a process that is no more")
    assert lost is not None
    await place.stage.pool.execute("update durable.mail set started_at = now() - interval '1 hour'")
    await tidy(place.stage.pool)
    await place.work()
    (run,) = await place.runs(schedule)
    assert [mail["status"] for mail in run["mails"]] == ["unknown"] and place.box.mails == []
    async with place.stage.client("admin") as admin:
        again = await admin.post(f"/v1/mails/{lost.mail_id}/resend")
        assert (again.status_code, again.json()["status"]) == (200, "waiting")
        await place.work()
        assert (await admin.get("/v1/mails", params={"status": "sent"})).json()["total"] == 1
        assert (await admin.post(f"/v1/mails/{lost.mail_id}/cancel")).status_code == 409
    assert len(place.box.mails) == 1


async def test_who_may_do_nothing_any_more_makes_no_file(place: Place) -> None:
    schedule = await place.made()
    await deactivate(place.stage.pool, place.ann.partition(":")[2], By("cli"))
    place.stage.clock.at += timedelta(days=1)
    await place.work()
    shown = (await place.ask("GET", f"/{schedule['id']}", role="admin")).json()
    assert (shown["status"], shown["paused_reason"], shown["next_run_at"]) == ("paused", "owner_gone", None)
    assert place.box.mails == []


async def test_what_is_too_large_for_a_mail_is_fetched(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "ATTACHED_BYTES_MAX", 10)
    schedule = await place.made(recipients=["aud@op.example"], format="csv")
    await place.ask("POST", f"/{schedule['id']}/run")
    await place.work()
    (mail,) = place.box.mails
    assert list(mail.iter_attachments()) == [] and "/reports/files" in mail.get_content()
    (run,) = await place.runs(schedule)
    auditor = await place.stage.pool.fetchval("select user_id from durable.app_user where email like 'aud%'")
    async with place.stage.client("auditor", f"user:{auditor}") as client:
        assert (await client.get(f"/v1/report-jobs/{run['job_id']}/download")).status_code == 200
    async with place.stage.client("auditor", "user:another") as client:
        assert (await client.get(f"/v1/report-jobs/{run['job_id']}/download")).status_code == 404


async def test_a_report_is_asked_about_the_days_of_its_period(place: Place) -> None:
    monthly = {"list": None, "columns": None, "report": "revenue", "period": "last_month", "format": "pdf"}
    times = {"frequency": "month", "day_of_month": 1}
    schedule = await place.made(**{**monthly, **times})
    place.stage.clock.at += timedelta(days=20)
    await place.work()
    (run,) = await place.runs(schedule)
    async with place.stage.client("billing", place.ann) as client:
        job = (await client.get(f"/v1/report-jobs/{run['job_id']}")).json()
    assert (job["status"], job["query"]) == ("done", "from=2026-10-01&to=2026-10-31")
    (file,) = place.box.mails[0].iter_attachments()
    assert bytes(file.get_content()).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"recipients": ["stranger@else.example"]}, "unknown_recipient", "/recipients/0"),
        ({"recipients": ["ann@op.example\r\nBcc: all@op.example"]}, "invalid", "/recipients/0"),
        ({"recipients": []}, "out_of_bounds", "/recipients"),
        ({"at": "24:00"}, "invalid", "/at"),
        ({"frequency": "week"}, "invalid", "/weekday"),
        ({"weekday": 3}, "invalid", "/weekday"),
        ({"time_zone": "Mars/Base"}, "invalid", "/time_zone"),
        ({"period": "last_month"}, "invalid", "/period"),
        ({"columns": ["colour"]}, "invalid", "/columns/0"),
    ],
)
async def test_what_can_never_run_is_refused_when_it_is_made(
    place: Place, change: dict[str, Any], code: str, pointer: str
) -> None:
    answer = await place.ask("POST", "", json={**DAILY, "recipients": ["ann@op.example"], **change})
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["code"], error["pointer"]) == (422, code, pointer)


async def test_a_schedule_is_paused_resumed_changed_and_deleted_by_whose_it_is(place: Place) -> None:
    schedule = await place.made()
    one = f"/{schedule['id']}"
    assert (await place.ask("POST", f"{one}/pause")).json()["next_run_at"] is None
    assert (await place.ask("POST", f"{one}/resume")).json()["next_run_at"] == schedule["next_run_at"]
    body = {**DAILY, "recipients": ["ann@op.example"], "at": "10:30"}
    changed = await place.ask("PUT", one, json=body, headers={"If-Match": "1"})
    assert (changed.json()["version"], changed.json()["next_run_at"]) == (2, "2026-10-12T08:30:00Z")
    assert (await place.ask("PUT", one, json=body, headers={"If-Match": "1"})).status_code == 412
    async with place.stage.client("billing", "user:bob") as bob:
        assert (await bob.get(f"/v1/report-schedules{one}")).status_code == 404
        assert (await bob.get("/v1/report-schedules")).json()["total"] == 0
    assert (await place.ask("DELETE", one)).status_code == 204
    assert (await place.ask("GET", one)).status_code == 404
