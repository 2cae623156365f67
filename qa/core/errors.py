"""What can go wrong, as classes.

    DatelineError            a sentence for the reader: what is wrong and what to do
    +-- RefusedError         this document or input can't be taken; the rest goes on
    +-- UnavailableError     something needed is not there now; trying later may help
    +-- LibraryEmptyError    nothing has been ingested yet

Commands turn exactly these into one line on stderr; anything else is a bug and shows as one.
"""


class DatelineError(Exception):
    """An error whose message is meant for the reader."""


class RefusedError(DatelineError):
    """One input is refused; trying it again changes nothing."""


class UnavailableError(DatelineError):
    """A model, a server or a file is not there at present."""


class LibraryEmptyError(DatelineError):
    """There is no library here, or there is nothing in it."""
