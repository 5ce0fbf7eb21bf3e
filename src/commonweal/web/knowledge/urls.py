"""Addresses of updates and of following."""

from django.urls import path

from commonweal.web.knowledge import by_mail, feeds, stopping, updates, writing

app_name = "knowledge"
ONE = "<slug:slug>/updates/<int:number>"
urlpatterns = [
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
]
