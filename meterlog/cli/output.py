"""What every command shares: where it writes, how it ends, and which installation it speaks to.

with exit_codes():
    settings = installation(data_dir)
    ...
    print_json({"ready": True})           # one object, on the last line of stdout
    say("waiting for Kafka")              # stderr
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from pydantic import ValidationError

    from shared.engine.settings import Settings

NO: Final = 1
WRONG_USE: Final = 2
UNREACHABLE: Final = 3

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Where the installation keeps its data.", show_default="METERLOG_DATA_DIR"),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on the last line of stdout.")]
Save = Annotated[Path | None, typer.Option(help="Also write the figures and this machine to a file.")]


class Unreachable(Exception):
    """Nobody answers where the installation should be; the command ends with code 3."""


def say(line: str) -> None:
    """A line about what is happening."""
    print(line, file=sys.stderr, flush=True)


def print_json(value: Mapping[str, Any]) -> None:
    print(json.dumps(value), flush=True)


def save_figures(file: Path | None, benchmark: str, figures: Mapping[str, Any]) -> None:
    """What `--save FILE` asks for; nothing without a file."""
    from bench.machine import save

    if file is not None:
        save(file, benchmark, figures)


def settings_with(**given: Any) -> Settings:
    """The settings of the environment, with the options that were given on the command line over them."""
    from shared.engine.settings import Settings

    return Settings.model_validate({name: value for name, value in given.items() if value is not None})


def installation(data_dir: Path | None) -> Settings:
    """How to reach an installation, with its secrets: what runs in the data directory, or the given servers.

    KAFKA_BOOTSTRAP_SERVERS in the environment means given servers, unless a data directory is named.
    """
    from shared.embedded.directory import DataDirectory

    settings = settings_with(data_dir=data_dir)
    if data_dir is None and os.environ.get("KAFKA_BOOTSTRAP_SERVERS"):
        return settings
    return DataDirectory(settings.data_dir).settings()


@contextmanager
def exit_codes() -> Iterator[None]:
    """Turn the errors a user can do something about into one sentence on stderr and an exit code."""
    try:
        yield
    except Exception as error:
        code = _code_of(error)
        if code is None:
            raise
        say(f"meterlog: {_sentence(error)}")
        raise typer.Exit(code) from error


def _code_of(error: Exception) -> int | None:
    """`None` is a bug, whose traceback we want to see."""
    import asyncpg
    from aiokafka.errors import KafkaError
    from pydantic import ValidationError

    from shared.embedded.directory import AlreadyRunning, NothingHere
    from shared.embedded.kafka import KafkaDidNotStart
    from shared.embedded.postgres import PostgresDidNotStart
    from shared.embedded.stack import NotReady, PortTaken
    from shared.embedded.storage import StorageTooNew
    from shared.engine.settings import MissingSetting
    from shared.engine.topics import TopicNotCreated, WrongPartitionCount

    wrong_use = (MissingSetting, ValidationError, WrongPartitionCount)
    unreachable = (
        *(AlreadyRunning, NothingHere, PortTaken, NotReady, Unreachable),
        *(KafkaDidNotStart, StorageTooNew, PostgresDidNotStart, TopicNotCreated),
        *(KafkaError, asyncpg.PostgresError, OSError, TimeoutError),
    )
    if isinstance(error, ExceptionGroup):
        codes = {_code_of(inner) for inner in error.exceptions}
        return None if None in codes else max(code for code in codes if code is not None)
    if isinstance(error, wrong_use):
        return WRONG_USE
    return UNREACHABLE if isinstance(error, unreachable) else None


def _sentence(error: Exception) -> str:
    import asyncpg
    from pydantic import ValidationError

    if isinstance(error, ExceptionGroup):
        return "; ".join(_sentence(inner) for inner in error.exceptions)
    if isinstance(error, ValidationError):
        return _settings_sentence(error)
    if isinstance(error, asyncpg.TooManyConnectionsError):
        return f"Postgres takes no more connections ({error}): raise max_connections, see docs/operations.md"
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return f"can't use {error.filename}: {error.strerror[0].lower()}{error.strerror[1:]}"
    return str(error) or type(error).__name__


def _settings_sentence(error: ValidationError) -> str:
    """Which settings are wrong, by the name of their variable, without the value: it may be a secret."""
    return "; ".join(
        f"{'.'.join(str(part) for part in problem['loc'])} is not a valid setting: {problem['msg']}"
        for problem in error.errors(include_input=False, include_url=False)
    )
