"""How hosts and givers stand on papers: names, addresses, numbers. Old papers stay as they were."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from commonweal.activity.actions import record
from commonweal.foundation import clock
from commonweal.foundation.errors import NotAllowed, Refused
from commonweal.hosting.models import Host
from commonweal.papers import policies
from commonweal.papers.models import Details, Imprint
from commonweal.papers.rules import numbers
from commonweal.people import policies as people
from commonweal.people.models import Party

_LONGEST = 500


class NotRecognised(Refused):
    """Say under which decision the tax office recognises you, and for Belgium from which day."""

    status = 422


class WrongWayRound(Refused):
    """The last day cannot be before the first one."""

    status = 422


class NumberMissing(Refused):
    """Donation receipts carry the host's own enterprise number. Type it too."""

    status = 422


@transaction.atomic
def set_imprint(
    *, host: Host, legal_name: str, address: str, by: Party, number: str = "", vat_words: str = "",
    signed_by: str = "", in_belgium: bool = False, belgian_reference: str = "",
    belgian_since: date | None = None, belgian_until: date | None = None,
    in_france: bool = False, french_reference: str = "", purpose: str = "",
) -> Imprint:  # fmt: skip
    """Keep how a host stands on the papers that it gives out from now on."""
    if not policies.may_set_imprint(by, host):
        raise NotAllowed
    if belgian_since and belgian_until and belgian_until < belgian_since:
        raise WrongWayRound
    is_known = not in_belgium or (belgian_reference and belgian_since)
    if not is_known or (in_france and not (french_reference and purpose)):
        raise NotRecognised
    if (in_belgium or in_france) and not number.strip():
        raise NumberMissing
    kept = {
        "legal_name": legal_name[:_LONGEST], "address": address[:_LONGEST],
        "number": numbers.enterprise(number), "vat_words": vat_words[:_LONGEST],
        "signed_by": signed_by[:_LONGEST], "in_belgium": in_belgium,
        "belgian_reference": belgian_reference[:_LONGEST], "belgian_since": belgian_since,
        "belgian_until": belgian_until, "in_france": in_france,
        "french_reference": french_reference[:_LONGEST], "purpose": purpose[:_LONGEST],
    }  # fmt: skip
    imprint, _is_new = Imprint.objects.update_or_create(host=host, defaults=kept)
    record("host.imprint_set", subject=f"party:{host.pk}", by=by.pk, party=host.pk, public=False)
    return imprint


@transaction.atomic
def set_details(
    *, party: Party, name: str, address: str, by: Party | None, number: str | None = ""
) -> Details:
    """Keep how somebody wants to stand on papers; a number of None stays as it is.

    People give their national number, all others the number of their enterprise.
    """
    if not policies.may_have(by, party):
        raise NotAllowed
    kept = {"name": name[:_LONGEST], "address": address[:_LONGEST], "changed_at": clock.now()}
    if number is not None:
        is_person = party.kind == Party.Kind.PERSON
        kept["number"] = (numbers.national if is_person else numbers.enterprise)(number)
    details, _is_new = Details.objects.update_or_create(party=party, defaults=kept)
    record(
        "details.set", subject=f"party:{party.pk}", by=by.pk if by else None,
        party=party.pk, public=False,
    )  # fmt: skip
    return details


@transaction.atomic
def forget_details(*, person: Party, by: Party | None) -> int:
    """Delete how an erased person wanted to stand on papers; return of how many parties.

    Papers that were given out stay as long as the law asks to keep them.
    """
    if by is not None and not people.may_erase(by, person):
        raise NotAllowed
    ours = [person.pk, *person.claimed.values_list("pk", flat=True)]
    return Details.objects.filter(party__in=ours).delete()[0]
