"""
A sign-on service that speaks OpenID Connect: discovery, the authorization code flow with PKCE, signed tokens, what it
knows of a user. It is a real server with a key of its own, on this machine; whoever asks is logged in there already.
"""

import json
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "fieldops client", "s3cret/with:signs"
LASTS = 300
Claims = dict[str, Any]


@cache
def a_key(name: str) -> RSAPrivateKey:
    """
    One by each name: they take long to make.
    """
    return generate_private_key(public_exponent=65_537, key_size=2_048)


class Provider(ThreadingHTTPServer):
    """
    *person* is what it knows of who asks; *answers_of_itself* what it says of itself beside its addresses. *change*
    makes the claims of its next tokens others, *sign* signs them in another way. *down*: it answers 503.
    """

    def __init__(self, *, secret: str | None = SECRET) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.secret = secret
        self.person: Claims = {"sub": "u-1", "email": "olive@acme.example", "email_verified": True}
        self.key, self.key_id = a_key("first"), "first"
        self.answers_of_itself: Claims = {}
        self.in_token = ["sub", "email", "email_verified"]
        self.change: Callable[[Claims], Claims] = dict
        self.sign: Callable[[Claims], str] = self.signed
        self.known: Claims | None = None
        self.down = False
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def signed(self, claims: Claims, *, by: RSAPrivateKey | None = None) -> str:
        return jwt.encode(claims, by or self.key, algorithm="RS256", headers={"kid": self.key_id})

    def rotate(self) -> None:
        """
        Another key, under another name.
        """
        self.key, self.key_id = a_key("second"), "second"

    def itself(self) -> Claims:
        ends = {
            "authorization_endpoint": "authorize?tenant=1",
            "token_endpoint": "token",
            "jwks_uri": "keys",
            "userinfo_endpoint": "userinfo",
        }
        told = {name: f"{self.issuer}/{path}" for name, path in ends.items()}
        return {"issuer": self.issuer, **told, **self.answers_of_itself}

    def keys(self) -> Claims:
        key = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        others = [{"kty": "unheard of"}, {"kty": "oct", "kid": "shared", "k": "c2hhcmVk" * 8, "alg": "HS256"}]
        return {"keys": [*others, {**key, "kid": self.key_id, "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """
        Where the browser is sent back to.
        """
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = token_urlsafe(16)
        self._codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def redeem(self, form: dict[str, str], credentials: str | None) -> tuple[int, Claims]:
        asked = self._codes.pop(form.get("code", ""), None)  # once
        challenge = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if not self._is_client(form, credentials):
            return 401, {"error": "invalid_client"}
        if asked is None or (asked["code_challenge"], asked["redirect_uri"]) != (challenge, form.get("redirect_uri")):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + LASTS, "nonce": asked["nonce"]}
        claims |= {name: self.person[name] for name in self.in_token if name in self.person}
        return 200, {"access_token": "at-1", "token_type": "Bearer", "id_token": self.sign(self.change(claims))}

    def _is_client(self, form: dict[str, str], credentials: str | None) -> bool:
        if self.secret is None or credentials is None:
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT, self.secret)
        id, _, secret = b64decode(credentials.removeprefix("Basic ")).decode().partition(":")
        return (unquote(id), unquote(secret)) == (CLIENT, self.secret)


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        parts, provider = urlsplit(self.path), self.server
        provider.asked.append(parts.path)
        if provider.down:
            return self._say(503, {})
        if parts.path == "/authorize":
            return self._say(302, {}, provider.authorize({n: v[0] for n, v in parse_qs(parts.query).items()}))
        if parts.path == "/userinfo" and self.headers["Authorization"] == "Bearer at-1":
            return self._say(200, provider.known or provider.person)
        pages = {"/.well-known/openid-configuration": provider.itself, "/keys": provider.keys}
        return self._say(200, pages[parts.path]()) if parts.path in pages else self._say(404, {})

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if self.server.down or self.path != "/token":
            return self._say(503, {})
        return self._say(*self.server.redeem(form, self.headers["Authorization"]))

    def _say(self, status: int, body: Claims, location: str | None = None) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if location is not None:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def providing(*, secret: str | None = SECRET) -> Iterator[Provider]:
    with Provider(secret=secret) as provider:
        thread = Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield provider
        finally:
            provider.shutdown()
            thread.join()
