"""Addresses of the first page and of the list of groups."""

from django.urls import path

from commonweal.web.discovery import views

app_name = "discovery"
urlpatterns = [
    path("", views.home, name="home"),
    path("explore", views.explore, name="explore"),
    path("themes/<slug:slug>", views.theme, name="theme"),
]
