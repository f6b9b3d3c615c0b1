"""The API of a service, built by its nursery: with hundreds of routes that is most of what is left of a start.

    build_ahead(SERVICE)     # before anybody is born: whoever is then serves what was built, from its own process

An API asks for everything at the time of a request (shared/http/ports.py), so what it is built of may come later. A
few settings are read while it is built; a process where one of them is not as usual builds its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from fastapi import FastAPI

from shared.engine.service import Service, Spec
from shared.engine.settings import Settings
from shared.http import server
from shared.http.command_bus import CommandBus
from shared.http.ports import Runtime
from shared.http.vault import Vault


class TooEarly(Exception):
    """An API asks while it is built for what is there only when it runs."""


class _Later:
    """What is not there yet; once it is, all that is asked of it is asked of the other."""

    it: Any = None

    def __init__(self, **known: object) -> None:
        vars(self).update(known)

    def __getattr__(self, name: str) -> Any:
        if self.it is None:
            raise TooEarly(name)
        return getattr(self.it, name)


class _UsualSettings:
    """Settings that nobody has set, and which of them were asked for."""

    def __init__(self) -> None:
        self.asked: dict[str, object] = {}

    def __getattr__(self, name: str) -> Any:
        field = Settings.model_fields.get(name)
        if field is None or field.is_required():
            raise TooEarly(name)
        return self.asked.setdefault(name, field.get_default())


@dataclass(frozen=True)
class BuiltAhead:
    """An API without its process. One at a time has it: whoever is given it last."""

    app: FastAPI
    service: Spec
    asked: Mapping[str, object]
    _laters: Sequence[_Later]

    @classmethod
    def of(cls, service: Spec) -> BuiltAhead:
        usual = _UsualSettings()
        laters = runtime, bus, vault, caught_up = _Later(service=service, settings=usual), _Later(), _Later(), _Later()
        app = server.build_app(
            cast(Runtime, runtime),
            bus=cast(CommandBus, bus) if isinstance(service, Service) else None,
            vault=cast(Vault, vault),
            caught_up=lambda: bool(caught_up.it()),
        )
        del runtime.settings
        return cls(app, service, usual.asked, laters)

    def suits(self, running: Runtime) -> bool:
        asked = {name: getattr(running.settings, name) for name in self.asked}
        return running.service is self.service and asked == self.asked

    def given(
        self, running: Runtime, *, bus: CommandBus | None, vault: Vault, caught_up: Callable[[], bool] = lambda: True
    ) -> FastAPI:
        for later, it in zip(self._laters, (running, bus, vault, caught_up), strict=True):
            later.it = it
        return self.app


def build_ahead(service: Spec) -> None:
    """From now on this process serves what is built here."""
    build, built = server.build_app, BuiltAhead.of(service)

    def build_app(running: Runtime, **others: Any) -> FastAPI:
        return built.given(running, **others) if built.suits(running) else build(running, **others)

    vars(server)["build_app"] = build_app
