"""
Single sign-on by OpenID Connect.
"""

import hashlib
import hmac
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
import jwt
import msgspec
from attrs import frozen
from cryptography.fernet import Fernet, InvalidToken

from fieldops_adapters.identity.asking import SignOnServer, fail
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.calculations import same
from fieldops_core.login.model import SIGN_ON_LASTS, Departure, Errand
from fieldops_core.login.ports import SignOnFailed

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""
Those whose keys the service alone has.
"""
KNOWN_FOR, KEYS_AT_MOST_EVERY, LEEWAY = 3_600.0, 30.0, 30
"""
Seconds: how long what a service says of itself is believed, how often its keys are asked for, and by how much its clock
may differ.
"""
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
OF_TOKEN = ("iss", "sub", "aud", "exp", "iat")


@frozen(kw_only=True)
class Client:
    """
    What a sign-on service at *issuer* knows this server as. It sends browsers back to *back*.

    Raises:
        ValueError: where the issuer is no address that can be trusted: ``https://``, or ``http://`` on this machine.
    """

    issuer: str
    id: str
    secret: Secret | None
    scopes: str
    back: str

    def __attrs_post_init__(self) -> None:
        if not _trusted(self.issuer) or "?" in self.issuer or "#" in self.issuer:
            raise ValueError("no address of a sign-on service")


class Service(msgspec.Struct):
    """
    What a service says of itself.
    """

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: list[str] = []
    authorization_response_iss_parameter_supported: bool = False


class Tokens(msgspec.Struct):
    """
    What a code is good for.
    """

    id_token: str
    access_token: str | None = None


class Keepsake(msgspec.Struct):
    """
    What a browser keeps, sealed, while it is away.
    """

    slug: str
    state: str
    nonce: str
    verifier: str
    then: str = ""


class OidcSignOn:
    """
    OpenID Connect by the authorization code flow with PKCE (S256), for one *client* of one service. What a browser
    keeps meanwhile is sealed with *key* (32 bytes), and good for ten minutes: any process with that key takes it back.
    ID tokens are believed if their signature is by one of the service's own keys, and issuer, audience, times and nonce
    are right; an address only if the service says that it verified it. Safe to share between threads.
    """

    def __init__(self, client: Client, *, key: bytes) -> None:
        self._client, self._server, self._seal = client, SignOnServer(), Fernet(urlsafe_b64encode(key))
        self._lock = Lock()
        self._service: tuple[float, Service] | None = None
        self._keys: tuple[float, list[jwt.PyJWK]] | None = None

    def depart(self, errand: Errand) -> Departure:
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        keepsake = Keepsake(errand.slug, state, nonce, verifier, errand.then)
        digest = hashlib.sha256(keepsake.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._client.id,
            "redirect_uri": self._client.back,
            "scope": self._client.scopes,
            "state": keepsake.state,
            "nonce": keepsake.nonce,
            "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        there = self._told().authorization_endpoint
        kept = self._seal.encrypt(msgspec.json.encode(keepsake)).decode()
        return Departure(to=f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}", kept=Secret(kept))

    def whose(self, kept: Secret, told: Mapping[str, str]) -> Errand:
        keepsake = self._keepsake(kept, told)
        return Errand(slug=keepsake.slug, then=keepsake.then)

    def vouched(self, kept: Secret, told: Mapping[str, str]) -> str:
        keepsake, service = self._keepsake(kept, told), self._told()
        if told.get("iss", service.issuer) != service.issuer or (
            service.authorization_response_iss_parameter_supported and "iss" not in told
        ):
            fail("another service answered")
        if "code" not in told:
            fail("it let nobody in")
        tokens = self._redeemed(service, told["code"], keepsake)
        claims = self._claims(service, tokens.id_token, keepsake)
        if "email" not in claims and service.userinfo_endpoint is not None and tokens.access_token is not None:
            more = self._server.ask(service.userinfo_endpoint, dict[str, Any], bearer=tokens.access_token)
            claims = more if more.get("sub") == claims["sub"] else {}
        email = claims.get("email")
        if not isinstance(email, str) or claims.get("email_verified") is not True:
            raise SignOnFailed("The sign-on service does not say that it verified your email address.")
        return email

    def _keepsake(self, kept: Secret, told: Mapping[str, str]) -> Keepsake:
        """
        Raises:
            SignOnFailed: where this browser did not depart, or not with this answer in view, or too long ago.
        """
        try:
            opened = self._seal.decrypt(kept.reveal().encode(), ttl=int(SIGN_ON_LASTS.total_seconds()))
            keepsake = msgspec.json.decode(opened, type=Keepsake)
        except (InvalidToken, UnicodeError, msgspec.MsgspecError):  # none of ours, or another version's
            keepsake = None
        if keepsake is None or not same(told.get("state", ""), keepsake.state):
            raise SignOnFailed("This log-in was begun in another browser, or too long ago. Begin again.")
        return keepsake

    def _told(self) -> Service:
        with self._lock:
            known = self._service
        if known is not None and time.monotonic() < known[0] + KNOWN_FOR:
            return known[1]
        told = self._server.ask(f"{self._client.issuer.rstrip('/')}/.well-known/openid-configuration", Service)
        ends = (told.authorization_endpoint, told.token_endpoint, told.jwks_uri, told.userinfo_endpoint or told.issuer)
        if told.issuer.rstrip("/") != self._client.issuer.rstrip("/"):
            fail("it says that it is another service", unavailable=True)
        if not all(_trusted(each) for each in ends):
            fail("it has addresses that cannot be trusted", unavailable=True)
        with self._lock:
            self._service = time.monotonic(), told
        return told

    def _redeemed(self, service: Service, code: str, keepsake: Keepsake) -> Tokens:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._client.back,
            "code_verifier": keepsake.verifier,
        }
        id, secret = self._client.id, self._client.secret
        ways = service.token_endpoint_auth_methods_supported
        if secret is not None and (not ways or "client_secret_basic" in ways):
            # Encoded first (RFC 6749, 2.3.1).
            auth = httpx.BasicAuth(quote(id, safe=""), quote(secret.reveal(), safe=""))
            return self._server.ask(service.token_endpoint, Tokens, form=form, auth=auth)
        form |= {"client_id": id} | ({} if secret is None else {"client_secret": secret.reveal()})
        return self._server.ask(service.token_endpoint, Tokens, form=form)

    def _claims(self, service: Service, token: str, keepsake: Keepsake) -> dict[str, Any]:
        """
        What an ID token says, where all of it is as it should be.
        """
        try:
            key = self._key(service, jwt.get_unverified_header(token).get("kid"))
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS & {key.algorithm_name}),
                audience=self._client.id,
                issuer=service.issuer,
                leeway=LEEWAY,
                options={"require": list(OF_TOKEN)},
            )
        except jwt.PyJWTError as error:
            fail(f"its token is not good: {type(error).__name__}")
        if not same(str(claims.get("nonce")), keepsake.nonce):
            fail("its token is not good: it was meant for another log-in")
        alone = claims["aud"] in (self._client.id, [self._client.id])
        if claims.get("azp", self._client.id if alone else None) != self._client.id:
            fail("its token is not good: it was meant for another client")
        return claims

    def _key(self, service: Service, id: object) -> jwt.PyJWK:
        """
        The key that a token names. One that is not known may be new.
        """
        with self._lock:
            known = self._keys
        age = float("inf") if known is None else time.monotonic() - known[0]
        found = None if known is None or age > KNOWN_FOR else _named(known[1], id)
        if found is None and age > KEYS_AT_MOST_EVERY:
            told = jwt.PyJWKSet.from_dict(self._server.ask(service.jwks_uri, dict[str, Any])).keys
            with self._lock:
                self._keys = time.monotonic(), told
            found = _named(told, id)
        if found is None:
            raise jwt.InvalidKeyError("It names no key of the service.")
        return found


def sealing_key(master: bytes) -> bytes:
    """
    What browsers' keepsakes are sealed with, where the server's master key is that.
    """
    return hmac.digest(master, b"fieldops single sign-on", "sha256")


def _named(keys: list[jwt.PyJWK], id: object) -> jwt.PyJWK | None:
    """
    Without a name there is one key only.
    """
    signing = [each for each in keys if each.public_key_use in (None, "sig") and id in (None, each.key_id)]
    return signing[0] if len(signing) == 1 else None


def _trusted(url: str) -> bool:
    """
    Whether nobody listens on the way there: it goes by TLS, or does not leave this machine.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.username is not None or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
