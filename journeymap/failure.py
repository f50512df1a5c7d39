"""Two kinds of failure: known (this one, told to the user in a sentence) and defect (everything else)."""


class Failure(Exception):
    """A known failure: `str()` is one plain sentence that says what, where and what to do."""
