"""What requests about access ask, and what they are answered."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field, StrictBool, StrictInt, StringConstraints

from services.reporting.identity.areas import SCOPES_MAX
from services.reporting.identity.passwords import PASSWORD_MAX, PASSWORD_MIN
from services.reporting.mail.words import Language
from shared.http.actions import ActionShape
from shared.http.pages import Page
from shared.kernel.bodies import Body, Instant, PrintableText

Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
RoleName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", min_length=2, max_length=32)]
Scope = Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9-]*|[*]):(read|write)$", max_length=64)]
Password = Annotated[str, Field(min_length=PASSWORD_MIN, max_length=PASSWORD_MAX)]
Secret = Annotated[str, Field(min_length=1, max_length=512)]
EntityIds = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]], Field(min_length=1, max_length=100)
]
"""Legal entities of the operator."""
DeviceAnswer = Annotated[dict[str, Any], Field(max_length=20)]
"""What a device has made or answered, as browsers write it (Web Authentication, level 3: 5.1.8)."""
Base = Literal["billing", "support", "auditor", "ingest"]
Fixed = Literal["admin", "billing", "support", "auditor", "ingest"]


class Credentials(Body):
    """Where the person has a second factor: `code` of the app, or a recovery code, or `passkey`, what the browser made
    of the challenge (`POST /v1/session/passkey-challenge`)."""

    email: str = Field(min_length=3, max_length=254)
    password: str = Field(min_length=1, max_length=PASSWORD_MAX)
    code: str | None = Field(default=None, min_length=6, max_length=32)
    passkey: DeviceAnswer | None = None


class SessionView(BaseModel):
    """Who is logged in. `email` is null for an API key, which has a `name` instead. `second_factor`: `on`, `off`, or
    `required`: nothing else is open until there is one; it is an `authenticator` app, or `passkeys`. `method`: how the
    session was opened. `legal_entities`: those that one is held to, null for all. `scopes`: the sets that each
    request has to be within; none: all that the role may. `demo`: all data here are the demo's, made up."""

    email: str | None
    name: str | None = None
    role: str
    allowed: list[str]
    second_factor: Literal["on", "off", "required"]
    recovery_codes: int
    authenticator: bool
    passkeys: int
    has_password: bool
    method: str | None
    legal_entities: list[str] | None
    scopes: list[list[str]]
    demo: bool


class OwnSessionView(BaseModel):
    """A session of one's own. `network` is the address it was opened from, of IPv6 the /64; `agent` what the browser
    called itself then."""

    id: str
    method: str
    network: str
    agent: str
    created_at: AwareDatetime
    last_seen_at: AwareDatetime
    expires_at: AwareDatetime
    current: bool


class OwnSessionList(BaseModel):
    items: list[OwnSessionView]
    total: int


class PasswordBody(Body):
    """`password` is the one that holds until now."""

    password: str = Field(min_length=1, max_length=PASSWORD_MAX)
    new_password: Password


class LinkBody(Body):
    """`link`: what stands behind the # of the link."""

    link: Secret
    password: Password


class AgainBody(Body):
    """Who sits there, asked again. `password` of who has one; others have to have signed in just now."""

    password: str | None = Field(default=None, min_length=1, max_length=PASSWORD_MAX)


class PasskeyOptions(BaseModel):
    """For `PublicKeyCredential.parseCreationOptionsFromJSON`, or `parseRequestOptionsFromJSON`."""

    options: dict[str, Any]


class PasskeyAnswerBody(Body):
    """`credential.toJSON()`."""

    credential: DeviceAnswer


class PasskeyNameBody(Body):
    name: PrintableText = Field(min_length=1, max_length=100)


class NewPasskeyBody(PasskeyNameBody):
    """`credential.toJSON()`, and what its owner calls it."""

    credential: DeviceAnswer


class PasskeyView(BaseModel):
    """`is_synced`: the devices of its owner share it."""

    id: str
    name: str
    is_synced: bool
    created_at: AwareDatetime
    last_used_at: AwareDatetime | None


class NewPasskeyView(PasskeyView):
    """`codes`: recovery codes, shown this once, for who had none."""

    codes: list[str]


class PasskeyList(BaseModel):
    items: list[PasskeyView]
    total: int


class ProviderView(BaseModel):
    name: str | None


class GoTo(BaseModel):
    url: str


class MayGoTo(BaseModel):
    url: str | None


class CallbackBody(Body):
    """What the provider has put into the address."""

    code: str = Field(min_length=1, max_length=4096)
    state: str = Field(min_length=1, max_length=512)


class SecondFactorView(BaseModel):
    """A key for an authenticator app: to type, as the address that the square code holds, and the square code itself,
    as a `data:` address of an SVG."""

    secret: str
    uri: str
    image: str


class CodeBody(Body):
    code: str = Field(min_length=6, max_length=32)


class RecoveryCodes(BaseModel):
    """Each is good once, in place of a code. They are not shown again."""

    codes: list[str]


class NewUserBody(Body):
    """Without `password` the answer has a link by which the person sets one. `language`: in which they are written to;
    without it in the operator's, until they choose one."""

    email: Email
    password: Password | None = None
    role: RoleName
    language: Language | None = None


