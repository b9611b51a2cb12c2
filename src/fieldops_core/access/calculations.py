"""
Bearer tokens as text: ``fo_``, the company, and a secret of which only the hash is kept.
"""

import hashlib
import re
from uuid import UUID

from fieldops_core.kernel.ids import CompanyId

_TOKEN = re.compile(r"fo_([0-9a-f]{32})_([A-Za-z0-9_-]{32,128})")


def token_text(company: CompanyId, secret: str) -> str:
    """
    A token as it is handed out, once.
    """
    return f"fo_{company.hex}_{secret}"


def token_company(text: str) -> CompanyId | None:
    """
    The company that a token claims to be of; None where the text is no token.
    """
    match = _TOKEN.fullmatch(text)
    return CompanyId(UUID(match[1])) if match else None


def token_hash(text: str) -> str:
    """
    What is kept of a token: SHA-256, hex. Its secret has 256 bits, so that no slow hash is needed.
    """
    return hashlib.sha256(text.encode()).hexdigest()
