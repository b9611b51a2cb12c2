"""
What the command line cannot do, and says.
"""


class CannotDo(Exception):
    """
    A command that cannot be carried out. The message says why, and the mend.
    """
