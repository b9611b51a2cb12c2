"""
A printer and a mailer of tests.
"""

from fieldops_core.kernel.plain import plain
from fieldops_core.messaging.model import Letter, Sheet
from fieldops_core.messaging.ports import MailFailed


class PlainSheets:
    """
    The :class:`~fieldops_core.messaging.ports.Sheets` of tests: what a sheet says, and no file that a viewer would
    open. While *broken*, it prints nothing.
    """

    def __init__(self) -> None:
        self.broken = False

    def print_sheet(self, sheet: Sheet) -> bytes:
        if self.broken:
            raise RuntimeError("The printer is out of ink.")
        return repr(plain(sheet)).encode()


class KeptMail:
    """
    The :class:`~fieldops_core.messaging.ports.Mailer` of tests: it keeps the *letters* that it is handed. While there
    is a *failure*, it takes none.
    """

    sends = True

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.failure: MailFailed | None = None

    def send(self, letter: Letter) -> None:
        if self.failure is not None:
            raise self.failure
        self.letters.append(letter)
