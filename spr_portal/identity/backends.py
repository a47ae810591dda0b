from allauth.account.auth_backends import AuthenticationBackend

from spr_portal.identity.models import User


class AccountBackend(AuthenticationBackend):
    """django-allauth's backend, reading the person and their force in one query a page."""

    def get_user(self, user_id):
        """Return the person; nobody once the account is closed, which ends its sessions."""
        person = User.objects.select_related("force").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
