"""Which service answers which path. One table: a path that is not in it does not exist.

A pattern matches itself and everything below it; `*` stands for one segment; the most specific pattern wins, and among
equals the one that names methods. Invoices are read from reporting, joined with their payment state, and written at
invoicing. Commands, jobs and dead letters carry the name of their service in their id.

    >>> owner_of("GET", b"/v1/invoices/in-7"), owner_of("GET", b"/v1/invoices/in-7/pdf")
    ('reporting', 'invoicing')
    >>> owner_of("GET", b"/v1/accounts/acc-1/balance"), owner_of("GET", b"/v1/commands/rating-x")
    ('payments', 'rating')
    >>> owner_of("GET", b"/v1/dead-letters/rating-3-1842"), owner_of("POST", b"/v1/dead-letters/rating-3-1842/requeue")
    ('reporting', 'rating')
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote

from meterlog.installation import SERVICES


class Rule(NamedTuple):
    """Requests with one of `methods` (all, if empty) to paths that begin with `segments` belong to `service`.

    `exact`: only the path itself, nothing below it.
    """

    segments: tuple[str, ...]
    service: str
    methods: tuple[str, ...] = ()
    exact: bool = False


_READ: Final = ("GET", "HEAD")

_PREFIXES: Final = {
    "usage": ("usage", "meters", "resources", "sources", "network-elements", "network-intents"),
    "rating": (
        "billing-cycles",
        "accounts",
        "services",
        "plans",
        "bandwidth-profiles",
        "subscriptions",
        "top-ups",
        "rate-tables",
        "holidays",
        "charges",
        "one-time-charges",
        "customer-page/usage",
        "spend-alerts",
        "reratings",
        "outages",
        "pricing",
        "proof/what-if",
    ),
    "invoicing": (
        "invoices",
        "customer-page/invoices/*",
        "credit-notes",
        "debit-notes",
        "invoice-policy",
        "billing-runs",
        "automatic-runs",
        "accounts/*/bill-profile",
        "accounts/*/discounts",
        "numbering-series",
        "legal-entities",
        "tax",
        "late-fee-policies",
        "late-fees",
        "coupons",
        "deliveries",
        "print-batches",
        "deposit-requests",
    ),
    "payments": (
        "payments",
        "refunds",
        "accounts/*/balance",
        "accounts/*/statement",
        "accounts/*/receivables",
        "accounts/*/allocation",
        "receivables",
        "disputes",
        "payment-settings",
        "accounts/*/late-fees",
        "accounts/*/adjustments",
        "accounts/*/credits",
        "accounts/*/deposits",
        "accounts/*/dunning",
        "accounts/*/exposure",
        "accounts/*/credit-terms",
        "accounts/*/credit-alerts",
        "accounts/*/payment-mode",
        "accounts/*/erasure",
        "exposures",
        "credit-settings",
        "deposits",
        "payment-methods",
        "mandates",
        "collections",
        "gateways",
        "direct-debits",
        "bank-statements",
        "payment-links",
        "invoices/*/payment-link",
        "customer-page/balance",
        "customer-page/invoices/*/payment-link",
        "dunning",
        "promises",
        "write-offs",
        "voucher-batches",
        "vouchers",
        "accounts/*/top-ups",
        "accounts/*/top-up-link",
        "accounts/*/automatic-top-up",
        "chart-of-accounts",
        "journal-exports",
    ),
    "reporting": (
        "overview",
        "journal",
        "trial-balance",
        "health",
        "reports",
        "jobs",
        "report-jobs",
        "report-schedules",
        "mails",
        "events",
        "dead-letters",
        "customer-configs",
        "customer-page",
        "accounts/*/customer-links",
        "search",
        "stream",
        "session",
        "sessions",
        "users",
        "roles",
        "api-keys",
        "access-policy",
        "saved-views",
        "personal-data-reads",
        "audit-exports",
        "accounts/*/subject-access",
        "webhook-endpoints",
        "webhook-deliveries",
        "webhook-event-types",
        "invoices/*/timeline",
        "proof/conservation",
        "usage/summary",
        "resource-holder",
        "resource-history",
    ),
}

_EXCEPTIONS: Final = (
    Rule(("invoices",), "reporting", _READ, exact=True),
    Rule(("invoices", "*"), "reporting", _READ, exact=True),
    Rule(("usage", "records"), "reporting", _READ),
    Rule(("journal-exports",), "reporting", _READ),
)
"""What one service writes and another reads; usage records are shown with what became of them."""

RULES: Final = tuple(
    sorted(
        (
            *(Rule(tuple(path.split("/")), service) for service, paths in _PREFIXES.items() for path in paths),
            *_EXCEPTIONS,
        ),
        # Longer first, then exact before prefix, then those that name methods.
        key=lambda rule: (-len(rule.segments), not rule.exact, not rule.methods),
    )
)

SLOW: Final = frozenset({("POST", b"/v1/proof/what-if"), ("POST", b"/v1/dunning/dry-run")})
"""Requests that go through whole books before they answer."""

_PUBLIC: Final = frozenset(
    {
        *(("POST", b"/v1/session"), ("POST", b"/v1/session/password-link")),
        *(("POST", b"/v1/session/passkey"), ("POST", b"/v1/session/passkey-challenge")),
        *(("POST", b"/v1/session/provider"), ("POST", b"/v1/session/provider/callback")),
        *(("GET", b"/v1/session/provider"), ("HEAD", b"/v1/session/provider")),
    }
)
_WEBHOOK: Final = re.compile(rb"/v1/gateways/[a-z0-9_]{1,64}/webhook")
PUBLIC_READS: Final = (b"/v1/payment-links/",)


def is_public(method: str, path: bytes) -> bool:
    """Whether a request needs no credentials: it is how one gets them, or who knows the path may see what is there."""
    if method == "POST" and _WEBHOOK.fullmatch(path):
        return True
    return (method, path) in _PUBLIC or (method in ("GET", "HEAD") and path.startswith(PUBLIC_READS))


@lru_cache(maxsize=4096)
def owner_of(method: str, path: bytes) -> str | None:
    """The service a request belongs to; `None` where there is nothing.

    Matched decoded, as the service behind matches it: `%2F` is a slash for both.
    """
    first, _, rest = unquote(path.decode("latin-1")).removeprefix("/").partition("/")
    if first != "v1" or not rest:
        return None
    segments = tuple(rest.removesuffix("/").split("/"))
    match segments:
        case ("commands", name) | ("jobs", name) | ("jobs", name, "cancel"):
            return _by_prefix(name)
        case ("dead-letters", "queues", name, _) | ("dead-letters", name, _) if method not in _READ:
            return _by_prefix(name)
    return next((rule.service for rule in RULES if _matches(rule, method, segments)), None)


def _matches(rule: Rule, method: str, segments: tuple[str, ...]) -> bool:
    if rule.methods and method not in rule.methods:
        return False
    if len(segments) < len(rule.segments) or (rule.exact and len(segments) != len(rule.segments)):
        return False
    return all(wanted in ("*", segment) for wanted, segment in zip(rule.segments, segments, strict=False))


def _by_prefix(name: str) -> str | None:
    """`rating-…` is rating's: a command, a job, or a dead letter."""
    service = name.partition("-")[0]
    return service if service in SERVICES else None
