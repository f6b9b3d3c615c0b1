"""Models that are built late take and refuse what they did, say so in the same document, and warn of nothing.

What only a terminal needs is not imported.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PROGRAM = """
import json, sys
from shared.http.light_start import start_light
if sys.argv[1] == "late":
    start_light()
from typing import Annotated
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field

class Line(BaseModel):
    amount: Annotated[int, Field(ge=1)]

class Bill(BaseModel):
    lines: list[Line]

app = FastAPI()

@app.post("/bills")
def bills(bill: Bill) -> Line:
    return bill.lines[0]

built = [model.__pydantic_complete__ for model in (Line, Bill)]
client = TestClient(app)
answers = [client.post("/bills", json={"lines": [{"amount": n}]}) for n in (1, 0)]
print(json.dumps([built, [[a.status_code, a.json()] for a in answers], app.openapi()]))
"""


def said(when: str) -> list[object]:
    ran = subprocess.run([sys.executable, "-c", PROGRAM, when], capture_output=True, text=True, check=False)
    assert ran.returncode == 0 and "UnsupportedFieldAttribute" not in ran.stderr, ran.stderr
    found: list[object] = json.loads(ran.stdout)
    return found


@pytest.fixture(scope="module")
def early() -> list[object]:
    return said("early")


def test_late_models_answer_as_early_ones(early: list[object]) -> None:
    late = said("late")
    assert (early[0], late[0]) == ([True, True], [False, False])
    assert late[1:] == early[1:]


def test_logs_need_nothing_of_a_terminal_and_whoever_wants_it_has_it() -> None:
    program = "; ".join(
        (
            "import sys",
            "from shared.http.light_start import start_light",
            "start_light()",
            "import httpx, structlog",
            "assert 'rich' not in sys.modules",
            "import rich",
        )
    )
    subprocess.run([sys.executable, "-c", program], check=True)
