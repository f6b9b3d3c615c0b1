"""How many files a field of an account is named in: what travels by name is not written out at every step.

What is known of the customer (`CustomerFields`) is sealed as one, so a new field of it is named once, in shared/.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from services.rating.account.messages import AccountOpened
from shared.kernel.customer import CustomerFields
from tests.kit.source import ROOT, named, tree

FILES_MAX: Final = 4
MORE: Final = {"collection_grace_s": 5}
"""Fields from before the limit, and in how many files they are. A number here only ever gets smaller, and goes."""

# Words that name other things too, so that counting them says nothing: documents have the last three of any party, a
# rate of a tax has a table of its own, disputes and cases of dunning are opened as well, and a legal entity is what
# documents, series and people are of.
COMMON: Final = {"account_id", "name", "details", "currency", "cycle", "address", "tax_id", "tax_rate", "email"} | {
    *("language", "electronic_address", "buyer_reference", "opened_on", "legal_entity"),
}

_TRIAL: Final = """
from services.rating.account.api import AccountBody, AccountShape
from services.reporting.customer.models import CustomerConfig
from shared.kernel.customer import CustomerFields

assert all("segment" in shape.model_fields for shape in (AccountBody, AccountShape, CustomerConfig))
body = AccountBody(name="Ann", currency="EUR", cycle_id="monthly", tax_rate="20", segment="retail")
assert CustomerFields.from_text(body.to_text()).segment == "retail"   # what is sealed, and opened again
"""


def test_a_new_field_of_a_customer_is_named_in_one_file(tmp_path: Path) -> None:
    for folder in ("services", "shared"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "shared/kernel/customer.py"
    head, marker, rest = file.read_text().partition("    address: AddressBody | None = None\n")
    assert marker
    file.write_text(f"{head}{marker}    segment: str | None = None\n{rest}")
    tried = subprocess.run(
        [sys.executable, "-c", _TRIAL], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert tried.returncode == 0, tried.stderr


def words(file: Path) -> Iterator[str]:
    """The names that a file writes out in its code."""
    if file.suffix == ".sql":
        yield from re.findall(r"\w+", re.sub(r"--.*", "", file.read_text()))
        return
    for node in ast.walk(tree(file)):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.keyword(arg=str() as word) | ast.arg(arg=word):
                yield word
            case ast.Constant(value=str() as text) if " " not in text or "select" in text:
                yield from re.findall(r"\w+", text)


def test_a_field_of_an_account_is_named_in_at_most_four_files() -> None:
    fields = {*CustomerFields.model_fields, *(field.name for field in msgspec.structs.fields(AccountOpened))} - COMMON
    count = dict.fromkeys(fields, 0)
    for file in (*named(".py", "services"), *named(".sql", "services")):
        for field in fields.intersection(words(file)):
            count[field] += 1
    assert {field: files for field, files in count.items() if files > FILES_MAX} == MORE
