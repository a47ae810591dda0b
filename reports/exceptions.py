from spr_portal.identity.exceptions import DomainError


class PaperNotReady(DomainError):
    """The paper cannot go on; `problems` says what is missing, in sentences."""

    status = 409

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("The paper is not ready. " + " ".join(self.problems))


class StalePaperEdit(DomainError):
    """Somebody saved a newer version of this part; `newer` is it, None when it was removed."""

    status = 409

    def __init__(self, newer):
        self.newer = newer
        super().__init__(
            "Somebody else saved this while you were writing. Yours was not saved yet: "
            "compare the two and save what should stand."
        )


class PaperNotStarted(DomainError):
    """The cycle has no paper yet."""

    status = 404
    heading = "There is no paper yet"


class PaperExists(DomainError):
    """The cycle has its paper already."""

    status = 409


class FilesNotMade(DomainError):
    """Some file of the paper has not been made yet, so nothing was issued."""

    status = 409


class UnknownBlock(DomainError):
    """The paper has no such block, so there is nothing to comment on."""

    status = 409


class NotStored(DomainError):
    """The database could not keep what was to be issued; nothing was issued."""

    status = 503


class NoBundle(DomainError):
    """The paper was issued without a manifest, so no bundle could be checked against one."""

    status = 404


class DamagedFile(DomainError):
    """The stored bytes are not those that were issued. They are not handed out."""

    status = 500


class PaperUnreadable(DomainError):
    """A file could not be read as a paper; the message says why and what to do."""

    status = 422
    heading = "The file could not be read"


class FindingGone(DomainError):
    """The checks do not find it any more, or somebody has waived it already."""

    status = 409


class SourceChanged(DomainError):
    """The assessment says something else by now than the page that was written on showed."""

    status = 409

    def __init__(self):
        super().__init__(
            "The assessment was changed while you were writing. Yours is not saved yet: read "
            "what it says now, and save what should stand."
        )
