"""The mail with a link to set a password. Whoever reads it can set it, so the link is sealed until it goes out, stands
in no log, and is gone from the table when the mail is (mail/durable.sql).

    await mail_link(connection, vault, user, "invitation", "/set-password#…")
"""

from __future__ import annotations

from services.reporting.database import Database
from services.reporting.identity.passwords import HOURS
from services.reporting.identity.secret import new_id
from services.reporting.identity.users import User, find_user
from services.reporting.mail.letters import Envelope, letter
from services.reporting.mail.rows import Mail, NewMail, put
from services.reporting.mail.sending import CantBeWritten
from services.reporting.mail.words import words_for
from services.reporting.reading import Reading
from shared.http.vault import ERASED, Vault
from shared.mail.smtp import Server


async def mail_link(database: Database, vault: Vault, user: User, kind: str, link: str) -> None:
    """Have a link sent to whom it is for; mails with links made before, which open nothing, are not sent any more."""
    mail_id = f"link-{new_id()}"
    stop = """
    update durable.mail set status = 'cancelled', code = 'replaced', ended_at = now(), body = null
     where about = $1 and kind in ('invitation', 'reset') and status = 'waiting'
    """
    await database.execute(stop, user.user_id)
    sealed = await vault.seal_secret("mail", mail_id, link)
    await put(database, NewMail(mail_id=mail_id, kind=kind, address=user.email, about=user.user_id, body=sealed))


async def write_link(mail: Mail, server: Server, read: Reading) -> bytes:
    """Raises `CantBeWritten`."""
    user = await find_user(read.api.db, mail.about)
    if user is None or user.deactivated_at is not None:
        raise CantBeWritten("user_deactivated", "the person may not log in any more")
    link = ERASED if mail.body is None else await read.api.vault.open_secret(mail.body)
    if link == ERASED:
        raise CantBeWritten("link_gone", "the link is gone; make another")
    settings = read.api.settings
    words = words_for(user.language or settings.staff_language)
    linked = words.invitation if mail.kind == "invitation" else words.reset
    said = linked.said.format(h=HOURS[mail.kind])
    text = f"{said}\n\n{settings.url.rstrip('/')}{link}\n\n{words.once}\n"
    envelope = Envelope(mail.mail_id, server.sender, mail.address, mail.started_at or mail.created_at)
    return letter(envelope, subject=linked.subject, text=text)
