"""Addresses of papers: who gave signed in, who has the address of a gift, and hosts."""

from django.urls import path

from commonweal.web.papers.views import checking, desk, giver, guest

app_name = "papers"
GIFT = "contributions/<str:secret>"
urlpatterns = [
    path("papers", giver.papers, name="papers"),
    path("papers/check", checking.check, name="check"),
    path("papers/details/<slug:slug>", giver.details, name="details"),
    path("papers/overview/<slug:slug>/<slug:host>/<int:year>.pdf", giver.overview, name="overview"),
    path(
        "papers/donations/<slug:slug>/<slug:host>/<slug:kind>/<int:year>",
        giver.donation_receipt,
        name="donation_receipt",
    ),
    path("papers/<slug:secret>.pdf", giver.paper, name="paper"),
    path("papers/<slug:secret>/correct", giver.correct, name="correct"),
    path(f"{GIFT}/receipt.pdf", guest.receipt, name="receipt"),
    path(f"{GIFT}/receipts/<uuid:key>.pdf", guest.receipt, name="receipt"),
    path(f"{GIFT}/invoices/<uuid:key>", guest.invoice, name="invoice"),
    path(f"{GIFT}/papers", guest.gift_papers, name="gift_papers"),
    path(f"{GIFT}/details", guest.gift_details, name="gift_details"),
    path(f"{GIFT}/overview/<slug:host>/<int:year>.pdf", guest.gift_overview, name="gift_overview"),
    path(
        f"{GIFT}/donations/<slug:host>/<slug:kind>/<int:year>",
        guest.gift_donation_receipt,
        name="gift_donation_receipt",
    ),
    path("<slug:slug>/hosting/papers", desk.host_papers, name="host_papers"),
    path("<slug:slug>/hosting/papers/imprint", desk.imprint, name="imprint"),
    path("<slug:slug>/hosting/papers/rounds", desk.start_round, name="start_round"),
]
