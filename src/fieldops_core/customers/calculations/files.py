"""
What the bytes of a file tell of themselves.
"""

import re
from hashlib import sha256

from fieldops_core.customers.model import FileContent

UNKNOWN = "application/octet-stream"

_SIGNATURES = (
    (rb"%PDF-", "application/pdf"),
    (rb"\x89PNG\r\n\x1a\n", "image/png"),
    (rb"\xff\xd8\xff", "image/jpeg"),
    (rb"GIF8[79]a", "image/gif"),
    (rb"RIFF....WEBP", "image/webp"),
    (rb"II\*\x00|MM\x00\*", "image/tiff"),
    (rb"....ftyp(?:heic|heix|mif1|msf1)", "image/heic"),
    (rb"....ftypqt", "video/quicktime"),
    (rb"....ftyp", "video/mp4"),
    (rb"RIFF....WAVE", "audio/wav"),
    (rb"ID3|\xff[\xf2\xf3\xfb]", "audio/mpeg"),
    (rb"PK\x03\x04|PK\x05\x06", "application/zip"),
    (rb"\x1f\x8b", "application/gzip"),
)
_KNOWN = tuple((re.compile(signature, re.DOTALL), kind) for signature, kind in _SIGNATURES)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_WITHIN = {
    ("application/zip", "docx"): f"{_OFFICE}wordprocessingml.document",
    ("application/zip", "xlsx"): f"{_OFFICE}spreadsheetml.sheet",
    ("application/zip", "pptx"): f"{_OFFICE}presentationml.presentation",
    ("application/zip", "odt"): "application/vnd.oasis.opendocument.text",
    ("application/zip", "ods"): "application/vnd.oasis.opendocument.spreadsheet",
    ("text/plain", "csv"): "text/csv",
}
"""
What the ending of a name may add to what the bytes tell. It never makes one kind of another.
"""
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type_of(content: bytes, name: str) -> str:
    """
    The media type that the bytes of a file show; ``text/plain`` of what is text, HTML and SVG too, which are never
    served as such; ``application/octet-stream`` of what shows nothing. What its sender says of it is not asked.
    """
    shown = next((kind for signature, kind in _KNOWN if signature.match(content)), None)
    kind = shown or ("text/plain" if _is_text(content) else UNKNOWN)
    return _WITHIN.get((kind, name.rpartition(".")[2].lower()), kind)


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return not _NOT_IN_TEXT.search(content)


def described(content: bytes, *, name: str, key: str) -> FileContent:
    """
    What is known of the bytes of a file that are to be kept under a key.

    Raises:
        InvalidValue: where there are none, or too many.
    """
    return FileContent(
        media_type=media_type_of(content, name), size=len(content), digest=sha256(content).hexdigest(), key=key
    )
