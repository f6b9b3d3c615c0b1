"""Customers' links as the API shows them."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field, StrictBool, StrictInt

from services.reporting.customer_link.links import DAYS_DEFAULT, DAYS_MAX
from shared.http.actions import ActionShape
from shared.http.pages import Page
from shared.kernel.bodies import Body


class NewCustomerLinkBody(Body):
    """How many days it works; `send` mails it to the customer's address at once."""

    days: StrictInt = Field(default=DAYS_DEFAULT, ge=1, le=DAYS_MAX)
    send: StrictBool = False


class CustomerLinkView(BaseModel):
    """A link without its token. `last_opened_at` is right to a minute."""

    id: str
    account_id: str
    status: Literal["active", "expired", "revoked"]
    made_by: str
    made_at: AwareDatetime
    expires_at: AwareDatetime
    revoked_at: AwareDatetime | None
    last_opened_at: AwareDatetime | None
    allowed_actions: list[ActionShape]


class NewCustomerLinkView(CustomerLinkView):
    """With the token. `path` is the page, behind the address that customers reach the console by. `mail_id`: of the
    mail that was asked for."""

    token: str
    path: str
    mail_id: str | None


class CustomerLinkPage(Page):
    items: list[CustomerLinkView]


class SentView(BaseModel):
    """`GET /v1/mails/{mail_id}` says what becomes of it."""

    id: str
    mail_id: str


class RevokedView(BaseModel):
    """How many worked until now; the entry forgets them within 30 s."""

    account_id: str
    revoked: int
