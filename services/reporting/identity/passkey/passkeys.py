"""The passkeys of a person: made, used, listed, renamed, removed.

    options = await creation_options(database, user, origin)               # for navigator.credentials.create
    made = await add(database, user, credential, name="Phone", origin=…, by=by, session_id=…)
    options = await request_options(database, origin)                      # for navigator.credentials.get
    user, is_strong = await signed_in_by(database, credential, origin)

A passkey that checks who holds it (a finger, a face, a PIN) is two factors in one, so signing in by it alone asks for
that. Beside a password it may be only there. It is bound to the site it was made on: an answer that another site got,
or that was made for another challenge, is none. Attestation is not asked for; which make of device it is is nobody's
business here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import asyncpg
import msgspec
import webauthn
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from services.reporting.database import Database
from services.reporting.identity.changes import (
    By,
    PasskeyAdded,
    PasskeyRefused,
    PasskeyRemoved,
    changing,
)
from services.reporting.identity.ending import end_all_sessions
from services.reporting.identity.passkey.challenges import NoChallenge, decoded, new_challenge, taken
from services.reporting.identity.second_factor import first_codes, forget_codes_of_nothing
from services.reporting.identity.secret import new_id
from services.reporting.identity.users import User, check_admins, find_user, known_user
from shared.http.problems import not_found
from shared.kernel.errors import Rejection

PASSKEYS_MAX: Final = 20
# What is sent is anybody's, and the library meets some of it with errors of its own language.
_NO_ANSWER: Final = (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
_NAME: Final = "Meterlog"


class WrongPasskey(Exception):
    """No passkey of anybody who may come in, or not its answer: alike for every reason."""


class Passkey(msgspec.Struct, frozen=True, kw_only=True):
    """`is_synced`: its holder's devices share it, as the maker of them says."""

    id: str
    name: str
    is_synced: bool
    created_at: datetime
    last_used_at: datetime | None


