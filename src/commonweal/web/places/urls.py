"""Addresses of cities and districts."""

from django.urls import path

from commonweal.web.places import downloads, views

app_name = "places"
urlpatterns = [
    path("places/figures.py", downloads.figures_script, name="figures_script"),
    path("places/<slug:slug>", views.place, name="place"),
    path("places/<slug:slug>/figures.csv", downloads.figures_csv, name="figures_csv"),
    path("places/<slug:slug>/figures.json", downloads.figures_json, name="figures_json"),
]
