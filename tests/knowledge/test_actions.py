"""Writing, publishing, changing and removing updates."""

import pytest

from commonweal.activity.models import Fact
from commonweal.collectives import actions as collectives
from commonweal.collectives.models import Collective
from commonweal.foundation.errors import NotAllowed
from commonweal.knowledge import actions, queries
from commonweal.knowledge.models import Update


def written(collective, by, title="Harvest", body="Tomatoes."):
    return actions.write_update(collective=collective, title=title, body=body, by=by)


def test_a_draft_is_read_by_nobody_until_it_is_published(gardens, bob):
    update = written(gardens, bob)

    assert list(queries.published(gardens)) == []
    assert list(queries.drafts(gardens)) == [update]
    actions.publish_update(update=update, by=bob)

    assert list(queries.published(gardens)) == [update]
    assert list(queries.drafts(gardens)) == []
    assert list(queries.latest()) == [update]


def test_publishing_is_told_once_in_the_journal(gardens, bob):
    update = written(gardens, bob)
    actions.publish_update(update=update, by=bob)

    with pytest.raises(actions.AlreadyPublished):
        actions.publish_update(update=update, by=bob)

    assert Fact.objects.filter(kind="update.published", subject=f"update:{update.pk}").count() == 1


def test_only_a_published_update_is_shown_as_edited(gardens, bob):
    update = written(gardens, bob)

    draft = actions.edit_update(update=update, title="Harvest", body="Many tomatoes.", by=bob)
    actions.publish_update(update=update, by=bob)
    same = actions.edit_update(update=update, title="Harvest", body="Many tomatoes.", by=bob)
    other = actions.edit_update(update=update, title="Harvest", body="No tomatoes.", by=bob)

    assert (draft.edited_at, same.edited_at) == (None, None)
    assert other.edited_at


def test_a_removed_update_loses_its_words_and_its_number_stays_taken(gardens, bob):
    update = written(gardens, bob)
    actions.publish_update(update=update, by=bob)

    actions.remove_update(update=update, by=bob)

    gone = Update.objects.get(pk=update.pk)
    assert (gone.title, gone.body) == ("", "")
    assert list(queries.published(gardens)) == []
    assert written(gardens, bob).number == update.number + 1
    with pytest.raises(actions.NotThere):
        actions.edit_update(update=update, title="Back", body="Again.", by=bob)


def test_each_group_counts_its_own_updates(gardens, seedlings, bob):
    numbers = [written(one, bob).number for one in (gardens, gardens, seedlings)]

    assert numbers == [1, 2, 1]


def test_a_group_that_has_ended_tells_nothing_new(seedlings, bob):
    update = written(seedlings, bob)
    collectives.close(collective=seedlings, by=bob)

    with pytest.raises(NotAllowed):
        actions.publish_update(update=update, by=bob)
    with pytest.raises(NotAllowed):
        written(Collective.objects.get(pk=seedlings.pk), bob)


def test_what_a_draft_of_a_group_tells_is_not_among_the_latest(seedlings, bob):
    actions.publish_update(update=written(seedlings, bob), by=bob)

    assert list(queries.latest()) == []
