"""The second factor of a person: codes of an app, and recovery codes for the day the telephone is lost.

    begun = await begin(database, vault, user)            # .secret, .uri: shown until a code confirms that it arrived
    codes = await confirm(database, vault, user, "287082", by)      # ten recovery codes, each good once
    await check_code(database, vault, user, "287082", by)           # at each login; raises WrongCode or TooManyCodes

It is asked for after the right password only, so ten wrong codes in a row mean that somebody else has the password: no
code is looked at for a quarter of an hour, and the audit trail says so. That way 960 codes a day can be tried at most.
"""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from services.reporting.database import Database
from services.reporting.identity import totp
from services.reporting.identity.changes import (
    By,
    Change,
    PasskeyRemoved,
    RecoveryCodesMade,
    SecondFactorAdded,
    SecondFactorLocked,
    SecondFactorRemoved,
    changing,
)
from services.reporting.identity.ending import end_all_sessions
from services.reporting.identity.secret import digest
from services.reporting.identity.users import User
from shared.http.vault import Vault
from shared.kernel.errors import Rejection

FAILURES_MAX: Final = 10
LOCKED_MINUTES: Final = 15
RECOVERY_CODES: Final = 10


class WrongCode(Exception):
    """Not a code of now, one that was used already, or no recovery code."""


class TooManyCodes(Exception):
    """No code is looked at until `until`."""

    def __init__(self, until: datetime, wait_s: int) -> None:
        super().__init__(str(until))
        self.until = until
        self.wait_s = wait_s


class Begun(msgspec.Struct, frozen=True):
    """A key that an app is to take over: as text to type, and as what the square code says."""

    secret: str
    uri: str


async def begin(database: Database, vault: Vault, user: User) -> Begun:
    """Draw a key, in place of one that was not confirmed. Raises `Rejection`: `second_factor_exists`."""
    # 160 bits, as long as the hash (RFC 4226, 4).
    key = secrets.token_bytes(20)
    sealed = await vault.seal_secret("second-factor", user.user_id, totp.as_text(key))
    drawn = await database.fetchval(
        """
        insert into durable.second_factor as f (user_id, secret) values ($1, $2)
        on conflict (user_id) do update set secret = excluded.secret, failures = 0 where f.confirmed_at is null
        returning 1
        """,
        user.user_id,
        str(sealed),
    )
    if drawn is None:
        detail = "there is a second factor already; remove it before you set up another"
        raise Rejection("second_factor_exists", detail, status=409)
    return Begun(totp.as_text(key), totp.as_uri(key, user.email))


async def confirm(
    database: Database, vault: Vault, user: User, code: str, by: By, *, session_id: str | None
) -> Sequence[str]:
    """The recovery codes, once the app has shown that it has the key. Other sessions of the person end.

    Raises `WrongCode`, and `Rejection`: `second_factor_not_begun`.
    """
    row = await database.fetchrow("select * from durable.second_factor where user_id = $1", user.user_id)
    if row is None or row["confirmed_at"] is not None:
        raise Rejection("second_factor_not_begun", "begin with POST /v1/session/second-factor", status=409)
    step = totp.step_of(await _key(vault, row["secret"]), code, int(time.time()))
    if step is None:
        raise WrongCode
    async with changing(database) as change:
        await change.connection.execute(
            "update durable.second_factor set confirmed_at = now(), last_step = $2, failures = 0 where user_id = $1",
            user.user_id,
            step,
        )
        await change.tell(SecondFactorAdded(user_id=user.user_id), by)
        codes = await _new_codes(change, user.user_id, by)
        await end_all_sessions(change, user.user_id, "second_factor", by, but=session_id)
        return codes


async def check_code(database: Database, vault: Vault, user: User, code: str, by: By) -> str:
    """Which kind it was: `code` or `recovery_code`, either good once. Raises `WrongCode`, `TooManyCodes`."""
    code = code.replace(" ", "").replace("-", "").casefold()
    row = await database.fetchrow(
        """
        select secret, extract(epoch from locked_until - now())::float8 as wait_s, locked_until
          from durable.second_factor where user_id = $1 and confirmed_at is not null
        """,
        user.user_id,
    )
    if row is None:
        # Who has passkeys and no app: 80 random bits need no count of failures.
        if await _use_recovery_code(database, user.user_id, code):
            return "recovery_code"
        raise WrongCode
    if row["wait_s"] is not None and row["wait_s"] > 0:
        raise TooManyCodes(row["locked_until"], int(row["wait_s"]) + 1)
    step = totp.step_of(await _key(vault, row["secret"]), code, int(time.time()))
    if step is not None:
        taken = """
        update durable.second_factor set last_step = $2, failures = 0 where user_id = $1 and last_step < $2 returning 1
        """
        if await database.fetchval(taken, user.user_id, step) is not None:
            return "code"
    elif await _use_recovery_code(database, user.user_id, code):
        return "recovery_code"
    await _count_failure(database, user.user_id, by)
    raise WrongCode


