"""
The secrets of sessions and links as text, and how long somebody waits who tries passwords.
"""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from attrs import frozen

from fieldops_core.kernel.ids import CompanyId
from fieldops_core.login.model import Attempts

_SESSION = re.compile(r"fs_([0-9a-f]{32})_([A-Za-z0-9_-]{32,128})")


def session_text(company: CompanyId, secret: str) -> str:
    """
    What a browser keeps of its session.
    """
    return f"fs_{company.hex}_{secret}"


def session_company(text: str) -> CompanyId | None:
    """
    The company that a session claims to be of; None where the text is none of a session.
    """
    match = _SESSION.fullmatch(text)
    return CompanyId(UUID(match[1])) if match else None


def secret_hash(text: str) -> str:
    """
    What is kept of a secret: SHA-256, hex. It has 256 bits, so that no slow hash is needed.
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def link_hash(company: CompanyId, secret: str) -> str:
    """
    What is kept of the secret of a link.
    """
    return secret_hash(f"fl_{company.hex}_{secret}")


def csrf_token(session: str) -> str:
    """
    What a page of ours knows of its session, and a page of others does not: sent with each change.
    """
    return hmac.new(session.encode(), b"csrf", hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """
    Whether two secrets are one, in a time that does not tell how much of them is.
    """
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def same_address(one: str, other: str) -> bool:
    """
    Whether two email addresses are one, whatever the case of ASCII letters. Of others, some become ASCII letters when
    they are made small, and belong to somebody else.
    """
    return one.encode("utf-8", "surrogatepass").lower() == other.encode("utf-8", "surrogatepass").lower()


def account_key(email: str) -> str:
    """
    Under which attempts at an account are counted, whether there is one or not; it names nobody.
    """
    return secret_hash(f"account {email.strip().lower()}")


def address_key(address: str) -> str:
    """
    Under which attempts from an address are counted: of the addresses of IPv6, which one has in plenty, by their first
    64 bits.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return secret_hash(f"address {address}")
    whole = parsed.packed[:8].hex() if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None else str(parsed)
    return secret_hash(f"address {whole}")


@frozen(kw_only=True)
class Patience:
    """
    How many attempts are answered at once. After them each has to wait: *first*, and twice as long each further time,
    up to *longest*. Who tries nothing for *forgotten* begins anew.
    """

    free: int
    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(minutes=15)
    forgotten: timedelta = timedelta(hours=1)

    def wait(self, attempts: Attempts, now: datetime) -> timedelta:
        """
        How long the next attempt has still to wait.
        """
        if attempts.count < self.free or now >= attempts.last_at + self.forgotten:
            return timedelta()
        doubled = self.first * (1 << min(attempts.count - self.free, 20))
        return max(attempts.last_at + min(doubled, self.longest) - now, timedelta())

    def after(self, attempts: Attempts | None, now: datetime) -> Attempts:
        """
        With one more.
        """
        fresh = attempts is None or now >= attempts.last_at + self.forgotten
        return Attempts(count=1 if fresh or attempts is None else attempts.count + 1, last_at=now)


OF_ACCOUNT = Patience(free=5)
OF_ADDRESS = Patience(free=30)
"""
Many people may come from one address.
"""
