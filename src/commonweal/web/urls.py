"""All pages: each domain has its own list. Lists with slugs at the root come last."""

from django.urls import URLPattern, URLResolver, include, path

from commonweal.web import languages, stylesheet

urlpatterns: list[URLPattern | URLResolver] = [
    path("stylesheet/<slug:version>.css", stylesheet.stylesheet, name="stylesheet"),
    path("language/<slug:code>", languages.language, name="language"),
    path("", include("commonweal.web.instance.urls")),
    path("", include("commonweal.web.sharing.urls")),
    path("", include("commonweal.web.discovery.urls")),
    path("", include("commonweal.web.places.urls")),
    path("", include("commonweal.web.ledger.urls")),
    path("", include("commonweal.web.transparency.urls")),
    path("", include("commonweal.web.people.allauth_urls")),
    path("", include("commonweal.web.papers.urls")),
    path("", include("commonweal.web.giving.urls")),
    path("", include("commonweal.web.collectives.urls")),
    path("", include("commonweal.web.hosting.urls")),
    path("", include("commonweal.web.spending.urls")),
    path("", include("commonweal.web.knowledge.urls")),
    path("", include("commonweal.web.people.urls")),
]
