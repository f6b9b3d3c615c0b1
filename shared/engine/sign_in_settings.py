"""How people get in: the keys of tokens, the address of the console, a provider of logins (docs/operations.md)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings


class SignInSettings(BaseSettings):
    """A part of `Settings`."""

    token_key_also: SecretStr | None = None
    """A second key by which tokens are verified and none is signed: the one to come, then the one before, so that
    `token_key` is changed while processes restart one after another."""

    public_origin: Annotated[str, Field(pattern=r"^(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?)?$")] = ""
    """Where people reach the console, such as `https://billing.example.net`: what passkeys are bound to, and where a
    provider of logins sends them back. Without it both work on `localhost` only."""

    staff_language: Literal["en", "de", "fr", "es"] = "en"
    """In which people who work here are written to who have chosen no language of their own."""

    oidc_issuer: Annotated[
        str, Field(pattern=r"^(https://[^\s?#]+|http://(127\.0\.0\.1|localhost)(:[0-9]+)?(/[^\s?#]*)?)?$")
    ] = ""
    """A provider of logins by OpenID Connect, as it names itself; without it there is none."""

    oidc_name: Annotated[str, Field(max_length=60)] = ""
    """What the button says behind "Sign in with"; the issuer's host if not set."""

    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None
    """What the provider calls us; a client without a secret is held by PKCE alone."""

    oidc_scopes: str = "openid email profile"
    oidc_roles_claim: str = "groups"
    """The claim of the ID token that says in which groups somebody is."""

    oidc_roles: Annotated[str, Field(pattern=r"^([^=,]+=[a-z][a-z0-9_-]*(,|$))*$")] = ""
    """Which group gives which role, `billing-team=billing,noc=support`; the first that fits counts. Without it roles
    are given here, by admins."""

    oidc_default_role: Annotated[str, Field(pattern="^([a-z][a-z0-9_-]*)?$")] = ""
    """The role of whoever is in none of these groups; without it they are refused."""

    oidc_email_domains: str = ""
    """Domains, with commas between, of which an address has to be; without it of any."""

    oidc_join: Literal["invited", "anybody"] = "invited"
    """Whether somebody whom nobody has invited becomes a user by signing in."""

    oidc_second_factor: Literal["said", "trusted"] = "said"
    """Where a second factor is needed, the provider has to say (`amr`) that it asked for one; or it always does."""

    oidc_leeway_s: Annotated[int, Field(ge=0, le=300)] = 60
    """How far the provider's clock and ours may be apart."""

    @model_validator(mode="after")
    def _check_provider(self) -> Self:
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("a provider of logins needs METERLOG_OIDC_CLIENT_ID")
        if self.oidc_join == "anybody" and not (self.oidc_roles or self.oidc_default_role):
            raise ValueError("whoever joins needs a role: set METERLOG_OIDC_ROLES or METERLOG_OIDC_DEFAULT_ROLE")
        return self
