"""The error of a law that is broken."""


class LawBroken(AssertionError):  # noqa: N818 - it says what happened, as a test's failure does
    """A phrase or a policy was seen to break a law.

    Attributes:
        law: What the law says.
    """

    def __init__(self, message: str, law: str) -> None:
        self.law = law
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the words it was made from."""
        return type(self), (str(self), self.law)
