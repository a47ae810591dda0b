class DomainError(Exception):
    """Something a person asked for that the rules refuse. The message is for that person.

    `spr_portal.middleware` turns each subclass into a response, once for all
    views: `status` is the response's, `heading` the heading of the page.
    """

    status = 409
    heading = "That could not be done"


class PolicyDenied(DomainError):
    """The person may not do this; the message says why."""

    status = 403
    heading = "You cannot do this"


class Refused(DomainError):
    """What was asked for breaks a rule about people or their force; the message says which.

    `field` is the form's field the message belongs beside, if any.
    """

    def __init__(self, message: str, *, field: str = ""):
        super().__init__(message)
        self.field = field
