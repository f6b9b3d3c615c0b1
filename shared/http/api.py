"""What a service's `api.py` builds on: who calls, what time it is, where to read, and how to have a command decided.

    def router(api: Api) -> APIRouter:
        routes = APIRouter()

        @routes.post("/v1/accounts", status_code=201, dependencies=[api.roles(*WRITERS)])
        async def open_account(body: AccountBody, request: Request) -> Response:
            account_id = body.id or api.new_id(request, "account")
            name = await api.vault.seal(account_id, body.name)
            await api.command(request, OpenAccount(account_id=account_id, name=name, ...))
            return Answer(await read_account(api, account_id), status_code=201)

        @routes.get("/v1/accounts", dependencies=[api.roles(*READERS)])
        async def accounts(request: Request) -> Response:
            return await ACCOUNTS.fetch(request, api, shape=account_shape)

        return routes

Every route under /v1 and /internal names its roles (or `api.public`); a server refuses to start with one that
doesn't. When `api.command` returns, the command's effects are in the tables that `api.db` reads. Whatever it raises
(a refusal, `Pending`) is the right answer already: let it pass.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

import asyncpg
import msgspec
from fastapi import Depends, Request
from fastapi.params import Depends as Dependency

from shared.engine.held import READS_AS, Held
from shared.engine.service import Service
from shared.engine.settings import Settings
from shared.http.auth import CUSTOMER, ROLES, SERVICE, Caller, InvalidToken, Tokens
from shared.http.check_only import stop_if_only_checked
from shared.http.command_bus import CommandBus, Origin, Outcome
from shared.http.entities import HeldReading, hold_to_entities
from shared.http.ports import Clock, Logs, Runtime
from shared.http.positions import Position
from shared.http.problems import BadParameter, unstorable
from shared.http.scopes import admits, out_of_scope
from shared.http.unknown_parameters import check_body, check_parameters
from shared.http.upstream import wait_for_upstream
from shared.kernel import wire
from shared.kernel.decider import Domain, State
from shared.kernel.errors import Rejection
from shared.kernel.ids import derive, payload_hash
from shared.kernel.json_keys import NOT_JSON
from shared.kernel.message import Command, encode

if TYPE_CHECKING:
    from shared.http.vault import Vault

__all__ = ["Api", "Outcome", "caller_of"]

_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")
_VERSION: Final = re.compile(r'(?:W/)?"?([0-9]{1,18})"?', re.ASCII)
# A JSON string with U+0000 in it: Postgres stores no such text, so it may not enter the log.
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Api:
    """The API of one service process. Attributes are looked up when used, so it exists before the servers do."""

    def __init__(self, runtime: Runtime, *, bus: Callable[[], CommandBus], vault: Vault) -> None:
        self._runtime = runtime
        self._bus = bus
        self._tokens: Tokens | None = None
        self.vault = vault
        """`await vault.seal(account_id, text)` gives a `Sealed`, `await vault.open(sealed)` the text or "erased"."""

        self.public: Dependency = Depends(_anyone)
        """In place of `roles(...)` for the few routes that take no credentials, such as the login."""

    @property
    def service(self) -> str:
        return self._runtime.service.name

    @property
    def domain(self) -> Domain:
        """The pure functions of the service, for what would happen; only where it decides."""
        return self._deciding.domain

    @property
    def states(self) -> frozenset[type[State]]:
        """The kinds of states of the service, without those that the runtime keeps."""
        return frozenset(self._deciding.states)

    @cached_property
    def _reading(self) -> HeldReading:
        return HeldReading(self._runtime.service.holding)

    @property
    def settings(self) -> Settings:
        return self._runtime.settings

    @property
    def clock(self) -> Clock:
        """`clock.now()` is aware UTC, and the test clock's time where there is one."""
        return self._runtime.clock

    @property
    def db(self) -> asyncpg.Pool[Any]:
        """Reads only; the tables of tables.sql and `durable.*` by their plain names. Whoever is held to legal entities
        reads the rows of theirs (shared/engine/held.py)."""
        held = READS_AS.get()
        if held is None:
            return self._runtime.pool
        return cast("asyncpg.Pool[Any]", self._reading.database_of(self._runtime.pool, held))

    @property
    def everything(self) -> asyncpg.Pool[Any]:
        """The same for work that a request begins and that serves others, too: whoever is held to legal entities must
        not be shown it as it is."""
        return self._runtime.pool

    @property
    def logs(self) -> Logs:
        """Where the logs end, and what of them is not taken yet."""
        return self._runtime.logs

    async def wait_for_upstream(self, partitions: Collection[int]) -> bool:
        """Wait until these partitions have taken what services above have said; see upstream.py."""
        return await wait_for_upstream(self._runtime, partitions)

    @property
    def tokens(self) -> Tokens:
        """`tokens.issue(actor, role)`: a signed token of 60 s, for the exchange of credentials."""
        if self._tokens is None:
            also = self.settings.token_key_also
            self._tokens = Tokens(self.settings.secret("token_key"), None if also is None else also.get_secret_value())
        return self._tokens

    def roles(self, *names: str) -> Dependency:
        """A dependency that admits callers with one of these roles: 401 for strangers, 403 for the others. Of those it
        admits it refuses (400) what they ask by a query parameter that the route does not declare, and (422) a body
        with a key given twice.

        `dependencies=[api.roles("admin", "billing")]`; the caller is then `caller_of(request)`. `service` admits our
        own processes. No role implies another: name all that may.
        """
        unknown = [name for name in names if name not in ROLES and name not in (SERVICE, CUSTOMER)]
        if unknown or not names:
            raise ValueError(f"roles are {', '.join(ROLES)}, {CUSTOMER} and {SERVICE}; got {unknown or 'none'}")

        # async, or the framework would run it in a thread
        async def admit(request: Request) -> None:
            caller = self._authenticate(request)
            if caller.role not in names:
                raise Rejection("forbidden", f"the role {caller.role} may not do this; {_list(names)} may", status=403)
            if not admits(caller.restrictions, request.method, request.scope["path"]):
                raise out_of_scope(caller.role_name)
            if caller.legal_entities is not None:
                held = Held(caller.legal_entities)
                await hold_to_entities(request, held, self._reading, self._runtime.pool)
            else:
                READS_AS.set(None)
            check_parameters(request)
            # Here, for a request that comes to no command, or answers before it, would never look at it.
            _idempotency_key(request)
            await check_body(request)

        admit.roles = names  # type: ignore[attr-defined]  # for the OpenAPI document and the start-up check
        admission: Dependency = Depends(admit)
        return admission

    def command_id(self, request: Request) -> str:
        """The id of this request's command: the same for every retry with the same Idempotency-Key, else drawn once."""
        known: str | None = getattr(request.state, "command_id", None)
        if known is None:
            key = _idempotency_key(request)
            if key is None:
                known = derive(os.urandom(16).hex())
            else:
                known = derive(caller_of(request).actor, request.method, _raw_path(request), key)
            request.state.command_id = known
        return known

    def new_id(self, request: Request, *parts: str | int) -> str:
        """An id for a resource that this request creates; stable under its Idempotency-Key.

        It equals `context.new_id(*parts)` in the decider of the request's (first) command.
        """
        return derive(self.command_id(request), *parts)

    async def command(self, request: Request, command: Command, *, partition: int | None = None) -> Outcome:
        """Have a command of this service decided; returns when its effects can be read here.

        Raises `Rejection` (the decider's refusal) and `Pending` (202: no result within 5 s). `partition` is needed only
        where neither the command's key nor `REFERENCE` says it. Several commands of one request get ids of their own.
        """
        check_readable(command, _storable(command))
        stop_if_only_checked(request)
        origin, fresh = await self._origin(request)
        outcome = await self._bus().ask(command, origin, partition=partition, fresh=fresh)
        positions = request.scope["state"].setdefault("positions", [])
        positions.append(Position(self.service, outcome.partition, outcome.seq))
        return outcome

    async def send(self, request: Request, command: Command, *, partition: int | None = None) -> str:
        """Hand a command over without waiting for its result (usage in bulk); returns its id once it is on the log."""
        value = _storable(command)
        origin, _ = await self._origin(request)
        await self._bus().tell(command, origin, partition=partition, value=value)
        return origin.command_id

    async def send_all(self, request: Request, commands: Iterable[tuple[int, Command]]) -> None:
        """The same for several commands, each behind its partition: handed over in their order, waited for together."""
        told = [(partition, command, _storable(command)) for partition, command in commands]
        origins = [(await self._origin(request))[0] for _ in told]
        tell = self._bus().tell
        await asyncio.gather(
            *[tell(c, origin, partition=p, value=v) for (p, c, v), origin in zip(told, origins, strict=True)]
        )

    async def publish(
        self, topic: str, value: bytes, *, partition: int, headers: Sequence[tuple[str, bytes | None]]
    ) -> None:
        """Put bytes as they are onto a topic that others write; returns once every broker in sync has them."""
        await self._bus().publish(topic, value, partition=partition, headers=headers)

    async def bind_key(self, request: Request, content: bytes) -> None:
        """Bind the request's Idempotency-Key to what was uploaded, which no longer can be read from the request.

        `content` stands for it, such as its hash. To be called before the first command.
        """
        if _idempotency_key(request) is not None:
            head = f"{request.url.query}\n".encode()
            request.state.key_is_new = await self._bus().bind(self.command_id(request), payload_hash(head + content))

    async def _origin(self, request: Request) -> tuple[Origin, bool]:
        """Where the next command of a request comes from, and whether its Idempotency-Key is new."""
        state = request.state
        base = self.command_id(request)
        fresh = True
        if _idempotency_key(request) is not None:
            if not hasattr(state, "key_is_new"):
                state.key_is_new = await self._bus().bind(base, await _request_hash(request))
            fresh = state.key_is_new
        count: int = getattr(state, "commands", 0)
        state.commands = count + 1
        origin = Origin(
            command_id=base if count == 0 else derive(base, "command", count),
            actor=caller_of(request).actor,
            correlation_id=getattr(state, "trace_id", None),
            expected_version=expected_version(request) if count == 0 else None,
        )
        return origin, fresh

    @property
    def _deciding(self) -> Service:
        if not isinstance(self._runtime.service, Service):
            raise TypeError(f"{self.service} decides nothing")
        return self._runtime.service

    def _authenticate(self, request: Request) -> Caller:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Rejection("unauthenticated", "send Authorization: Bearer <API key>, or log in", status=401)
        try:
            caller = self.tokens.verify(token.strip())
        except InvalidToken as error:
            raise Rejection("unauthenticated", f"{error}; send a valid API key", status=401) from error
        request.state.caller = caller
        return caller


