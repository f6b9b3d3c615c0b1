"""What a visitor of the demo finds: documents that any accounting program takes."""

from __future__ import annotations

import pytest

from tests.kit.stacks import DemoStack
from tests.stories.operator import Operator

pytestmark = pytest.mark.servers


async def test_every_invoice_of_the_demo_is_an_electronic_invoice(demo: DemoStack) -> None:
    visitor = Operator(demo.stack, demo.played.admin_key)
    invoices = demo.played.report.numbers["invoices"]
    assert invoices > 24
    await visitor.check_documents(invoices)
    await visitor.http.aclose()
