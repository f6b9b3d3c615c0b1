"""What the operator and the provider have agreed on, read from the settings (docs/operations.md).

>>> Terms(issuer="https://id.example.net", roles=(("noc", "support"),)).role_of(("staff", "noc"))
'support'
>>> Terms(issuer="https://id.example.net", domains=("example.net",)).admits("ann@example.net.evil.org")
False
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from services.reporting.identity.passwords import PASSWORD_MAX, PASSWORD_MIN
from shared.engine.settings import Settings

CALLBACK_PAGE: Final = "/login/provider"
"""The console's page to which the provider sends people back."""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """`roles` are pairs of a group and the role that it gives; the first that fits counts."""

    issuer: str
    client_id: str = ""
    client_secret: str | None = None
    name: str = ""
    scopes: str = "openid"
    roles_claim: str = "groups"
    roles: tuple[tuple[str, str], ...] = ()
    default_role: str = ""
    domains: tuple[str, ...] = ()
    anybody_joins: bool = False
    second_factor_trusted: bool = False
    leeway_s: int = 60

    @property
    def gives_roles(self) -> bool:
        """Whether the provider says who has which role; else admins do so here, and a newcomer has the default."""
        return bool(self.roles)

    def role_of(self, groups: Sequence[str]) -> str | None:
        """`None` for somebody who is in no group that has a role."""
        return next((role for group, role in self.roles if group in groups), self.default_role or None)

    def admits(self, email: str) -> bool:
        return not self.domains or email.rpartition("@")[2].casefold() in self.domains


def terms_of(settings: Settings) -> Terms | None:
    """`None` without a provider."""
    if not settings.oidc_issuer:
        return None
    secret = settings.oidc_client_secret
    pairs = (pair.strip().rpartition("=") for pair in settings.oidc_roles.split(",") if pair.strip())
    return Terms(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=None if secret is None else secret.get_secret_value(),
        name=settings.oidc_name or urlsplit(settings.oidc_issuer).hostname or "OpenID Connect",
        scopes=settings.oidc_scopes,
        roles_claim=settings.oidc_roles_claim,
        roles=tuple((group.strip(), role.strip()) for group, _, role in pairs),
        default_role=settings.oidc_default_role,
        domains=tuple(one.strip().casefold() for one in settings.oidc_email_domains.split(",") if one.strip()),
        anybody_joins=settings.oidc_join == "anybody",
        second_factor_trusted=settings.oidc_second_factor == "trusted",
        leeway_s=settings.oidc_leeway_s,
    )


def sign_in_shape(settings: Settings) -> dict[str, Any]:
    """How people come in, as an administrator sees it; without the secret."""
    terms, origin = terms_of(settings), settings.public_origin or None
    return {
        "password_min": PASSWORD_MIN,
        "password_max": PASSWORD_MAX,
        "origin": origin,
        "provider": None if terms is None else _terms_shape(terms, origin),
    }


def _terms_shape(terms: Terms, origin: str | None) -> dict[str, Any]:
    return {
        **{name: getattr(terms, name) for name in ("name", "issuer", "client_id", "scopes", "roles_claim")},
        "join": "anybody" if terms.anybody_joins else "invited",
        "email_domains": terms.domains,
        "roles": [{"group": group, "role": role} for group, role in terms.roles],
        "default_role": terms.default_role or None,
        "second_factor": "trusted" if terms.second_factor_trusted else "said",
        "callback": None if origin is None else f"{origin}{CALLBACK_PAGE}",
    }
