"""Questions about direct debits: who may be collected from, what is due, where each run stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import translation
from django.utils.translation import gettext as _

from commonweal.foundation import clock
from commonweal.foundation.money import Money
from commonweal.hosting.models import Host
from commonweal.payments import queries
from commonweal.payments.models import Charge, Collection, CollectRun, CollectTerms, Mandate
from commonweal.payments.rules import debits as rules

LIVING = (Collection.State.CHOSEN, Collection.State.ASKED)
# So long before its day a charge can be chosen.
_AHEAD = timedelta(days=31)
TEXT_VERSION = 1


@dataclass(frozen=True)
class Due:
    """A charge that can be collected, by which mandate, and on which day at the earliest."""

    charge: Charge
    mandate: Mandate
    collect_on: date

    @property
    def amount(self) -> Money:
        """How much."""
        return Money(self.charge.amount_minor, self.charge.currency)


def terms(host: Host) -> CollectTerms:
    """Return how a host collects; as usual where it said nothing."""
    return CollectTerms.objects.filter(host=host).first() or CollectTerms(host=host)


def file_kind(wanted: str) -> str:
    """Return a kind of bank file that there is: the wanted one, else the usual one."""
    files = queries.debit_files()
    return wanted if wanted in files else next(iter(files))


def mandate_of(subject: str) -> Mandate | None:
    """Return the mandate by which a promise can be collected now."""
    return Mandate.objects.filter(subject=subject, state=Mandate.State.ACTIVE).first()


def last_mandate_of(subject: str) -> Mandate | None:
    """Return the newest mandate of a promise, whether it lives or not."""
    return Mandate.objects.filter(subject=subject).order_by("-pk").first()


def words_of_mandate(host: Host, *, is_recurrent: bool, language: str) -> str:
    """Return what a giver signs, as the rulebook of the core scheme words it, in their language."""
    known = {
        "creditor": host.account_holder, "identifier": host.creditor_id,
        "days": terms(host).notice_days,
    }  # fmt: skip
    with translation.override(language):
        parts = [
            _(
                "By signing this mandate, you authorise (A) %(creditor)s to send instructions to "
                "your bank to debit your account and (B) your bank to debit your account in "
                "accordance with the instructions from %(creditor)s."
            ),
            _(
                "As part of your rights, you are entitled to a refund from your bank under the "
                "terms and conditions of your agreement with your bank. A refund must be claimed "
                "within 8 weeks starting from the date on which your account was debited. Your "
                "rights are explained in a statement that you can obtain from your bank."
            ),
            _("This mandate is for recurrent payments, until you take it back.")
            if is_recurrent
            else _("This mandate is for one payment."),
            _(
                "You agree to be told of each payment at least %(days)s days before, by e-mail, "
                "with its amount and day."
            ),
        ]
        return "\n\n".join(part % known for part in parts)


def due(host: Host, *, on: date | None = None, among: Iterable[int] | None = None) -> list[Due]:
    """Return what a host may collect now or soon, by a living mandate and in no living run."""
    on = on or clock.today()
    ways = [name for name, one in queries.rails().items() if one.capabilities.by_mandate]
    living = Collection.objects.filter(charge=OuterRef("pk"), state__in=LIVING)
    found = Charge.objects.filter(
        ~Exists(living), Q(due_on=None) | Q(due_on__lte=on + _AHEAD),
        host=host, rail__in=ways, state=Charge.State.PENDING,
    )  # fmt: skip
    if among is not None:
        found = found.filter(pk__in=list(among))
    charges = list(found.order_by("due_on", "pk"))
    mandates = _mandates(charges)
    days = terms(host)
    return [
        Due(one, mandates[one.subject], day_of(one, mandates[one.subject], days, on=on))
        for one in charges
        if one.subject in mandates
    ]


def soonest(host: Host) -> date:
    """Return the first day on which a host could collect what is let go today."""
    days, today = terms(host), clock.today()
    return rules.collect_on(
        None, released_on=today, lead_days=days.lead_days, notice_days=days.notice_days
    )


def day_of(charge: Charge, mandate: Mandate, days: CollectTerms, *, on: date) -> date:
    """Return the day on which a charge is collected where its file is released on a day."""
    return rules.collect_on(
        charge.due_on, released_on=on, lead_days=days.lead_days, notice_days=mandate.notice_days
    )


def of_host(host: Host, *, most: int = 20) -> list[CollectRun]:
    """Return the newest collection runs of a host, the last one first.

    Each knows the `count` and the `total_minor` of what it collects, and how much is `open_count`.
    """
    gone = Q(collections__state=Collection.State.LEFT_OUT)
    counted = CollectRun.objects.filter(host=host).annotate(
        count=Count("collections", filter=~gone),
        total_minor=Sum("collections__amount_minor", filter=~gone),
        open_count=Count("collections", filter=Q(collections__state__in=LIVING)),
    )
    return list(counted.defer("file").order_by("-number")[:most])


def by_number(host: Host, number: int) -> CollectRun | None:
    """Return one collection run of a host, without its file."""
    found = CollectRun.objects.filter(host=host, number=number).defer("file")
    return found.select_related("host__party", "created_by", "released_by").first()


def collections_of(run: CollectRun) -> QuerySet[Collection]:
    """Return what a run collects, in the order of its days."""
    found = run.collections.select_related("charge", "mandate__party")
    return found.order_by("collect_on", "step", "pk")


def asked_for(charge: Charge) -> date | None:
    """Return for which day a charge stands in a file that a bank was or may be given."""
    asked = Collection.objects.filter(charge=charge, state=Collection.State.ASKED).first()
    return asked.collect_on if asked else None


def is_refused(charge: Charge) -> bool:
    """Whether a bank said no to a charge, and its giver was told why."""
    refused = Collection.State.REFUSED
    return Collection.objects.filter(charge=charge, state=refused).exists()


def is_used(mandate: Mandate) -> bool:
    """Whether money was collected by a mandate before, also where it went back later."""
    asked = [Collection.State.ASKED, Collection.State.COME, Collection.State.BACK]
    return Collection.objects.filter(mandate=mandate, state__in=asked).exists()


def living_for_others(host: Host, creditor_id: str) -> bool:
    """Whether givers have signed for another identifier of this host."""
    living = Mandate.objects.filter(host=host, state=Mandate.State.ACTIVE)
    return living.exclude(creditor_id=creditor_id).exists()


def too_old(on: date) -> list[Mandate]:
    """Return the living mandates that nobody has collected by for three years."""
    # No month has more days than this, so that only likely ones are looked at one by one.
    since = on - timedelta(days=365 * rules.LIFE_MONTHS // 12)
    found = Mandate.objects.filter(state=Mandate.State.ACTIVE, signed_on__lte=since)
    found = found.filter(Q(last_used_on=None) | Q(last_used_on__lte=since))
    return [one for one in found.order_by("pk") if rules.ends_on(*_days(one)) <= on]


def _days(one: Mandate) -> tuple[date, date | None]:
    return one.signed_on, one.last_used_on


def _mandates(charges: list[Charge]) -> dict[str, Mandate]:
    living = Mandate.objects.filter(state=Mandate.State.ACTIVE).select_related("party")
    return {one.subject: one for one in living.filter(subject__in={c.subject for c in charges})}
