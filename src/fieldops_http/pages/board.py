"""
The board: a dispatcher's day (WEB-01).
"""

from litestar import get

from fieldops_http.pages.frame import Answer, Here


@get("/app/{company:str}", include_in_schema=False, sync_to_thread=True)
def board(here: Here) -> Answer:
    """
    The day grid, live, with the backlog beside it. Its script asks the API for what it shows.
    """
    return here.page("board.html")


HANDLERS = (board,)
