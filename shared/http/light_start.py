"""Called first by a process that serves: what it need not import or build before it is ready.

    start_light()       # before any module that has models or logs is imported

A service has hundreds of pydantic models, most of which are part of another: built as their classes are made, each is
built once for itself and once more in every route. Built when the first request asks for them, they cost a start
less. A definition that can't be built is found by the tests, which build all of them, and by the first call of
the API's document.

structlog and httpx import rich where it is installed, for tracebacks on a terminal and for a command line of their own;
it is installed for the `meterlog` command.
"""

from __future__ import annotations

import sys
import warnings

from pydantic import BaseModel
from pydantic.warnings import UnsupportedFieldAttributeWarning


def start_light() -> None:
    BaseModel.model_config["defer_build"] = True
    # FastAPI holds this one back while it builds the parameters of a route, which then are built later.
    warnings.filterwarnings("ignore", category=UnsupportedFieldAttributeWarning)
    _import_without_rich()


def _import_without_rich() -> None:
    if "rich" in sys.modules:
        return
    sys.modules["rich"] = None  # type: ignore[assignment]  # says to whoever imports it that it is not installed
    try:
        import httpx  # noqa: F401
        import structlog  # noqa: F401
    finally:
        del sys.modules["rich"]
