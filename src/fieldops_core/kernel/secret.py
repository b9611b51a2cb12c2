"""
Values that must not leak: private notes, social security numbers, birthdates, codes.
"""


class Secret:
    """
    A text that shows itself only when asked. Its repr, its str and its JSON are ``***``; storages seal it.

    A plain class on purpose: encoders look into attrs classes past every hook.
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        """
        The text itself, for a reader who may see it.
        """
        return self.__text

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.reveal() == self.reveal()

    def __hash__(self) -> int:
        return hash((Secret, self.__text))

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")
