"""A link to set a password goes out by mail where there is a mail server, and stands nowhere else in the clear."""

from __future__ import annotations

import pytest

from services.reporting.identity.link_letters import mail_link, write_link
from services.reporting.identity.users import choose_language, create_user, known_user
from services.reporting.mail.sending import MailSender
from services.reporting.reading import reading_of
from tests.services.invoicing.processes.mail_server import mail_server
from tests.services.reporting.schedule.test_schedules import Process
from tests.services.reporting.stage import Stage

pytestmark = pytest.mark.servers


async def test_a_link_is_sealed_until_it_goes_out_and_gone_after(stage: Stage) -> None:
    user = await create_user(stage.pool, "new@op.example", None, "support")
    await mail_link(stage.pool, stage.vault, user, "invitation", "/set-password#first")
    await mail_link(stage.pool, stage.vault, user, "invitation", "/set-password#s3cret")
    kept = await stage.pool.fetch("select * from durable.mail order by created_at")
    assert [row["status"] for row in kept] == ["cancelled", "waiting"] and "s3cret" not in str(kept)
    async with mail_server() as box:
        mail = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_security": "none", "smtp_sender": "m@op.example"}
        settings = stage.settings.model_copy(update={**mail, "url": "https://bills.op.example"})
        read = reading_of(Process(stage, settings), stage.vault)
        sender = MailSender({"invitation": write_link})
        assert await sender.send_next(read) and not await sender.send_next(read)
    (mail_,) = box.mails
    assert "https://bills.op.example/set-password#s3cret" in mail_.get_content()
    assert await stage.pool.fetchval("select body from durable.mail where status = 'sent'") is None
    async with stage.client("admin") as admin:
        (shown, _) = (await admin.get("/v1/mails", params={"about": user.user_id})).json()["items"]
        assert "s3cret" not in str(shown) and shown["address"] == "new@op.example"
        resent = await admin.post(f"/v1/mails/{shown['id']}/resend")
        assert resent.status_code == 409


async def test_a_mail_is_in_the_language_of_its_reader_else_in_the_operators(stage: Stage) -> None:
    said = {"fr@op.example": "fr", "none@op.example": None}
    for email, language in said.items():
        user = await create_user(stage.pool, email, None, "support", language=language)
        await mail_link(stage.pool, stage.vault, user, "invitation", "/set-password#s3cret")
    async with mail_server() as box:
        mail = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_security": "none", "smtp_sender": "m@op.example"}
        settings = stage.settings.model_copy(update={**mail, "staff_language": "es"})
        sender = MailSender({"invitation": write_link})
        while await sender.send_next(reading_of(Process(stage, settings), stage.vault)):
            pass
    subjects = {str(one["To"]): str(one["Subject"]) for one in box.mails}
    assert subjects == {"fr@op.example": "Votre accès à Meterlog", "none@op.example": "Su acceso a Meterlog"}


async def test_a_person_chooses_their_language(stage: Stage) -> None:
    user = await create_user(stage.pool, "ann@op.example", None, "support", language="de")
    await choose_language(stage.pool, user.user_id, "es")
    assert (await known_user(stage.pool, user.user_id)).language == "es"
    async with stage.client("admin") as admin:
        assert (await admin.get(f"/v1/users/{user.user_id}")).json()["language"] == "es"
        wrong = await admin.post("/v1/users", json={"email": "x@op.example", "role": "support", "language": "xx"})
        assert wrong.status_code == 422
