"""
What tells one command from another under the same command id.
"""

import hashlib
import json

from fieldops_core.kernel.plain import Plain, fields_of, plain
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.unset import UNSET


def fingerprint(command: object) -> str:
    """
    A hash of a command's type and of the fields that it sets (SHA-256, hex), secrets included: storages seal it with
    the answer.
    """
    fields = {name: _told(value) for name in fields_of(command) if (value := getattr(command, name)) is not UNSET}
    text = json.dumps([type(command).__name__, fields], sort_keys=True)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _told(value: object) -> Plain:
    return value.reveal() if isinstance(value, Secret) else plain(value)