def caller_of(request: Request) -> Caller:
    """Who makes this request: `.actor`, `.role`. Only on routes that name their roles."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None:
        raise RuntimeError(f"{request.url.path} has no caller: give the route api.roles(...)")
    return caller


def expected_version(request: Request) -> int | None:
    """The version in `If-Match`, quoted or not; `None` without the header or for `*`."""
    header = request.headers.get("if-match")
    if header is None or header.strip() == "*":
        return None
    match = _VERSION.fullmatch(header.strip())
    if match is None:
        refusal = BadParameter("If-Match", 'If-Match takes the version of the resource, such as "3"', status=400)
        refusal.place = "header"
        raise refusal
    return int(match[1])


async def _anyone(request: Request) -> None:
    """No credentials needed."""
    READS_AS.set(None)
    await check_body(request)


_anyone.roles = ()  # type: ignore[attr-defined]


async def _request_hash(request: Request) -> str:
    """What an Idempotency-Key is bound to: the query, `If-Match` and the body, JSON in a canonical form.

    The command itself won't do: a sealed field has another ciphertext in every retry.
    """
    body = await request.body()
    # What is not JSON (a file, NDJSON) is its own canonical form.
    with suppress(*NOT_JSON):
        body = msgspec.json.encode(msgspec.json.decode(body), order="deterministic")
    head = f"{request.url.query}\n{request.headers.get('if-match', '')}\n".encode()
    return payload_hash(head + body)


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if _KEY.fullmatch(key) is None:
        refusal = BadParameter("Idempotency-Key", "Idempotency-Key is 1 to 255 visible ASCII characters", status=400)
        refusal.place = "header"
        raise refusal
    return key


def _raw_path(request: Request) -> str:
    """The path as sent: `a%2Fb` and `a/b` are different resources."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    return raw.partition(b"?")[0].decode("latin-1")


def check_readable(command: Command, value: bytes) -> None:
    """Whether the decider will be able to read it. Raises the `Rejection` of a value that a message can't have.

    A body that bounds a number less than its message does would put a command on the log that nobody can take.
    """
    try:
        wire.read(type(command), value)
    except msgspec.ValidationError as error:
        what, _, at = str(error).partition(" - at `$.")
        pointer = f"/{at.rstrip('`').partition('.')[0].partition('[')[0]}" if at else ""
        raise Rejection(
            "out_of_bounds", f"{pointer.removeprefix('/') or 'a field'}: {what}", pointer=pointer
        ) from error


def _storable(command: Command) -> bytes:
    """A command as bytes. Raises the `Rejection` of a text that no database stores."""
    try:
        text = encode(command)
    except UnicodeEncodeError as error:
        raise unstorable() from error
    if b"\\u0000" in text and _NUL.search(text) is not None:
        raise unstorable()
    return text


def _list(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
