"""Addresses for crawlers and for those who show a link."""

from django.urls import path

from commonweal.web.sharing import cards, crawlers

app_name = "sharing"
urlpatterns = [
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemap/<slug:kind>-<int:number>.xml", crawlers.sitemap_part, name="sitemap_part"),
    path("city/card/<slug:version>.png", cards.city_card, name="city_card"),
    path("places/<slug:slug>/card/<slug:version>.png", cards.place_card, name="place_card"),
    path("<slug:slug>/card/<slug:version>.png", cards.card, name="card"),
]
