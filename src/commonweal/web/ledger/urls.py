"""Addresses of the public ledger."""

from django.urls import path

from commonweal.web.ledger import downloads, views

app_name = "ledger"
urlpatterns = [
    path("ledger", views.whole_ledger, name="whole_ledger"),
    path("ledger.csv", downloads.whole_ledger_csv, name="whole_ledger_csv"),
    path("ledger.json", downloads.whole_ledger_json, name="whole_ledger_json"),
    path("ledger/<uuid:key>", views.transaction, name="transaction"),
    path("<slug:slug>/ledger", views.collective_ledger, name="collective_ledger"),
    path("<slug:slug>/ledger.csv", downloads.collective_ledger_csv, name="collective_ledger_csv"),
    path(
        "<slug:slug>/ledger.json", downloads.collective_ledger_json, name="collective_ledger_json"
    ),
]
