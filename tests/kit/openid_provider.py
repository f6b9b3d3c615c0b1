"""A provider of logins for tests, a program of its own: it shares no code with the product, and signs with keys that it
draws itself. It keeps the rules of OpenID Connect and PKCE, and says what it is told to say of who signs in.

    python tests/kit/openid_provider.py --redirect-uri http://localhost:8080/login/provider
    {"issuer": "http://127.0.0.1:40123", "client_id": "meterlog", "client_secret": "…"}

    POST /says {"claims": {"sub": "7", "email": "ann@example.net"}, "signs": "RS256"}   of everybody from now on
    POST /rotate                                           another key, and the one before is gone

`signs` may also be what no provider does: `none`, `HS256` with the public key as the secret, `stranger` (a key that is
not published, under the name of one that is).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CODE_GOOD_S: Final = 60
CLIENT_ID: Final = "meterlog"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class SigningKey:
    """An RSA key and the name that it is published under."""

    def __init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.kid = secrets.token_hex(8)

    def public(self) -> dict[str, str]:
        numbers = self.private.public_key().public_numbers()
        n = numbers.n.to_bytes(256, "big")
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "n": b64(n), "e": "AQAB"}

    def pem(self) -> bytes:
        public = self.private.public_key()
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return public.public_bytes(serialization.Encoding.PEM, form)

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


class Provider:
    """What it knows: its key, the codes that it gave, and what it says of whoever comes."""

    def __init__(self, redirect_uri: str) -> None:
        self.issuer = ""
        self.redirect_uri = redirect_uri
        self.client_secret = secrets.token_urlsafe(16)
        self.key, self.stranger = SigningKey(), SigningKey()
        self.codes: dict[str, tuple[dict[str, str], float]] = {}
        self.claims: dict[str, Any] = {}
        self.signs = "RS256"

    def code_for(self, question: Mapping[str, str]) -> str:
        code = secrets.token_urlsafe(16)
        self.codes[code] = dict(question), time.time() + CODE_GOOD_S
        return code

    def token_for(self, form: Mapping[str, str], client: tuple[str, str]) -> dict[str, Any] | None:
        """`None` for a code that is not there, is over, or is not this client's with this verifier."""
        question, until = self.codes.pop(form.get("code", ""), ({}, 0.0))
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        right = (
            form.get("grant_type") == "authorization_code"
            and until > time.time()
            and hmac.compare_digest(challenge, question.get("code_challenge", ""))
            and form.get("redirect_uri") == question.get("redirect_uri")
            and client == (CLIENT_ID, self.client_secret)
        )
        if not right:
            return None
        return {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "id_token": self._id_token(question)}

    def _id_token(self, question: Mapping[str, str]) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": question.get("nonce")}
        claims |= {"sub": "subject-1", "email": "ann@example.net", "email_verified": True}
        claims |= self.claims
        algorithm = {"stranger": "RS256"}.get(self.signs, self.signs)
        head = {"alg": algorithm, "kid": self.key.kid, "typ": "JWT"}
        signed = f"{b64(json.dumps(head).encode())}.{b64(json.dumps(claims).encode())}"
        return f"{signed}.{b64(self._signature(signed.encode()))}"

    def _signature(self, signed: bytes) -> bytes:
        match self.signs:
            case "none":
                return b""
            case "HS256":
                return hmac.digest(self.key.pem(), signed, "sha256")
            case "stranger":
                return self.stranger.sign(signed)
            case _:
                return self.key.sign(signed)

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        }


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        question = {name: values[0] for name, values in parse_qs(place.query).items()}
        match place.path:
            case "/.well-known/openid-configuration":
                self._json(200, self.provider.discovery())
            case "/jwks":
                self._json(200, {"keys": [self.provider.key.public()]})
            case "/authorize":
                self._authorize(question)
            case "/logout":
                self._to(question.get("post_logout_redirect_uri", self.provider.issuer))
            case _:
                self._json(404, {"error": "not_found"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        match urlsplit(self.path).path:
            case "/token":
                given = self.provider.token_for({n: v[0] for n, v in parse_qs(body).items()}, self._client())
                self._json(200, given) if given is not None else self._json(400, {"error": "invalid_grant"})
            case "/says":
                told = json.loads(body)
                self.provider.claims, self.provider.signs = told.get("claims", {}), told.get("signs", "RS256")
                self._json(200, {})
            case "/rotate":
                self.provider.key = SigningKey()
                self._json(200, {})
            case _:
                self._json(404, {"error": "not_found"})

    def _authorize(self, question: Mapping[str, str]) -> None:
        """Nobody is asked anything: whoever comes is who the test says."""
        right = (
            question.get("client_id") == CLIENT_ID
            and question.get("response_type") == "code"
            and "openid" in question.get("scope", "").split()
            and question.get("redirect_uri") == self.provider.redirect_uri
            and question.get("code_challenge_method") == "S256"
        )
        if not right:
            self._json(400, {"error": "invalid_request"})
            return
        answer = {"code": self.provider.code_for(question), "state": question.get("state", "")}
        self._to(f"{question['redirect_uri']}?{urlencode(answer)}")

    def _client(self) -> tuple[str, str]:
        scheme, _, given = self.headers.get("authorization", "").partition(" ")
        if scheme != "Basic":
            return "", ""
        name, _, secret = base64.b64decode(given).decode().partition(":")
        return unquote_plus(name), unquote_plus(secret)

    def _to(self, url: str) -> None:
        self.send_response(302)
        self.send_header("Location", url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description="A provider of logins, for tests.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--redirect-uri", required=True)
    given = parser.parse_args()
    Handler.provider = provider = Provider(given.redirect_uri)
    with ThreadingHTTPServer(("127.0.0.1", given.port), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
        told = {"issuer": provider.issuer, "client_id": CLIENT_ID, "client_secret": provider.client_secret}
        print(json.dumps(told), flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
