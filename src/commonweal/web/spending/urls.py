"""Addresses of expenses."""

from django.urls import path

from commonweal.web.spending import (
    accounts,
    asking,
    deciding,
    drafts,
    filing,
    granting,
    paying,
    terms,
    views,
)

app_name = "spending"
ONE = "<slug:slug>/expenses/<int:number>"
urlpatterns = [
    path("<slug:slug>/paid-to", accounts.paid_to, name="paid_to"),
    path("<slug:slug>/expenses", views.expenses, name="expenses"),
    path("<slug:slug>/expenses/new", filing.expense_new, name="expense_new"),
    path("<slug:slug>/expenses/draft", drafts.draft_saved, name="draft_saved"),
    path("<slug:slug>/expenses/draft/<uuid:key>/drop", drafts.draft_drop, name="draft_drop"),
    path("account/<str:token>", asking.account_asked, name="account_asked"),
    path("<slug:slug>/expenses/rules", terms.group_terms, name="group_terms"),
    path("<slug:slug>/hosting/rules", terms.host_terms, name="host_terms"),
    path("<slug:slug>/grants/new", granting.grant_new, name="grant_new"),
    path(ONE, views.expense, name="expense"),
    path(f"{ONE}/edit", filing.expense_edit, name="expense_edit"),
    path(f"{ONE}/submit", views.submit, name="submit"),
    path(f"{ONE}/approve", deciding.approve, name="approve"),
    path(f"{ONE}/decline", deciding.decline, name="decline"),
    path(f"{ONE}/ask", deciding.ask_for_changes, name="ask_for_changes"),
    path(f"{ONE}/hold", deciding.hold, name="hold"),
    path(f"{ONE}/resume", deciding.resume, name="resume"),
    path(f"{ONE}/retry", deciding.retry, name="retry"),
    path(f"{ONE}/withdraw", views.withdraw, name="withdraw"),
    path(f"{ONE}/repeat", views.repeat, name="repeat"),
    path(f"{ONE}/repeat/stop", views.stop_repeating, name="stop_repeating"),
    path(f"{ONE}/comment", views.comment, name="comment"),
    path(f"{ONE}/pay", paying.pay, name="pay"),
    path(f"{ONE}/pass-on", paying.pass_on, name="pass_on"),
    path(f"{ONE}/account-checked", accounts.account_checked, name="account_checked"),
    path(f"{ONE}/paid", paying.mark_paid, name="mark_paid"),
    path(f"{ONE}/return", paying.return_payment, name="return_payment"),
    path(f"{ONE}/receipts", filing.receipt_add, name="receipt_add"),
    path(f"{ONE}/receipts/<int:pk>", views.receipt, name="receipt"),
    path(f"{ONE}/receipts/<int:pk>/remove", filing.receipt_remove, name="receipt_remove"),
]
