"""The environment variables of a process that another one starts.

    environment_of("rating", settings, port=40001, inherited=dict(os.environ))
    # {"METERLOG_RATING_POSTGRES_DSN": ..., "METERLOG_SERVICE_PORT": "40001", ...}

It has the settings of the installation, but of the databases only those it may know: a service its own and the vault.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import Final

from shared.engine.settings import Settings, variable_of_dsn

VAULT: Final = "vault"
"""The database of the keys to personal data, which every service opens."""


def environment_of(
    program: str,
    settings: Settings,
    *,
    port: int,
    inherited: Mapping[str, str],
    databases: Collection[str] | None = None,
) -> dict[str, str]:
    """The whole environment of a program: what we inherited, without settings of ours, and what it may know.

    `databases`: those it may know, where they are not those of a service of its name.
    """
    known = (program, VAULT) if databases is None else databases
    allowed = {variable_of_dsn(database) for database in known}
    ours = {
        variable: value
        for variable, value in settings.variables().items()
        if not variable.endswith("POSTGRES_DSN") or variable in allowed
    }
    foreign = {name: value for name, value in inherited.items() if not _is_setting(name)}
    own = {"METERLOG_SERVICE_PORT": str(port), "METERLOG_INSTANCE": program, "PYTHONUNBUFFERED": "1"}
    return {**foreign, **ours, **own}


def inherited_environment() -> dict[str, str]:
    return dict(os.environ)


def _is_setting(name: str) -> bool:
    return name.startswith(("METERLOG_", "KAFKA_")) or name == "POSTGRES_DSN"
