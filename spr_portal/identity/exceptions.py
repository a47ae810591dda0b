class DomainError(Exception):
    """Something a person asked for that the rules refuse. The message is for that person.

    `spr_portal.middleware` turns each subclass into a response, once for all views.
    """


class PolicyDenied(DomainError):
    """The person may not do this; the message says why."""
