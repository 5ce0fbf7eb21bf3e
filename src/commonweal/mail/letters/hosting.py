"""Letters between groups and the hosts they ask."""

from __future__ import annotations

from commonweal.activity.models import Fact
from commonweal.hosting.models import Application
from commonweal.mail.letters.table import Entry, Told, number_in, to_admins


def _to_host(fact: Fact) -> Told:
    application = _application(fact)
    people = to_admins(application.host.party, but=[fact.by_id])
    return Told(people, {"application": application, "note": fact.note})


def _to_group(fact: Fact) -> Told:
    application = _application(fact)
    people = to_admins(application.collective, but=[fact.by_id])
    return Told(people, {"application": application, "note": fact.note})


def _application(fact: Fact) -> Application:
    found = Application.objects.select_related("collective", "host__party")
    return found.get(pk=number_in(fact))


LETTERS = {
    "application.sent": Entry("application_sent", _to_host),
    "application.answered": Entry("application_answered", _to_host),
    "application.asked": Entry("application_asked", _to_group),
    "application.approved": Entry("application_approved", _to_group),
    "application.declined": Entry("application_declined", _to_group),
}
