"""Addresses of the first page, of the list of groups and of what things cost."""

from django.urls import path

from commonweal.web.discovery import costs, views

app_name = "discovery"
urlpatterns = [
    path("", views.home, name="home"),
    path("explore", views.explore, name="explore"),
    path("costs", costs.costs, name="costs"),
    path("costs/recompute.py", costs.costs_script, name="costs_script"),
    path("costs/<slug:slug>", costs.cost, name="cost"),
    path("costs/<slug:slug>.csv", costs.cost_csv, name="cost_csv"),
    path("costs/<slug:slug>/funding.csv", costs.funding_csv, name="funding_csv"),
    path("costs/<slug:slug>.json", costs.cost_json, name="cost_json"),
    path("themes/<slug:slug>", views.theme, name="theme"),
]