async def creation_options(database: Database, user: User, origin: str) -> dict[str, Any]:
    """What the browser is to make. Raises `Rejection`: `too_many_passkeys`."""
    known = await _credentials_of(database, user.user_id)
    if len(known) >= PASSKEYS_MAX:
        raise Rejection("too_many_passkeys", f"a person has at most {PASSKEYS_MAX}; remove one first", status=409)
    options = webauthn.generate_registration_options(
        rp_id=rp_of(origin),
        rp_name=_NAME,
        user_name=user.email,
        # The surrogate, which names nobody to the device's maker.
        user_id=user.user_id.encode(),
        challenge=await new_challenge(database, user_id=user.user_id),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    return _as_json(options)


async def add(
    database: Database,
    user: User,
    credential: Mapping[str, Any],
    *,
    name: str,
    origin: str,
    by: By,
    session_id: str | None,
) -> tuple[Passkey, Sequence[str]]:
    """The passkey that the device has made, and recovery codes for who has none yet. Other sessions of the person end.

    Raises `WrongPasskey`, and `Rejection`: `passkey_exists`, `too_many_passkeys`.
    """
    try:
        challenge = await taken(database, credential, user_id=user.user_id)
        made = webauthn.verify_registration_response(
            credential=json.dumps(credential),
            expected_challenge=challenge,
            expected_rp_id=rp_of(origin),
            expected_origin=origin,
        )
    except (NoChallenge, *_NO_ANSWER) as error:
        raise WrongPasskey(str(error)) from error
    async with changing(database) as change:
        passkey = await _kept(change.connection, user, made, name, rp_of(origin))
        await change.tell(PasskeyAdded(user_id=user.user_id, passkey_id=passkey.id), by)
        codes = await first_codes(change, user.user_id, by)
        await end_all_sessions(change, user.user_id, "second_factor", by, but=session_id)
        return passkey, codes


async def _kept(database: Database, user: User, made: VerifiedRegistration, name: str, rp_id: str) -> Passkey:
    """Raises `Rejection`: `passkey_exists`, `too_many_passkeys`."""
    if len(await _credentials_of(database, user.user_id)) >= PASSKEYS_MAX:
        raise Rejection("too_many_passkeys", f"a person has at most {PASSKEYS_MAX}; remove one first", status=409)
    try:
        row = await database.fetchrow(
            f"""
            insert into durable.passkey
                (credential_id, passkey_id, user_id, name, rp_id, public_key, sign_count, is_synced)
            values ($1, $2, $3, $4, $5, $6, $7, $8) returning {_COLUMNS}
            """,
            made.credential_id,
            new_id(),
            user.user_id,
            name,
            rp_id,
            made.credential_public_key,
            made.sign_count,
            made.credential_backed_up,
        )
    except asyncpg.UniqueViolationError as error:
        raise Rejection("passkey_exists", "this passkey is registered already", status=409) from error
    return _passkey(row)


async def request_options(database: Database, origin: str) -> dict[str, Any]:
    """To sign in by any passkey of this site. Nobody is named, so nothing is told of who is known."""
    challenge = await new_challenge(database, user_id=None)
    verification = UserVerificationRequirement.REQUIRED
    return _as_json(
        webauthn.generate_authentication_options(
            rp_id=rp_of(origin), challenge=challenge, user_verification=verification
        )
    )


async def signed_in_by(
    database: Database,
    credential: Mapping[str, Any],
    origin: str,
    *,
    is_alone: bool = True,
    correlation_id: str | None = None,
) -> User:
    """Whose passkey has answered. `is_alone`: nothing else was asked, so it has to have checked who holds it.

    Raises `WrongPasskey`.
    """
    try:
        challenge = await taken(database, credential, user_id=None)
        credential_id = decoded(credential.get("id"))
    except NoChallenge as error:
        raise WrongPasskey("no challenge of ours") from error
    async with changing(database) as change:
        row = await change.connection.fetchrow(
            "select * from durable.passkey where credential_id = $1 and rp_id = $2 for update",
            credential_id,
            rp_of(origin),
        )
        if row is None:
            raise WrongPasskey("not known")
        user = await find_user(change.connection, row["user_id"])
        if user is None or user.deactivated_at is not None or not _is_of(credential, user):
            raise WrongPasskey("of nobody who may come in")
        said = _checked(row, credential, challenge, origin, is_alone=is_alone)
        is_copy = said.new_sign_count <= row["sign_count"] and (said.new_sign_count or row["sign_count"])
        if not is_copy:
            used = """
            update durable.passkey set sign_count = $2, last_used_at = now(), is_synced = $3 where credential_id = $1
            """
            await change.connection.execute(used, credential_id, said.new_sign_count, said.credential_backed_up)
            return user
        told = PasskeyRefused(user_id=user.user_id, passkey_id=row["passkey_id"], reason="counter")
        await change.tell(told, By(user.actor, correlation_id))
    raise WrongPasskey("its counter did not go up: a copy of it is about")


def _checked(
    row: Any, credential: Mapping[str, Any], challenge: bytes, origin: str, *, is_alone: bool
) -> VerifiedAuthentication:
    """What the device says, if it is that passkey's and for this. Raises `WrongPasskey`. The counter is looked at by
    the caller, now that the signature is known to be right."""
    try:
        return webauthn.verify_authentication_response(
            credential=json.dumps(credential),
            expected_challenge=challenge,
            expected_rp_id=row["rp_id"],
            expected_origin=origin,
            credential_public_key=row["public_key"],
            credential_current_sign_count=0,
            require_user_verification=is_alone,
        )
    except _NO_ANSWER as error:
        raise WrongPasskey(str(error)) from error


async def passkeys_of(database: Database, user_id: str) -> list[Passkey]:
    """Oldest first; at most `PASSKEYS_MAX`."""
    mine = f"select {_COLUMNS} from durable.passkey where user_id = $1 order by created_at, passkey_id"
    return [_passkey(row) for row in await database.fetch(mine, user_id)]


async def rename(database: Database, user_id: str, passkey_id: str, name: str) -> Passkey:
    """Raises `Rejection` (404), for one of somebody else as well."""
    named = f"update durable.passkey set name = $3 where user_id = $1 and passkey_id = $2 returning {_COLUMNS}"
    row = await database.fetchrow(named, user_id, passkey_id, name)
    if row is None:
        raise not_found("passkey", passkey_id)
    return _passkey(row)


async def remove(database: Database, user_id: str, passkey_id: str, by: By, *, session_id: str | None) -> None:
    """Raises `Rejection`: 404, `last_admin`. Other sessions of the person end."""
    async with changing(database) as change:
        gone = "delete from durable.passkey where user_id = $1 and passkey_id = $2 returning 1"
        if await change.connection.fetchval(gone, user_id, passkey_id) is None:
            raise not_found("passkey", passkey_id)
        await change.tell(PasskeyRemoved(user_id=user_id, passkey_id=passkey_id), by)
        await forget_codes_of_nothing(change, user_id)
        await check_admins(change, await known_user(change.connection, user_id))
        await end_all_sessions(change, user_id, "second_factor", by, but=session_id)


def rp_of(origin: str) -> str:
    """The name that passkeys are bound to: the host, without its port.

    >>> rp_of("https://billing.example.net:8443")
    'billing.example.net'
    """
    return urlsplit(origin).hostname or ""


def _is_of(credential: Mapping[str, Any], user: User) -> bool:
    """A passkey that names its person names the right one."""
    response = credential.get("response")
    handle = response.get("userHandle") if isinstance(response, dict) else None
    if handle is None:
        return True
    try:
        return decoded(handle) == user.user_id.encode()
    except NoChallenge:
        return False


_COLUMNS: Final = "passkey_id as id, name, is_synced, created_at, last_used_at"


async def _credentials_of(database: Database, user_id: str) -> Sequence[bytes]:
    rows = await database.fetch("select credential_id from durable.passkey where user_id = $1", user_id)
    return [row["credential_id"] for row in rows]


def _as_json(options: Any) -> dict[str, Any]:
    return msgspec.json.decode(webauthn.options_to_json(options), type=dict[str, Any])


def _passkey(row: Any) -> Passkey:
    return Passkey(**dict(row))