class LanguageBody(Body):
    """null: the operator's."""

    language: Language | None


class UserView(BaseModel):
    """`status`: `invited` until the person has a way to come in. `provider`: they come by a provider of logins."""

    id: str
    email: str
    role: str
    status: Literal["active", "invited", "deactivated"]
    second_factor: bool
    provider: bool
    legal_entities: list[str] | None
    language: Language | None
    created_at: AwareDatetime
    last_sign_in_at: AwareDatetime | None
    allowed_actions: list[ActionShape]


class NewUserView(UserView):
    """`link` opens the console's page where a password is set, once and until `link_expires_at`; null where the person
    was given a password. `mailed`: it goes to them by mail as well."""

    link: str | None
    link_expires_at: AwareDatetime | None
    mailed: bool


class UserPage(Page):
    items: list[UserView]


class HeldBody(Body):
    """`legal_entities`: ids; null for all."""

    legal_entities: EntityIds | None


class RoleBody(Body):
    role: RoleName


class PasswordLinkView(BaseModel):
    """`link` opens the console's page where the password is set. It is not shown again. `mailed`: it goes
    to them by mail as well."""

    kind: Literal["invitation", "reset"]
    link: str
    link_expires_at: AwareDatetime
    mailed: bool


class EndedView(BaseModel):
    sessions: int


class NewKeyBody(Body):
    """`scopes`: what of the role the key may use, such as `["invoices:read"]`; all of it without them.
    `legal_entities`: those of the operator that it is held to."""

    name: PrintableText = Field(min_length=1, max_length=100)
    role: RoleName
    scopes: list[Scope] | None = Field(default=None, min_length=1, max_length=SCOPES_MAX)
    legal_entities: EntityIds | None = None
    expires_at: Instant | None = None


class RotateBody(Body):
    """For how long the secret before works on; 0: not at all."""

    overlap_hours: StrictInt = Field(default=24, ge=0, le=168)


class KeyView(BaseModel):
    id: str
    name: str
    role: str
    scopes: list[str] | None
    legal_entities: list[str] | None
    created_by: str
    created_at: AwareDatetime
    expires_at: AwareDatetime | None
    last_used_at: AwareDatetime | None
    rotated_at: AwareDatetime | None
    previous_until: AwareDatetime | None
    revoked_at: AwareDatetime | None
    status: Literal["active", "expired", "revoked"]
    allowed_actions: list[ActionShape]


class NewKeyView(KeyView):
    key: str = Field(description="The whole key. It is not shown again.")


class KeyPage(Page):
    items: list[KeyView]


class NewRoleBody(Body):
    """A role of one's own: `based_on` one of the fixed ones, and of it what the scopes name."""

    id: RoleName
    description: PrintableText = Field(default="", max_length=200)
    based_on: Base
    scopes: list[Scope] = Field(min_length=1, max_length=SCOPES_MAX)


class RoleFields(Body):
    description: PrintableText = Field(default="", max_length=200)
    scopes: list[Scope] = Field(min_length=1, max_length=SCOPES_MAX)


class RoleView(BaseModel):
    """`fixed` ones are always there. `scopes` of others narrow what `based_on` may; `holders` have the role now."""

    name: str
    description: str
    may: list[str]
    fixed: bool
    based_on: str | None
    scopes: list[str]
    holders: int | None
    version: int | None
    allowed_actions: list[ActionShape]


class RoleList(BaseModel):
    """`areas`: what a scope can name."""

    items: list[RoleView]
    total: int
    areas: list[str]


class AccessPolicyBody(Body):
    """All of the policy. `idle_minutes`: a session without requests ends; `session_hours`: any session ends."""

    idle_minutes: int = Field(ge=5, le=1440)
    session_hours: StrictInt = Field(ge=1, le=168)
    second_factor_roles: list[RoleName] = Field(default=[], max_length=105)


class AccessPolicyView(BaseModel):
    idle_minutes: int
    session_hours: int
    second_factor_roles: list[str]
    version: int


class GroupRole(BaseModel):
    group: str
    role: str


class ProviderTerms(BaseModel):
    """What the settings say of the provider of logins; its secret is not shown. `join`: who may come in without an
    invitation. `second_factor`: whether the provider has to say that it asked for one, or is trusted to."""

    name: str
    issuer: str
    client_id: str
    scopes: str
    join: Literal["invited", "anybody"]
    email_domains: list[str]
    roles_claim: str
    roles: list[GroupRole]
    default_role: str | None
    second_factor: Literal["said", "trusted"]
    callback: str | None


class SignInView(BaseModel):
    """How people come in. `origin`: what passkeys are bound to, null where it is not set (`METERLOG_PUBLIC_ORIGIN`)."""

    password_min: int
    password_max: int
    origin: str | None
    provider: ProviderTerms | None


class Credential(Body):
    """One of the three. `in_use`: false where nobody uses it now, and only whether it is good is asked."""

    api_key: str | None = Field(default=None, max_length=512)
    session: str | None = Field(default=None, max_length=512)
    customer_link: str | None = Field(default=None, max_length=512)
    in_use: StrictBool = True
