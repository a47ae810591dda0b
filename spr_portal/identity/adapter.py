"""How django-allauth behaves here: nobody signs up, and links lead to our own address."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from spr_portal.background.outbox import send_later
from spr_portal.identity.sign_ins import client_address


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account has been closed. Ask your administrator.",
        "email_password_mismatch": "The email address or the password is not right.",
        "enter_current_password": "Enter your current password",
        "incorrect_password": "The password is not right",
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one.",
        "too_many_login_attempts": "Too many attempts to sign in. Wait a minute and try again.",
        "rate_limited": "Too many attempts. Wait a minute and try again.",
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Queue the e-mail: a mail server that is away breaks no page.

        Nor does the time a page takes tell whether an address has an account.
        """
        message = self.render_mail(template_prefix, email, {"email": email} | context)
        send_later(to=email, subject=message.subject, body=message.body)

    def get_client_ip(self, request):
        return client_address(request)

    def get_password_change_redirect_url(self, request):
        return settings.LOGIN_REDIRECT_URL

    def get_reset_password_from_key_url(self, key):
        # Never from the request's Host header, which its sender chooses.
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + path.replace("UID-KEY", key)
