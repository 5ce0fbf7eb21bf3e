"""Addresses of the public log; those below `log/tile/` are what C2SP tlog-tiles says."""

from django.urls import path

from commonweal.web.transparency import files, pages, witness

app_name = "transparency"
urlpatterns = [
    path("verify", pages.verify, name="verify"),
    path("ledger/<uuid:key>/check", pages.check, name="check"),
    path("ledger/<uuid:key>/receipt.json", files.receipt, name="receipt"),
    path("log/checkpoint", files.checkpoint, name="checkpoint"),
    path("log/keys", files.keys, name="keys"),
    path("log/claims", files.claims, name="claims"),
    path("log/shown/<int:number>", files.shown, name="shown"),
    path("log/witness/add-checkpoint", witness.add_checkpoint, name="add_checkpoint"),
    path("log/tile/<path:path>", files.tile, name="tile"),
]
