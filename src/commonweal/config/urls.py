"""Where each face is found."""

from django.urls import include, path

urlpatterns = [path("", include("commonweal.web.urls"))]
