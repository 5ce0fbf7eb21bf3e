"""Where each face is found."""

from django.urls import include, path

urlpatterns = [path("", include("commonweal.web.urls"))]

handler400 = "commonweal.web.errors.wrong_request"
handler403 = "commonweal.web.errors.not_allowed"
handler404 = "commonweal.web.errors.not_found"
handler500 = "commonweal.web.errors.broken"
handler429 = "commonweal.web.errors.too_many"  # django-allauth asks for it
