"""Addresses of pages about this server."""

from django.urls import path

from commonweal.web.instance import first_run, mailbox, style

app_name = "instance"
urlpatterns = [
    path("style", style.style, name="style"),
    path("first-run", first_run.first_run, name="first_run"),
    path("mailbox", mailbox.mailbox, name="mailbox"),
    path("mailbox/<slug:public_id>", mailbox.letter, name="letter"),
]
