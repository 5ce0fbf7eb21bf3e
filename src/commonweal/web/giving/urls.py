"""Addresses of giving."""

from django.urls import path

from commonweal.web.giving.views import (
    contributing,
    contributions,
    gifts,
    handling,
    mandates,
    tiers,
)

app_name = "giving"
urlpatterns = [
    path("contributions/<str:secret>", contributions.contribution, name="contribution"),
    path("contributions/<str:secret>/pay", contributions.pay, name="pay"),
    path("contributions/<str:secret>/cancel", contributions.cancel, name="cancel"),
    path("contributions/<str:secret>/arrived", handling.confirm_transfer, name="confirm_transfer"),
    path("contributions/<str:secret>/refund", handling.refund, name="refund"),
    path("contributions/<str:secret>/sent-back", handling.confirm_refund, name="confirm_refund"),
    path("contributions/<str:secret>/revoke", mandates.revoke_mandate, name="revoke_mandate"),
    path("settings/gifts", gifts.your_gifts, name="your_gifts"),
    path("gifts/<str:token>", gifts.gift, name="gift"),
    path("gifts/<str:token>/change", gifts.change_gift, name="change_gift"),
    path("gifts/<str:token>/pause", gifts.pause_gift, name="pause_gift"),
    path("gifts/<str:token>/resume", gifts.resume_gift, name="resume_gift"),
    path("gifts/<str:token>/stop", gifts.stop_gift, name="stop_gift"),
    path("gifts/<str:token>/rail", gifts.switch_gift, name="switch_gift"),
    path("gifts/<str:token>/pay", gifts.pay_gift, name="pay_gift"),
    path("charges/<uuid:key>", contributions.charge, name="charge"),
    path("charges/<uuid:key>/mandate", mandates.mandate, name="mandate"),
    path("pretend-bank/<uuid:key>", contributions.pretend_bank, name="pretend_bank"),
    path("rails/<slug:rail>/news", contributions.news, name="news"),
    path("<slug:slug>/tiers", tiers.tiers, name="tiers"),
    path("<slug:slug>/tiers/<int:number>", tiers.tier, name="tier"),
    path("<slug:slug>/tiers/<int:number>/archive", tiers.archive_tier, name="archive_tier"),
    path("<slug:slug>/give", contributing.contribute, name="contribute"),
]
