"""
``fieldops key``
"""

from pathlib import Path
from typing import Annotated

import typer

from fieldops_adapters.sql.sealing import make_key_file
from fieldops_http.cli.telling import CannotDo


def key(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where the new key is written; only its owner can read it.")
    ],
) -> None:
    """
    Make a master key, which seals private notes in the database. Keep a copy: without it they can never be read again.

    ```
    fieldops key fieldops.key
    export FIELDOPS_KEY_FILE=fieldops.key
    ```
    """
    try:
        make_key_file(file)
    except FileExistsError:
        raise CannotDo(f"{file} is there already, and what it sealed needs it. Name another file.") from None
    except OSError as error:
        raise CannotDo(f"{file} cannot be written ({error.strerror}). Name a file in a folder that can.") from None
    print(f"A new key is in {file}. Set FIELDOPS_KEY_FILE={file}")
