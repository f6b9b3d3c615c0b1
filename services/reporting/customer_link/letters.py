"""The mail with a customer's link. The token is made anew of the link's id and the address is opened when the mail goes
out, so that neither stands in the table of mails.

    await put_mail(connection, link)
"""

from __future__ import annotations

from typing import Final

from services.reporting.customer_link.links import CustomerLink, find_link, token_of
from services.reporting.customer_link.words import words_for
from services.reporting.database import Database
from services.reporting.identity.secret import new_id
from services.reporting.mail.letters import Envelope, letter
from services.reporting.mail.rows import Mail, NewMail, put
from services.reporting.mail.sending import Addressed, CantBeWritten
from services.reporting.reading import Reading
from shared.http.api import Api
from shared.http.customer_link import PAGES
from shared.kernel.customer import CustomerFields
from shared.kernel.sealed import Sealed
from shared.mail.smtp import Server

KIND: Final = "customer_link"
PAGE: Final = f"{PAGES.removeprefix('/v1')}#"
"""The console's page for a link. What stands behind # stays in the browser: no log on the way has it."""


async def put_mail(database: Database, link: CustomerLink) -> str:
    """Have it sent; the id of the mail. Its address is looked up when it goes out."""
    mail_id = f"customer-{new_id()}"
    await put(database, NewMail(mail_id=mail_id, kind=KIND, address=f"account:{link.account_id}", about=link.link_id))
    return mail_id


async def mail_of(database: Database, link: CustomerLink) -> str | None:
    """The first mail that was asked for of a link."""
    sql = "select mail_id from durable.mail where about = $1 and kind = $2 order by created_at, mail_id limit 1"
    mail_id: str | None = await database.fetchval(sql, link.link_id, KIND)
    return mail_id


async def fields_of(api: Api, account_id: str) -> CustomerFields:
    """What is known of how the customer is reached; nothing of who is erased."""
    details = await api.db.fetchval("select details from account_row where account_id = $1", account_id)
    return CustomerFields.from_text("" if details is None else await api.vault.open(Sealed(details)))


async def write_customer_link(mail: Mail, server: Server, read: Reading) -> Addressed:
    """Raises `CantBeWritten`."""
    link = await find_link(read.api.db, mail.about)
    if link is None or link.status != "active":
        raise CantBeWritten("link_gone", "the link does not work any more; make another")
    fields = await fields_of(read.api, link.account_id)
    if fields.email is None:
        raise CantBeWritten("no_email", "the account has no e-mail address, or is erased")
    words = words_for(fields.language)
    url = f"{read.api.settings.url.rstrip('/')}{PAGE}{token_of(read.api.vault, link.link_id)}"
    text = f"{words.opens}\n\n{url}\n\n{words.until.format(day=link.expires_at.date())}\n{words.keep}\n"
    envelope = Envelope(mail.mail_id, server.sender, fields.email, mail.started_at or mail.created_at)
    return Addressed(fields.email, letter(envelope, subject=words.subject, text=text))
