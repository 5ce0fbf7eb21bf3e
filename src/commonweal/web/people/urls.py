"""Addresses of people and organizations. Profiles stand at the root."""

from django.urls import path

from commonweal.web.people import views

app_name = "people"
urlpatterns = [path("<slug:slug>", views.profile, name="profile")]
