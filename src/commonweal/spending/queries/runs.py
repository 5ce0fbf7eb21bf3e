"""Questions about pay runs: what is in which, where each stands, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from commonweal.hosting.models import Host, Hosting
from commonweal.ledger.models import Account, Purpose
from commonweal.payments import queries as payments
from commonweal.payments.models import Payout
from commonweal.people.models import Party
from commonweal.spending.models import Expense, Payment, PayRun, PayTerms

LIVING = (Payment.State.CHOSEN, Payment.State.HELD)


def terms(host: Host) -> PayTerms:
    """Return how a host pays; as usual where it said nothing."""
    return PayTerms.objects.filter(host=host).first() or PayTerms(host=host)


def file_kind(wanted: str) -> str:
    """Return a kind of bank file that there is: the wanted one, else the usual one."""
    files = payments.payout_files()
    return wanted if wanted in files else next(iter(files))


def of_host(host: Host, *, most: int = 20) -> list[PayRun]:
    """Return the newest pay runs of a host, the last one first.

    Each knows the `count` and the `total_minor` of what it pays, and how much is `open_count`.
    """
    found = PayRun.objects.filter(host=host)
    gone = Q(payments__state=Payment.State.LEFT_OUT)
    living = Q(payments__state__in=LIVING)
    counted = found.annotate(
        count=Count("payments", filter=~gone),
        total_minor=Sum("payments__amount_minor", filter=~gone),
        open_count=Count("payments", filter=living),
    )
    return list(counted.defer("file").order_by("-number")[:most])


def by_number(host: Host, number: int) -> PayRun | None:
    """Return one pay run of a host, without its file."""
    found = PayRun.objects.filter(host=host, number=number).defer("file")
    return found.select_related("host__party", "created_by", "released_by").first()


def open_runs(host: Host) -> dict[PayRun, list[int]]:
    """Return the pay runs of which a host's bank has the file, each with its open payouts."""
    held = Payment.objects.filter(
        run__host=host, run__status=PayRun.Status.SENT, state=Payment.State.HELD
    ).select_related("run")
    found: dict[PayRun, list[int]] = {}
    subjects = {(f"expense:{one.expense_id}", one.attempt): one.run for one in held}
    waiting = [Payout.State.HELD, Payout.State.SENT]
    for payout in Payout.objects.filter(host=host, state__in=waiting).order_by("pk"):
        run = subjects.get((payout.subject.rpartition(":")[0], payout.attempt))
        if run is not None:
            found.setdefault(run, []).append(payout.pk)
    return found


def payments_of(run: PayRun) -> QuerySet[Payment]:
    """Return what a run pays, in the order of the groups and the expenses."""
    return run.payments.select_related(
        "expense__collective", "expense__payee", "expense__author", "expense__payout_method"
    ).order_by("expense__collective__name", "expense")


def payable(host: Host, *, most: int = 200) -> list[Expense]:
    """Return what a host may choose to pay: agreed to, in no living run, the oldest first."""
    hosted = Hosting.objects.filter(host=host, until=None).values("collective")
    living = Payment.objects.filter(expense=OuterRef("pk"), state__in=LIVING)
    found = Expense.objects.filter(
        ~Exists(living), collective__in=hosted, status=Expense.Status.APPROVED
    )
    by_bank = found.exclude(payee__kind=Party.Kind.COLLECTIVE)
    related = by_bank.select_related("collective", "payee", "author", "payout_method")
    return list(related.order_by("pk")[:most])


def taken(expenses: Iterable[int]) -> set[int]:
    """Return those expenses that are in a living run."""
    found = Payment.objects.filter(expense__in=list(expenses), state__in=LIVING)
    return set(found.values_list("expense_id", flat=True))


def hosted_by(host: Host, collectives: Iterable[int]) -> set[int]:
    """Return those groups whose money a host holds now."""
    found = Hosting.objects.filter(host=host, until=None, collective__in=set(collectives))
    return set(found.values_list("collective_id", flat=True))


def pot_accounts(host: Host, collectives: Iterable[int]) -> dict[int, int]:
    """Return the lowest account in which each group holds money at a host."""
    found = Account.objects.filter(
        purpose=Purpose.FUNDS, host_id=host.pk, party_id__in=set(collectives)
    ).order_by("-pk")
    return {party or 0: account for party, account in found.values_list("party_id", "pk")}