async def new_recovery_codes(database: Database, user_id: str, by: By) -> Sequence[str]:
    """Ten new ones; those before open nothing any more."""
    async with changing(database) as change:
        return await _new_codes(change, user_id, by)


async def recovery_codes_left(database: Database, user_id: str) -> int:
    left: int = await database.fetchval("select count(*) from durable.recovery_code where user_id = $1", user_id)
    return left


async def remove(
    database: Database, user_id: str, by: By, *, but: str | None = None, with_passkeys: bool = False
) -> bool:
    """Whether there was one. Sessions end, but for the one of the id `but`. Recovery codes stay while there are
    passkeys, which they recover from too."""
    async with changing(database) as change:
        gone = "delete from durable.second_factor where user_id = $1 returning confirmed_at"
        row = await change.connection.fetchrow(gone, user_id)
        lost = "delete from durable.passkey where user_id = $1 and $2 returning passkey_id"
        passkeys = await change.connection.fetch(lost, user_id, with_passkeys)
        for passkey in passkeys:
            await change.tell(PasskeyRemoved(user_id=user_id, passkey_id=passkey["passkey_id"]), by)
        await forget_codes_of_nothing(change, user_id)
        had_app = row is not None and row["confirmed_at"] is not None
        if not had_app and not passkeys:
            return False
        if had_app:
            await change.tell(SecondFactorRemoved(user_id=user_id), by)
        await end_all_sessions(change, user_id, "second_factor", by, but=but)
        return True


async def forget_codes_of_nothing(change: Change, user_id: str) -> None:
    """Without a second factor there is nothing to recover from."""
    await change.connection.execute(
        """
        delete from durable.recovery_code where user_id = $1
           and not exists (select 1 from durable.passkey where user_id = $1)
           and not exists (select 1 from durable.second_factor where user_id = $1 and confirmed_at is not null)
        """,
        user_id,
    )


async def first_codes(change: Change, user_id: str, by: By) -> Sequence[str]:
    """Recovery codes for whoever has none yet; of those that there are none is shown again."""
    has_some = "select exists (select 1 from durable.recovery_code where user_id = $1)"
    return [] if await change.connection.fetchval(has_some, user_id) else await _new_codes(change, user_id, by)


async def _new_codes(change: Change, user_id: str, by: By) -> Sequence[str]:
    codes = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(RECOVERY_CODES)]
    await change.connection.execute("delete from durable.recovery_code where user_id = $1", user_id)
    await change.connection.executemany(
        "insert into durable.recovery_code (user_id, code_hash) values ($1, $2)",
        [(user_id, digest(code)) for code in codes],
    )
    await change.tell(RecoveryCodesMade(user_id=user_id, codes=len(codes)), by)
    return [f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}" for code in codes]


async def _use_recovery_code(database: Database, user_id: str, code: str) -> bool:
    used = "delete from durable.recovery_code where user_id = $1 and code_hash = $2 returning 1"
    if await database.fetchval(used, user_id, digest(code)) is None:
        return False
    await database.execute("update durable.second_factor set failures = 0 where user_id = $1", user_id)
    return True


async def _count_failure(database: Database, user_id: str, by: By) -> None:
    failed = "update durable.second_factor set failures = failures + 1 where user_id = $1 returning failures"
    failures = await database.fetchval(failed, user_id)
    if failures is None or failures < FAILURES_MAX:
        return
    async with changing(database) as change:
        until = await change.connection.fetchval(
            """
            update durable.second_factor set failures = 0, locked_until = now() + make_interval(mins => $2)
             where user_id = $1 and failures >= $3 returning locked_until
            """,
            user_id,
            LOCKED_MINUTES,
            FAILURES_MAX,
        )
        if until is not None:
            await change.tell(SecondFactorLocked(user_id=user_id, until=until), by)


async def _key(vault: Vault, sealed: str) -> bytes:
    return base64.b32decode(await vault.open_secret(sealed))
