"""Addresses of updates, of following, of playbooks and of help."""

from django.urls import path

from commonweal.web.knowledge import (
    answering,
    by_mail,
    call_writing,
    calls,
    feeds,
    help_desk,
    helping,
    playbook_writing,
    playbooks,
    shown,
    stopping,
    updates,
    writing,
)

app_name = "knowledge"
ONE = "<slug:slug>/updates/<int:number>"
PLAYBOOK = "playbooks/<slug:slug>"
CALL = "<slug:slug>/help/<int:number>"
urlpatterns = [
    path("help", calls.calls, name="calls"),
    path("help/yours", helping.yours, name="yours"),
    path("help/answers/<str:token>", answering.your_answer, name="your_answer"),
    path("help/given/<str:token>", helping.your_help, name="your_help"),
    path("<slug:slug>/help", calls.group_calls, name="group_calls"),
    path("<slug:slug>/help/new", call_writing.call_new, name="call_new"),
    path("<slug:slug>/help/desk", help_desk.help_desk, name="help_desk"),
    path("<slug:slug>/help/letters", help_desk.help_letters, name="help_letters"),
    path("<slug:slug>/help/thank", help_desk.thank, name="thank"),
    path("<slug:slug>/help/tell", helping.tell, name="tell"),
    path("<slug:slug>/help/answers/<int:number>", help_desk.answer_decide, name="answer_decide"),
    path("<slug:slug>/help/given/<int:number>", help_desk.help_decide, name="help_decide"),
    path(CALL, calls.call, name="call"),
    path(f"{CALL}/answer", answering.answer, name="answer"),
    path(f"{CALL}/edit", call_writing.call_edit, name="call_edit"),
    path(f"{CALL}/turn", call_writing.call_turn, name="call_turn"),
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
    path("files/updates/<slug:word>.webp", shown.update_picture, name="update_picture"),
    path("<slug:slug>/follow", updates.follow, name="follow"),
    path("<slug:slug>/follow/mail", by_mail.follow_by_mail, name="follow_by_mail"),
    path("updates/confirm/<str:token>", by_mail.confirm, name="confirm"),
    path("<slug:slug>/unfollow", updates.unfollow, name="unfollow"),
]
