"""Addresses of updates, of following, of playbooks, and of asking people."""

from django.urls import path

from commonweal.web.knowledge import (
    answering,
    by_mail,
    feeds,
    playbook_writing,
    playbooks,
    reaching,
    reports,
    stopping,
    updates,
    wishes,
    writing,
)

app_name = "knowledge"
ONE = "<slug:slug>/updates/<int:number>"
PLAYBOOK = "playbooks/<slug:slug>"
urlpatterns = [
    path("playbooks", playbooks.playbooks, name="playbooks"),
    path("playbooks/schema/1.json", playbooks.playbook_schema, name="playbook_schema"),
    path(f"{PLAYBOOK}.json", playbooks.playbook_json, name="playbook_json"),
    path(PLAYBOOK, playbooks.playbook, name="playbook"),
    path(f"{PLAYBOOK}/history", playbooks.playbook_history, name="playbook_history"),
    path(f"{PLAYBOOK}/edit", playbook_writing.playbook_edit, name="playbook_edit"),
    path(f"{PLAYBOOK}/remove", playbook_writing.playbook_remove, name="playbook_remove"),
    path("<slug:slug>/playbooks", playbooks.group_playbooks, name="group_playbooks"),
    path("<slug:slug>/playbooks/new", playbook_writing.playbook_new, name="playbook_new"),
    path("<slug:slug>/playbooks/import", playbook_writing.playbook_import, name="playbook_import"),
    path("updates.atom", feeds.feed, name="feed"),
    path("updates/stop/<str:token>", stopping.stop, name="stop"),
    path("<slug:slug>/updates.atom", feeds.group_feed, name="group_feed"),
    path("<slug:slug>/updates", updates.updates, name="updates"),
    path("<slug:slug>/updates/new", writing.update_new, name="update_new"),
    path(ONE, updates.update, name="update"),
    path(f"{ONE}/comment", updates.comment, name="comment"),
    path(f"{ONE}/edit", writing.update_edit, name="update_edit"),
    path(f"{ONE}/publish", writing.publish, name="publish"),
    path(f"{ONE}/remove", writing.update_remove, name="update_remove"),
    path("<slug:slug>/follow", updates.follow, name="follow"),
    path("<slug:slug>/follow/mail", by_mail.follow_by_mail, name="follow_by_mail"),
    path("updates/confirm/<str:token>", by_mail.confirm, name="confirm"),
    path("<slug:slug>/unfollow", updates.unfollow, name="unfollow"),
    path("settings/wishes", wishes.wishes, name="wishes"),
    path("<slug:slug>/wishes", wishes.organization_wishes, name="organization_wishes"),
    path("<slug:slug>/reach", reaching.reach, name="reach"),
    path("<slug:slug>/reach/<slug:whom>", reaching.ask, name="ask"),
    path("asks/<int:number>", answering.asked, name="asked"),
    path("asks/refuse/<str:token>", answering.refuse, name="refuse"),
    path("<slug:slug>/hosting/reports", reports.reports, name="reports"),
    path("<slug:slug>/hosting/reports/<int:number>/pause", reports.pause, name="pause"),
    path("<slug:slug>/hosting/reports/<int:number>/allow", reports.allow, name="allow"),
]
