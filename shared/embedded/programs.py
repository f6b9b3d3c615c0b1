"""The product's own processes: five services and the entry in front of them.

Each gets the environment of the installation, but of the databases only its own and the vault, and a port of its own on
the loopback interface (`METERLOG_SERVICE_PORT`). The entry listens on the installation's port instead and knows where
the services are (`METERLOG_<SERVICE>_URL`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.engine.settings import SERVICES, Settings

ENTRY: Final = "entry"


@dataclass(frozen=True, kw_only=True)
class Program:
    """A process of the product and how to start it."""

    name: str
    command: tuple[str, ...]


def product() -> tuple[Program, ...]:
    """The five services and the entry, each a Python process."""
    services = tuple(_python(service, f"services.{service}.app") for service in SERVICES)
    return (*services, _python(ENTRY, "meterlog.entry.app"))


def environment_of(program: str, settings: Settings, *, port: int, inherited: Mapping[str, str]) -> dict[str, str]:
    """The whole environment of a program: what we inherited, without settings of ours, and what it may know."""
    ours = {
        variable: value
        for variable, value in settings.variables().items()
        if not variable.endswith("POSTGRES_DSN") or _may_know(program, variable)
    }
    foreign = {name: value for name, value in inherited.items() if not _is_setting(name)}
    own = {"METERLOG_SERVICE_PORT": str(port), "METERLOG_INSTANCE": program, "PYTHONUNBUFFERED": "1"}
    return {**foreign, **ours, **own}


def inherited_environment() -> dict[str, str]:
    return dict(os.environ)


def _python(name: str, module: str) -> Program:
    return Program(name=name, command=(sys.executable, "-m", module))


def _may_know(program: str, variable: str) -> bool:
    """A service its own database and the vault, the entry none.

    >>> _may_know("rating", "METERLOG_RATING_POSTGRES_DSN"), _may_know("rating", "METERLOG_USAGE_POSTGRES_DSN")
    (True, False)
    """
    own = {f"METERLOG_{program.upper()}_POSTGRES_DSN", "METERLOG_VAULT_POSTGRES_DSN"}
    return program in SERVICES and variable in own


def _is_setting(name: str) -> bool:
    return name.startswith(("METERLOG_", "KAFKA_")) or name == "POSTGRES_DSN"
