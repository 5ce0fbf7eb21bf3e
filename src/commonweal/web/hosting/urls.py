"""Addresses of hosts: who they are, asking one, and their desk. A host's page is its profile."""

from django.urls import path

from commonweal.web.hosting.views import (
    applying,
    banking,
    collecting,
    deciding,
    fees,
    keeping,
    paying,
    public,
)

app_name = "hosting"
ONE = "<slug:slug>/hosting/applications/<int:number>"
RUN = "<slug:slug>/hosting/pay/<int:number>"
COLLECT = "<slug:slug>/hosting/collect"
urlpatterns = [
    path("hosts", public.hosts, name="hosts"),
    path("<slug:slug>/apply", applying.apply, name="apply"),
    path("<slug:slug>/apply/answer", applying.answer, name="answer"),
    path("<slug:slug>/apply/withdraw", applying.withdraw, name="withdraw"),
    path("<slug:slug>/become-host", keeping.become_host, name="become_host"),
    path("<slug:slug>/hosting", keeping.host_desk, name="host_desk"),
    path("<slug:slug>/hosting/settings", keeping.host_settings, name="host_settings"),
    path("<slug:slug>/hosting/fees", fees.host_fees, name="host_fees"),
    path("<slug:slug>/hosting/bank", banking.bank, name="bank"),
    path("<slug:slug>/hosting/bank/<int:number>", banking.bank_line, name="bank_line"),
    path("<slug:slug>/hosting/groups", keeping.hosted, name="hosted"),
    path("<slug:slug>/hosting/groups/<int:number>", keeping.agree_fee, name="agree_fee"),
    path("<slug:slug>/hosting/groups/<int:number>/end", keeping.end_hosting, name="end_hosting"),
    path("<slug:slug>/hosting/pay", paying.pay_desk, name="pay_desk"),
    path("<slug:slug>/hosting/pay/terms", paying.pay_terms, name="pay_terms"),
    path(RUN, paying.pay_run, name="pay_run"),
    path(f"{RUN}/release", paying.pay_release, name="pay_release"),
    path(f"{RUN}/file", paying.pay_file, name="pay_file"),
    path(f"{RUN}/cancel", paying.pay_cancel, name="pay_cancel"),
    path(f"{RUN}/paid", paying.pay_paid, name="pay_paid"),
    path(f"{RUN}/return/<int:pk>", paying.pay_return, name="pay_return"),
    path(COLLECT, collecting.collect_desk, name="collect_desk"),
    path(f"{COLLECT}/terms", collecting.collect_terms, name="collect_terms"),
    path(f"{COLLECT}/answer", collecting.collect_answer, name="collect_answer"),
    path(f"{COLLECT}/<int:number>", collecting.collect_run, name="collect_run"),
    path(f"{COLLECT}/<int:number>/release", collecting.collect_release, name="collect_release"),
    path(f"{COLLECT}/<int:number>/file", collecting.collect_file, name="collect_file"),
    path(f"{COLLECT}/<int:number>/cancel", collecting.collect_cancel, name="collect_cancel"),
    path(ONE, deciding.application, name="application"),
    path(f"{ONE}/approve", deciding.approve, name="approve"),
    path(f"{ONE}/ask", deciding.ask, name="ask"),
    path(f"{ONE}/decline", deciding.decline, name="decline"),
]
