"""django-allauth's forms in our words."""

from allauth.account import forms as allauth_forms


class SignInForm(allauth_forms.LoginForm):
    pass


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    pass


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    pass


class SetPasswordForm(allauth_forms.ResetPasswordKeyForm):
    pass
