"""The invoicing process: `python -m services.invoicing.app`, all settings from the environment."""

from __future__ import annotations

import gc

if __name__ == "__main__":
    # Nothing of what is being imported is garbage, and looking for some is a tenth of a start; `run` turns it on again.
    gc.disable()
    from shared.http.light_start import start_light

    start_light()

from services.invoicing.service import SERVICE
from shared.engine.process import run
from shared.http.server import Server

__all__ = ["SERVICE"]

if __name__ == "__main__":
    run(SERVICE, serve=Server)
