"""Addresses of pages about this server."""

from django.urls import path

from commonweal.web.instance import style

app_name = "instance"
urlpatterns = [path("style", style.style, name="style")]
