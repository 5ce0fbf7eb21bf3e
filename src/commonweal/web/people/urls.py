"""Addresses of people: signing in, settings, and profiles, which stand at the root."""

from django.urls import path

from commonweal.web.people.views import (
    belonging,
    pictures,
    profiles,
    security,
    settings,
    signing_in,
)

app_name = "people"
urlpatterns = [
    path("sign-in", signing_in.sign_in, name="sign_in"),
    path("sign-in/code", signing_in.sign_in_code, name="sign_in_code"),
    path("sign-in/name", signing_in.sign_in_name, name="sign_in_name"),
    path("sign-in/link/<str:token>", signing_in.sign_in_link, name="sign_in_link"),
    path("sign-up", signing_in.sign_up, name="sign_up"),
    path("sign-out", signing_in.sign_out, name="sign_out"),
    path("settings", settings.settings, name="settings"),
    path("settings/addresses", settings.addresses, name="addresses"),
    path("settings/addresses/code", settings.address_code, name="address_code"),
    path("settings/addresses/<int:number>", settings.address, name="address"),
    path("settings/security", security.security, name="security"),
    path("settings/security/sessions", security.sessions, name="sessions"),
    path("settings/confirm", security.confirm, name="confirm"),
    path("settings/memberships", belonging.memberships, name="memberships"),
    path("settings/memberships/<int:number>/leave", belonging.leave, name="leave"),
    path("settings/data", settings.data, name="data"),
    path("settings/data/download", settings.data_download, name="data_download"),
    path("settings/erase", settings.erase, name="erase"),
    path("settings/erased", settings.erased, name="erased"),
    path("organizations/new", belonging.new_organization, name="new_organization"),
    path("invitations/<str:token>", belonging.invitation, name="invitation"),
    path(
        "invitations/<int:number>/withdraw",
        belonging.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("files/pictures/<slug:word>.webp", pictures.picture, name="picture"),
    path("<slug:slug>/team", belonging.team, name="team"),
    path("<slug:slug>/profile", belonging.edit_organization, name="edit_organization"),
    path("<slug:slug>", profiles.profile, name="profile"),
]
