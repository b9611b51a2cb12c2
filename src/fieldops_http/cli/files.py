"""
``fieldops files``
"""

import typer

from fieldops_http.cli.opening import opened
from fieldops_http.settings import Settings

app = typer.Typer(no_args_is_help=True)


@app.callback()
def files() -> None:
    """
    The bytes of files on customer records.
    """


@app.command()
def sweep() -> None:
    """
    Remove bytes that have been kept for a day and belong to no file: of files that were removed, and of uploads that
    were cut off. `fieldops serve` does this every hour, unless FIELDOPS_DELIVER is off.

    ```
    fieldops files sweep
    ```
    """
    swept = opened(Settings.of()).fieldops.sweep_files()
    print(f"{swept} file{'' if swept == 1 else 's'} swept.")
