"""
The garbage collector, of a process that makes thousands of objects at once.
"""

import gc

OBJECTS_OF_AN_ANSWER = 50_000


def settle() -> None:
    """
    Tell the garbage collector that what is there by now stays, and that thousands of new objects are one answer, not a
    heap of garbage: those go as their last reference goes. It would look through all of them again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_OF_AN_ANSWER)
