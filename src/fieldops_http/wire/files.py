"""
Requests about files, and how a file is answered.
"""

import re
from urllib.parse import quote

from litestar import Response

from fieldops_core.app.filing import Download
from fieldops_core.customers.messages import RenameFile
from fieldops_core.customers.model import FileId
from fieldops_http.wire.values import Change

_PLAIN = re.compile(r"[^A-Za-z0-9 ._()-]")


class RenameFileBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    What the file is called from now on.
    """

    name: str

    def command(self, file: FileId) -> RenameFile:
        return RenameFile(file=file, name=self.name)


def attached(file: Download) -> Response[bytes]:
    """
    A file as an answer that no browser shows or runs: to be saved, as what it is, and kept by nobody on the way.
    """
    plain, exact = _PLAIN.sub("_", file.name), quote(file.name, safe="")
    return Response(
        file.content,
        media_type=file.media_type,
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )
