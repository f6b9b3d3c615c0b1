"""A process that builds the tables of one service for `meterlog rebuild` and `verify`.

    python -m meterlog.rebuild_worker rating

It has the environment of the service, and is given its work on its standard input (shared/engine/rebuild/).
"""

from __future__ import annotations

import gc
import sys

from meterlog.installation import spec_of
from shared.engine.rebuild.worker_process import serve
from shared.engine.settings import Settings

if __name__ == "__main__":
    # Nothing of what is imported is garbage, and to look for some takes a tenth of that time. `serve` looks again.
    gc.disable()
    settings = Settings()
    serve(spec_of(sys.argv[1], settings), settings)
