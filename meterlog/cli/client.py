"""The command line as a client of the HTTP interface, for commands that ask what anybody may ask.

    with client(data_dir) as ask:
        ask.get("/v1/dead-letters", status="open")
        ask.post("/v1/dead-letters/rating-3-1842/requeue", {})

The address is `METERLOG_URL`, or that of what runs in the data directory; the key is `METERLOG_API_KEY`. A refusal ends
the command with code 1 and the reason in a sentence, an unknown key with 2, silence with 3.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import typer

from meterlog.cli.output import NO, WRONG_USE, Unreachable, say, settings_with

if TYPE_CHECKING:
    import httpx

# A command that is not decided within the five seconds of an answer is asked after for so long.
PENDING_S: Final = 60.0
_PAUSE_S: Final = 0.2
# A file is stored before its upload is answered.
UPLOAD_S: Final = 180.0


class Refused(Exception):
    """The API said no; `code` is stable, the message is for people."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.code = status, code


class Client:
    """One installation, asked with one key."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def get(self, path: str, **query: str | int | None) -> Any:
        """Raises `Refused` and `Unreachable`."""
        return self._ask("GET", path, params={name: value for name, value in query.items() if value is not None})

    def post(self, path: str, body: Any, *, key: str | None = None) -> Any:
        """Likewise; of a command that takes its time, the result. The same `key` is the same write."""
        answer = self._ask("POST", path, json=body, headers={} if key is None else {"Idempotency-Key": key})
        return self._result(answer["command_id"]) if set(answer) == {"command_id"} else answer

    def upload(self, path: str, file: Path, **query: str | None) -> Any:
        """Send a file as it is, read while it goes out. Raises `Refused` and `Unreachable`."""
        params = {name: value for name, value in query.items() if value is not None}
        headers = {"Content-Type": "application/octet-stream"}
        with file.open("rb") as content:
            return self._ask("POST", path, params=params, content=content, headers=headers, timeout=UPLOAD_S)

    def download(self, path: str, write: Callable[[bytes], object]) -> None:
        """A file, handed on as it comes. Raises `Refused` and `Unreachable`, also where it breaks off."""
        import httpx

        try:
            with self._http.stream("GET", path, timeout=UPLOAD_S) as answer:
                if answer.is_success:
                    for data in answer.iter_bytes():
                        write(data)
                    return
                answer.read()
        except httpx.TransportError as error:
            raise Unreachable(f"the file broke off: {error}") from error
        self._refuse(answer)

    def _result(self, command_id: str) -> Any:
        deadline = time.monotonic() + PENDING_S
        while time.monotonic() < deadline:
            state = self._ask("GET", f"/v1/commands/{command_id}")
            if state["status"] == "done":
                return state
            if state["status"] == "refused":
                error = state["errors"][0]
                raise Refused(409, error["code"], error["detail"])
            time.sleep(_PAUSE_S)
        raise Unreachable(f"{command_id} is still pending after {PENDING_S:.0f} s")

    def _ask(self, method: str, path: str, **how: Any) -> Any:
        import httpx

        try:
            answer = self._http.request(method, path, **how)
            content = answer.json()
        except (httpx.TransportError, ValueError) as error:
            raise Unreachable(f"no Meterlog answers at {self._http.base_url}; `meterlog up` starts one") from error
        if answer.is_success:
            return content
        self._refuse(answer)

    def _refuse(self, answer: httpx.Response) -> NoReturn:
        content = answer.json()
        if answer.status_code >= 500:
            raise Unreachable(content.get("detail", str(answer.status_code)))
        raise Refused(answer.status_code, content["errors"][0]["code"], content["detail"])


def address(data_dir: Path | None) -> tuple[str, str]:
    """Where the installation answers, and the key to ask with; without a key the command ends."""
    from shared.embedded.directory import DataDirectory, NothingHere

    settings = settings_with(data_dir=data_dir)
    if settings.api_key is None:
        say("meterlog: METERLOG_API_KEY is not set; `meterlog keys create --role admin` makes a key")
        raise typer.Exit(WRONG_USE)
    url = settings.url
    if data_dir is not None or "url" not in settings.model_fields_set:
        try:
            url = DataDirectory(settings.data_dir).settings().url
        except NothingHere:
            if data_dir is not None:
                raise
    return url, settings.api_key.get_secret_value()


@contextmanager
def client(data_dir: Path | None) -> Iterator[Client]:
    """Inside `exit_codes()`. What is refused in the block and not caught there ends the command."""
    url, key = address(data_dir)
    with _asking(url, key) as ask:
        yield ask


@contextmanager
def reports(data_dir: Path | None) -> Iterator[Client]:
    """As `client`, for what reporting answers; without a key, whoever has the data directory may read."""
    from shared.embedded.directory import DataDirectory, NothingHere
    from shared.http.auth import Tokens

    given = settings_with(data_dir=data_dir)
    try:
        settings = None if given.api_key is not None else DataDirectory(given.data_dir).settings()
    except NothingHere:
        settings = None
    if settings is None:
        with client(data_dir) as ask:
            yield ask
        return
    token = Tokens(settings.secret("token_key")).issue("cli", "auditor")
    with _asking(settings.service_url("reporting"), token) as ask:
        yield ask


@contextmanager
def asking(url: str) -> Iterator[Client]:
    """A client of the installation at `url`, with `METERLOG_API_KEY`. As `client` otherwise."""
    settings = settings_with()
    if settings.api_key is None:
        say("meterlog: METERLOG_API_KEY is not set; ask for a key with the role auditor")
        raise typer.Exit(WRONG_USE)
    with _asking(url, settings.api_key.get_secret_value()) as ask:
        yield ask


@contextmanager
def _asking(url: str, credential: str) -> Iterator[Client]:
    import httpx

    headers = {"Authorization": f"Bearer {credential}"}
    # A proxy of the user's environment has no part in what runs here.
    with httpx.Client(base_url=url, headers=headers, timeout=30, trust_env=False) as http:
        try:
            yield Client(http)
        except Refused as no:
            say(f"meterlog: {no}")
            raise typer.Exit(WRONG_USE if no.status in (401, 403) else NO) from no
