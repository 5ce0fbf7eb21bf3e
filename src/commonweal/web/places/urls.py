"""Addresses of cities and districts."""

from django.urls import path

from commonweal.web.places import views

app_name = "places"
urlpatterns = [path("places/<slug:slug>", views.place, name="place")]
