"""
Mail in a folder.
"""

from pathlib import Path

from fieldops_adapters.notifying.letters import mail_of
from fieldops_core.kernel.contact import Email
from fieldops_core.messaging.model import Letter
from fieldops_core.messaging.ports import MailFailed


class FolderMailer:
    """
    Writes each letter to a *folder*, as a file that mail programs open. Nobody gets it from there: it is for trying
    out, and for whoever collects the files. A letter that is handed on twice is one file.
    """

    sends = True

    def __init__(self, folder: Path, *, sender: Email) -> None:
        self._folder, self._sender = folder, sender

    def send(self, letter: Letter) -> None:
        new, there = (self._folder / f"{letter.id}{end}" for end in (".new", ".eml"))
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            new.write_bytes(bytes(mail_of(letter, self._sender)))
            new.replace(there)
        except OSError as error:
            raise MailFailed("The folder for mail cannot be written to.") from error
