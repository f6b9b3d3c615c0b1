"""The pydantic models of a process are built when the first request asks for them.

    build_models_when_asked_for()       # before any module that has models is imported

A service has hundreds of models, most of which are part of another: built as their classes are made, each is built
once for itself and once more in every route. That was a quarter of what importing a service takes. A definition that
can't be built is found by the tests, which build all of them, and by the first call of the API's document.
"""

from __future__ import annotations

import warnings

from pydantic import BaseModel
from pydantic.warnings import UnsupportedFieldAttributeWarning


def build_models_when_asked_for() -> None:
    BaseModel.model_config["defer_build"] = True
    # FastAPI holds this one back while it builds the parameters of a route, which then are built later.
    warnings.filterwarnings("ignore", category=UnsupportedFieldAttributeWarning)
