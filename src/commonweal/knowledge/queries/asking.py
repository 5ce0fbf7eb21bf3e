"""Who wishes to be asked, who was, and whether a group may."""

from __future__ import annotations

from django.core import signing
from django.db.models import Max, Q, QuerySet

from commonweal.collectives.models import Collective
from commonweal.foundation import clock
from commonweal.hosting import queries as hosting
from commonweal.hosting.models import Host, Hosting
from commonweal.knowledge import policies, rules
from commonweal.knowledge.models import Ask, AskingPause, Wish
from commonweal.people import queries as people
from commonweal.people.models import Party

_REFUSE = "knowledge.refuse"


def wish_of(party: Party) -> Wish | None:
    """Return what somebody wishes to be asked for, open or not."""
    return Wish.objects.select_related("place").filter(party=party.pk).first()


def shown_wish(party: Party) -> Wish | None:
    """Return what somebody's profile says that they wish to be asked for."""
    return Wish.objects.filter(party=party.pk, open=True, shown=True).first()


def terms(wish: Wish) -> rules.Terms:
    """Return a wish as the rules know it."""
    return rules.Terms(
        from_whom=wish.from_whom, gives=tuple(wish.gives), themes=tuple(wish.themes),
        within_km=wish.within_km, sentence=wish.sentence, most_a_month=wish.most_a_month,
        shown=wish.shown,
    )  # fmt: skip


def standing(collective: Collective) -> rules.Standing:
    """Return what decides whether a group may write to people now."""
    is_open = collective.status == Collective.Status.ACTIVE and hosting.current(collective)
    lately = Ask.objects.filter(collective=collective, sent_at__gt=clock.now() - rules.MONTH)
    return rules.Standing(
        open_since=collective.published_at if is_open else None,
        paused=is_paused(collective),
        sent=tuple(lately.values_list("sent_at", flat=True)),
    )


def is_paused(collective: Collective) -> bool:
    """Whether a group may not write to people for now."""
    return AskingPause.objects.filter(collective=collective, until=None).exists()


def reception(wish: Wish | None, collective: Collective) -> rules.Reception:
    """Return what decides whether a group's letter reaches somebody; `wish` comes with places."""
    if wish is None or not wish.open or wish.party.erased_at or wish.party.closed_at:
        return rules.Reception(wished=False, most_a_month=0, received=0, last_from_group=None)
    own = Ask.objects.filter(addressee=wish.party_id, collective=collective)
    lately = Ask.objects.filter(addressee=wish.party_id, sent_at__gt=clock.now() - rules.MONTH)
    return rules.Reception(
        wished=_lets(wish, collective) and not own.exclude(refused_at=None).exists(),
        most_a_month=wish.most_a_month,
        received=lately.count(),
        last_from_group=own.aggregate(last=Max("sent_at"))["last"],
    )


def _lets(wish: Wish, collective: Collective) -> bool:
    here, there = wish.place, collective.place
    away_km = (
        rules.away_km(here.latitude, here.longitude, there.latitude, there.longitude)
        if here and there
        else None
    )
    themes = list(collective.themes.values_list("slug", flat=True))
    return rules.lets(terms(wish), themes=themes, away_km=away_km)


def written(collective: Collective) -> QuerySet[Ask]:
    """Return what a group asked, newest first. For its admins."""
    asks = Ask.objects.filter(collective=collective)
    return asks.select_related("addressee", "answered_by").order_by("-sent_at", "-pk")


def received(person: Party) -> QuerySet[Ask]:
    """Return what groups asked somebody, or the organizations they are an admin of."""
    theirs = Q(addressee=person.pk) | Q(addressee__in=people.organizations_of(person).values("pk"))
    asks = Ask.objects.filter(theirs).select_related("collective", "addressee")
    return asks.order_by("-sent_at", "-pk")


def asks_of(person: Party) -> list[str]:
    """Return what the journal calls the letters that somebody wrote, got or answered."""
    own = Q(author=person.pk) | Q(addressee=person.pk) | Q(answered_by=person.pk)
    return [f"ask:{pk}" for pk in Ask.objects.filter(own).values_list("pk", flat=True)]


def ask(number: int) -> Ask | None:
    """Return a letter with who asks whom."""
    asks = Ask.objects.select_related("collective__place", "addressee", "author", "answered_by")
    return asks.filter(pk=number).first()


def reported(host: Host) -> QuerySet[Ask]:
    """Return the letters of a host's groups that somebody said were not okay, newest first."""
    groups = Hosting.objects.filter(host=host, until=None)
    asks = Ask.objects.filter(collective__in=groups.values("collective"))
    found = asks.exclude(reported_at=None).select_related("collective", "author")
    return found.order_by("-reported_at", "-pk")


def paused_groups(host: Host) -> QuerySet[Collective]:
    """Return the groups of a host that may not write to people for now."""
    return Collective.objects.filter(
        hostings__host=host, hostings__until=None, asking_pauses__isnull=False,
        asking_pauses__until=None,
    ).order_by("name")  # fmt: skip


def refuse_token(ask: Ask, person: Party) -> str:
    """Return the secret of the link by which somebody who got a letter refuses more."""
    return signing.dumps([ask.pk, person.pk], salt=_REFUSE)


def refusing_by_token(token: str) -> tuple[Ask, Party] | None:
    """Return the letter that a link is about, and who may refuse by it; None if nobody may."""
    try:
        number, person = signing.loads(token, salt=_REFUSE)
    except signing.BadSignature:
        return None
    found, who = ask(number), Party.objects.filter(pk=person).first()
    return (found, who) if found and who and policies.may_answer_ask(who, found) else None
