"""
By what the users of the example company log in.
"""

from datetime import timedelta

from fieldops_core.app.ports import Unit
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.calculations import link_hash, secret_hash
from fieldops_core.login.model import LinkId, Password, PasswordLink, Purpose, Session, SessionId
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.passwords import QuickPasswords
from fieldops_http import examples


def keep_logins(unit: Unit) -> None:
    """
    Olive has a password and a session; Tom was invited.
    """
    olive = UserId(examples.OLIVE)
    unit.passwords.add(Password(id=olive, hash=QuickPasswords().hashed(Secret(examples.PASSWORD)), set_at=NOW))
    unit.sessions.add(
        Session(
            id=SessionId(examples.SESSION),
            user=olive,
            hash=secret_hash("Olive's"),
            device="Firefox",
            opened_at=NOW,
            seen_at=NOW,
            ends_at=NOW + timedelta(days=14),
        )
    )
    unit.password_links.add(
        PasswordLink(
            id=LinkId(examples.LINK_ID),
            user=UserId(examples.TOM),
            purpose=Purpose.INVITATION,
            hash=link_hash(CompanyId(examples.COMPANY), examples.LINK),
            expires_at=NOW + timedelta(days=7),
        )
    )
