"""Two kinds of failure: known (this one, told to the user in a sentence) and defect (everything else but a wish to stop)."""


class Failure(Exception):
    """A known failure: `str()` is one plain sentence that says what, where and what to do.

    It is one line, whatever the cell or name that it quotes holds.
    """

    def __init__(self, sentence: str = "") -> None:
        super().__init__(" ".join("".join(sign if sign.isprintable() else " " for sign in str(sentence)).split()))


def is_stop(error: BaseException | None) -> bool:
    """Whether an error has come of a KeyboardInterrupt, whatever a library has made of it (DuckDB: "Query interrupted")."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, KeyboardInterrupt):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False
