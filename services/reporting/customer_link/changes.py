"""What becomes of customers' links, for the audit trail: who may read an account is a matter of access.

They stand beside the changes of users and keys (`identity/changes.py`), as `identity/0/…`, and are found by the
account. None holds the token.
"""

from __future__ import annotations

from datetime import datetime

from services.reporting.identity.changes import AccessEvent


class CustomerLinkMade(AccessEvent, frozen=True, kw_only=True):
    """Until `expires_at` whoever has the link reads the account's page."""

    ABOUT = "account_id"

    account_id: str
    link_id: str
    expires_at: datetime


class CustomerLinkMailed(AccessEvent, frozen=True, kw_only=True):
    """A mail to the customer's address was asked for; `GET /v1/mails?about=<link>` says what became of it."""

    ABOUT = "account_id"

    account_id: str
    link_id: str


class CustomerLinksRevoked(AccessEvent, frozen=True, kw_only=True):
    """All links of the account that worked, `links` of them."""

    ABOUT = "account_id"

    account_id: str
    links: int
