"""Passkeys, apps and recovery codes: pages of django-allauth at addresses of ours.

Its own names stay, since it asks for them; the rest of it is not reachable.
"""

from collections.abc import Callable

from allauth.mfa.base import views as locks
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpResponseBase
from django.urls import path
from django.views.generic import RedirectView, TemplateView

from commonweal.web.confirming import reauthentication_required as sure
from commonweal.web.confirming import sign_in_required as signed_in


def _to(name: str) -> Callable[..., HttpResponseBase]:
    return RedirectView.as_view(pattern_name=f"people:{name}", query_string=True)


_inactive = TemplateView.as_view(template_name="account/account_inactive.html")
_SECURITY = "settings/security"

urlpatterns = [
    path("account/login", _to("sign_in"), name="account_login"),
    path("account/signup", _to("sign_up"), name="account_signup"),
    path("account/logout", _to("sign_out"), name="account_logout"),
    path("account/email", _to("addresses"), name="account_email"),
    path("account/reauthenticate", _to("confirm"), name="account_reauthenticate"),
    path("account/inactive", _inactive, name="account_inactive"),
    path("sign-in/passkey", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second", locks.authenticate, name="mfa_authenticate"),
    path("settings/confirm/app", signed_in(locks.reauthenticate), name="mfa_reauthenticate"),
    path(
        "settings/confirm/passkey",
        signed_in(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(f"{_SECURITY}/all", _to("security"), name="mfa_index"),
    path(f"{_SECURITY}/app", sure(app.activate_totp), name="mfa_activate_totp"),
    path(f"{_SECURITY}/app/off", sure(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{_SECURITY}/codes", sure(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        f"{_SECURITY}/codes/new",
        sure(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(f"{_SECURITY}/passkeys", _to("security"), name="mfa_list_webauthn"),
    path(f"{_SECURITY}/passkeys/new", sure(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(f"{_SECURITY}/passkeys/<int:pk>", sure(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        f"{_SECURITY}/passkeys/<int:pk>/remove",
        sure(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]
