"""What scopes can name, and what a caller who is held to scopes may, in words.

check_scopes(["invoices:read", "nothing:read"])      # Rejection: unknown_scope at /scopes/1
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from shared.http.auth import ROLES
from shared.http.scopes import ACCESS, Restrictions, admits_verb
from shared.kernel.errors import Rejection

AREAS: Final = (
    *(
        "accounts",
        "audit-exports",
        "automatic-runs",
        "bandwidth-profiles",
        "bank-statements",
        "billing-cycles",
        "billing-runs",
    ),
    *("charges", "chart-of-accounts", "clock", "collections", "coupons", "credit-notes", "credit-settings"),
    *("customer-configs", "dead-letters", "debit-notes", "deliveries", "deposit-requests", "deposits"),
    *("direct-debits", "disputes", "dunning", "events", "exposures", "gateways", "health", "holidays"),
    *("invoice-policy", "invoices", "jobs", "journal", "journal-exports", "late-fee-policies", "late-fees"),
    *("legal-entities", "mails", "mandates", "meters", "network-elements", "network-intents", "numbering-series"),
    *("one-time-charges", "outages", "overview", "payment-links", "payment-methods", "payment-settings", "payments"),
    *(
        "personal-data-reads",
        "plans",
        "pricing",
        "print-batches",
        "promises",
        "proof",
        "rate-tables",
        "receivables",
        "report-jobs",
    ),
    *("refunds", "report-schedules", "reports", "reratings", "resource-history", "resource-holder", "resources"),
    *("saved-views", "search", "services", "sources", "spend-alerts", "stream", "subscriptions", "tax", "top-ups"),
    *("trial-balance", "usage", "voucher-batches", "vouchers", "webhook-deliveries", "webhook-endpoints"),
    *("webhook-event-types", "write-offs"),
)
"""What a scope can name. A test holds them against the paths that there are."""

SCOPES_MAX: Final = 100


def may_any(restrictions: Restrictions, area: str, verb: str) -> bool:
    """Whether something of this can be done in an area; of `*`, in any."""
    areas = AREAS if area == "*" else (area,)
    return any(all(admits_verb(scopes, one, verb) for scopes in restrictions) for one in areas)


def check_scopes(scopes: Iterable[str], *, pointer: str = "/scopes") -> None:
    """Raises `Rejection` for one that means nothing, or that would let its holder give himself more."""
    for n, scope in enumerate(scopes):
        area, colon, verb = scope.partition(":")
        if not colon or verb not in ("read", "write") or area not in (*AREAS, *ACCESS, "*"):
            detail = f"{scope!r} is no scope: write an area and read or write, such as invoices:read"
            raise Rejection("unknown_scope", detail, pointer=f"{pointer}/{n}")
        if area in ACCESS and verb == "write":
            detail = f"{scope!r} would let its holder give himself every right; only a whole admin writes there"
            raise Rejection("scope_not_grantable", detail, pointer=f"{pointer}/{n}")


# Which area of the API a word stands for, where a caller is held to scopes.
_NEEDS: Final = {
    "read": ("*", "read"),
    "report_usage": ("usage", "write"),
    "write": ("*", "write"),
    "issue": ("invoices", "write"),
    "record_payment": ("payments", "write"),
    "audit": ("events", "read"),
    "manage_access": ("users", "write"),
}


def allowed_words(role: str, restrictions: Restrictions = ()) -> tuple[str, ...]:
    """What a caller may, in the words of `GET /v1/session`.

    >>> allowed_words("support"), allowed_words("billing", (frozenset({"payments:write"}),))
    (('read', 'personal_data'), ('read', 'write', 'record_payment', 'personal_data'))
    """
    return tuple(
        word
        for word in ROLES[role].may
        if not restrictions or word not in _NEEDS or may_any(restrictions, *_NEEDS[word])
    )
