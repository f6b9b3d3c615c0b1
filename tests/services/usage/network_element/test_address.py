"""Addresses of network elements: everybody who reads sees them, so none has a password in it."""

from __future__ import annotations

import pytest

from services.usage.network_element.api import ElementBody
from shared.kernel.errors import Rejection


@pytest.mark.parametrize(
    ("driver", "address"),
    [
        ("webhook", "https://me:secret@nms.example/told"),
        ("webhook", "https://token@nms.example/told"),
        ("radius_sql", "postgresql://radius:secret@db.example/radius"),
        ("radius_sql", "postgresql://radius@db.example/radius?password=secret"),
        ("radius_sql", "postgresql://db.example/radius?user=radius&PASSWORD=secret"),
        ("radius_sql", "postgresql://db.example/radius?sslpassword=secret"),
    ],
)
def test_an_address_with_a_password_is_refused(driver: str, address: str) -> None:
    body = ElementBody.model_validate({"driver": driver, "address": address, "secret": "x"})
    with pytest.raises(Rejection) as refused:
        body.terms()
    assert (refused.value.code, refused.value.pointer) == ("invalid", "/address")
    assert "secret" not in refused.value.detail.replace("it is the secret", "")


@pytest.mark.parametrize(
    ("driver", "address"),
    [
        ("webhook", "https://nms.example/told/@line"),
        ("radius_sql", "postgresql://radius@db.example/radius?sslmode=require"),
    ],
)
def test_one_without_is_taken(driver: str, address: str) -> None:
    assert ElementBody.model_validate({"driver": driver, "address": address}).terms().address == address
