"""A service by its name, as an installation has it.

    spec_of("rating", settings).tables

The runtime knows no service; it finds one where `python -m services.<name>.app` starts it.
"""

from __future__ import annotations

import importlib

from shared.engine.service import Spec
from shared.engine.settings import Settings


def spec_of(name: str, settings: Settings) -> Spec:
    """`SERVICE` of its app, or what its `service(settings)` makes where settings are part of the definition."""
    app = importlib.import_module(f"services.{name}.app")
    spec: Spec = app.service(settings) if hasattr(app, "service") else app.SERVICE
    return spec
