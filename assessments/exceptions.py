from spr_portal.identity.exceptions import DomainError, Refused


class StaleEdit(DomainError):
    """Somebody saved a newer version meanwhile. The words given are kept, not lost.

    `newer` is the row as it now stands, None when it was removed; `kept` the
    `SetAside` row that holds the words that were not saved, None when there
    were none (a removal).
    """

    status = 409

    def __init__(self, *, newer, kept):
        self.newer = newer
        self.kept = kept
        super().__init__(
            "Somebody else saved this answer while you were writing. "
            "Your words are kept and shown beside the saved ones; choose what should stand."
        )


class IncompleteAssessment(DomainError):
    """The assessment cannot be submitted yet; `missing` lists what it lacks."""

    status = 409

    def __init__(self, missing):
        self.missing = missing
        super().__init__(
            f"The assessment is not complete: {len(missing)} "
            f"{'thing is' if len(missing) == 1 else 'things are'} missing. Nothing was submitted."
        )


class ContentChanged(DomainError):
    """The content is not what the person had in front of them; nothing was done."""

    status = 409


class NotTaken(DomainError):
    """Answers of a form could not be saved; the message says why. The page shows them once more."""

    status = 409
    heading = "Not all of it was saved"


class NewerDraft(DomainError):
    """The draft is not the one the lead has read; nothing was done."""

    status = 409

    def __init__(self):
        super().__init__(
            "Somebody has changed this draft since you read it, so nothing was done. "
            "Read it again, then accept it or go back to the accepted words."
        )


class UnknownPlace(DomainError):
    """There is no such answer, list or threat; nothing was done."""

    status = 404


class CycleExists(DomainError):
    """The force has a cycle for this year already; nothing was done."""

    status = 409


class AlreadyCited(DomainError):
    """The assessment cites this piece of evidence already, in `reference`; nothing was done."""

    status = 409

    def __init__(self, reference):
        self.reference = reference
        super().__init__(
            "This assessment cites this piece of evidence already. Nothing was changed."
        )


class ProposalOpen(DomainError):
    """A proposed rating waits for its answer; nothing was done."""

    status = 409


class ProposalClosed(DomainError):
    """The proposed rating waits for nobody any more; nothing was done."""

    status = 409


class FileRefused(Refused):
    """An uploaded file is not one that can be kept; the message says why. Nothing was kept."""


class FileAlreadyKept(Refused):
    """The force keeps the very same file already, with `evidence`; it was not kept twice."""

    def __init__(self, evidence):
        self.evidence = evidence
        super().__init__(
            f"The same file is already kept with “{evidence.title}”, so it was not kept twice",
            field="file",
        )


class FileUnavailable(DomainError):
    """A file cannot be handed out or kept just now, through no fault of who asked."""

    status = 503
