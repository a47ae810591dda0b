"""django-allauth's forms in our words."""

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter

from spr_portal.forms import GovukMixin

WRONG_ADDRESS = "Enter an email address in the correct format, like name@example.com"
WHAT_IS_GOOD = (
    "12 characters or more; three words that do not belong together are good. "
    "Very common passwords are refused."
)


def _say(field, label: str, *, hint: str = "", missing: str) -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = missing


def _say_email(field) -> None:
    _say(field, "Email address", missing="Enter your email address")
    field.error_messages["invalid"] = WRONG_ADDRESS


class NewPasswordMixin(GovukMixin):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first, again = self.fields["password1"], self.fields["password2"]
        _say(first, "New password", hint=WHAT_IS_GOOD, missing="Enter a new password")
        _say(again, "New password again", missing="Enter the new password again")

    def clean(self):
        """Compare the two here, for our own words."""
        cleaned = super(allauth_forms.PasswordVerificationMixin, self).clean() or self.cleaned_data
        first, again = cleaned.get("password1"), cleaned.get("password2")
        if first and again and first != again:
            self.add_error("password2", "The two passwords are not the same")
        return cleaned


class SignInForm(GovukMixin, allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say_email(self.fields["login"])
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        _say(self.fields["password"], "Password", missing="Enter your password")


class ChangePasswordForm(NewPasswordMixin, allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        old = self.fields["oldpassword"]
        _say(old, "Current password", missing="Enter your current password")


class ResetPasswordForm(GovukMixin, allauth_forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say_email(self.fields["email"])

    def save(self, request, **kwargs):
        """Send an e-mail in either case: neither the page nor its delay tells who has an account.

        allauth's own e-mail to a stranger leads to its sign-up page, which we leave out.
        """
        if self.users:
            return super().save(request, **kwargs)
        address = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/unknown_account", address, {})
        return address


class SetPasswordForm(NewPasswordMixin, allauth_forms.ResetPasswordKeyForm):
    pass
