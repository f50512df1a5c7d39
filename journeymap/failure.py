"""Two kinds of failure: known (this one, told to the user in a sentence) and defect (everything else)."""


class Failure(Exception):
    """A known failure: `str()` is one plain sentence that says what, where and what to do.

    It is one line, whatever the cell or name that it quotes holds.
    """

    def __init__(self, sentence: str = "") -> None:
        super().__init__(" ".join("".join(sign if sign.isprintable() else " " for sign in str(sentence)).split()))
