"""Addresses of groups: starting one, and its desk. Its public page is its profile."""

from django.urls import path

from commonweal.web.collectives import (
    activities,
    comparing,
    desk,
    editing,
    plan,
    planning,
    starting,
)

app_name = "collectives"
urlpatterns = [
    path("compare", comparing.compare, name="compare"),
    path("start", starting.start, name="start"),
    path("<slug:slug>/desk", desk.desk, name="desk"),
    path("<slug:slug>/close", desk.close, name="close"),
    path("<slug:slug>/edit", editing.edit, name="edit"),
    path("<slug:slug>/goals", editing.goals, name="goals"),
    path("<slug:slug>/plan", plan.plan, name="plan"),
    path("<slug:slug>/activities", activities.activities, name="activities"),
    path("<slug:slug>/activities/new", planning.activity_new, name="activity_new"),
    path("<slug:slug>/activities/<int:number>/edit", planning.activity_edit, name="activity_edit"),
    path("<slug:slug>/activities/<int:number>/plan", plan.activity_plan, name="activity_plan"),
    path(
        "<slug:slug>/activities/<int:number>/close", planning.activity_close, name="activity_close"
    ),
    path(
        "<slug:slug>/activities/<int:number>/reopen",
        planning.activity_reopen,
        name="activity_reopen",
    ),
    path("<slug:slug>/goals/<int:number>/remove", editing.remove_goal, name="remove_goal"),
]
