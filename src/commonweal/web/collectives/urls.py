"""Addresses of groups: starting one, and its desk. Its public page is its profile."""

from django.urls import path

from commonweal.web.collectives import comparing, desk, editing, plan, starting

app_name = "collectives"
urlpatterns = [
    path("compare", comparing.compare, name="compare"),
    path("start", starting.start, name="start"),
    path("<slug:slug>/desk", desk.desk, name="desk"),
    path("<slug:slug>/close", desk.close, name="close"),
    path("<slug:slug>/edit", editing.edit, name="edit"),
    path("<slug:slug>/goals", editing.goals, name="goals"),
    path("<slug:slug>/plan", plan.plan, name="plan"),
    path("<slug:slug>/goals/<int:number>/remove", editing.remove_goal, name="remove_goal"),
]
