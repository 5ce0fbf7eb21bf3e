"""What people type when they look for a group, and what they must see among the first three."""

from dataclasses import replace

import pytest

from commonweal.discovery.queries import Order, Search, explore

pytestmark = pytest.mark.django_db

QUESTIONS = {
    # by name, also in part, without accents, in capitals
    "Repair Café Marolles": "Repair Café Marolles",
    "repair cafe flagey": "Repair Café Flagey",
    "JARDIN DE LA SENNE": "Jardin de la Senne",
    "theatre du rez de chaussee": "Théâtre du Rez-de-Chaussée",
    "nuits parvis": "Les Nuits du Parvis",
    "mesh": "Mesh Anderlecht",
    "ludotheque": "Ludothèque Volante",
    "bijen": "Bijenkring Woluwe",
    # what is done, in English
    "repair café": "Repair Café Marolles",
    "fix my toaster": "Fix it, Forest",
    "I want to start a repair café in my city": "Repair Café Flagey",
    "community garden": "Samentuin Zurenborg",
    "vegetable gardens": "Samentuin Zurenborg",
    "hackathon": "Hack the Commute",
    "soup": "Soup Sunday",
    "cargo bikes": "Cargo Bike Pool",
    "welcome refugees": "Welcome Bags Woluwe",
    "choir": "Canal Choir",
    "library": "Night Library",
    "rowing": "Canal Rowers",
    "board games": "Ludothèque Volante",
    "compost": "Compost Collectif Jette",
    "solar panels": "Zonnedelers Ganshoren",
    "open data": "Open Brussels Data",
    "street party": "Speelstraat Evere",
    "coding for kids": "Code Club Canal",
    "bees": "Bijenkring Woluwe",
    "skateboard": "Skate Plaza Forest",
    "legal help with papers": "Papers Please Help",
    "podcast": "Tram Stories",
    # in French
    "café réparation": "Repair Café Marolles",
    "réparer un grille-pain": "Repair Café Flagey",
    "atelier vélo": "Vélo Atelier Nord",
    "potager": "Jardin de la Senne",
    "jardins partagés": "Jardin de la Senne",
    "chorale": "Canal Choir",
    "couture": "Femmes de la Place",
    "bibliothèque": "Night Library",
    "aide juridique": "Papers Please Help",
    "théâtre": "Théâtre du Rez-de-Chaussée",
    "frigo solidaire": "Frigo Solidaire Ixelles",
    "panneaux solaires": "Zonnedelers Ganshoren",
    "accueil des réfugiés": "Welcome Bags Woluwe",
    "je voudrais lancer une ludothèque": "Ludothèque Volante",
    "tables de conversation": "Café Langues Jette",
    # in Dutch
    "herstelcafé": "Herstelcafé Evere",
    "moestuin": "Samentuin Zurenborg",
    "moestuinen": "Samentuin Zurenborg",
    "samentuin": "Samentuin Zurenborg",
    "fietsherstel": "Vélo Atelier Nord",
    "koor": "Canal Choir",
    "buurtkeuken": "Buurtkeuken Koekelberg",
    "speelstraten": "Speelstraat Evere",
    "zonnepanelen": "Zonnedelers Ganshoren",
    "weggeefmarkt": "Geefplein Uccle",
    "toneel": "Théâtre du Rez-de-Chaussée",
    # with typing mistakes
    "repiar cafe": "Repair Café Sint-Amandsberg",
    "comunity gardn": "Samentuin Zurenborg",
    "hackaton": "Hack the Commute",
    "bibliotheque noctune": "Night Library",
    "fietshestel": "Vélo Atelier Nord",
    "quire canal": "Canal Choir",
    # with a place
    "repair café Ixelles": "Repair Café Flagey",
    "repair café Elsene": "Repair Café Flagey",
    "compost Jette": "Compost Collectif Jette",
    "groups in Ganshoren": "Zonnedelers Ganshoren",
    "sport Forest": "Skate Plaza Forest",
    "sport in Vorst": "Skate Plaza Forest",
}


def test_what_people_type_finds_the_group_they_mean(city):
    missed = {}
    for question, meant in QUESTIONS.items():
        found = [one.name for one in explore(Search(text=question, order=Order.BEST)).groups[:3]]
        if meant not in found:
            missed[question] = found

    assert len(QUESTIONS) >= 60
    assert missed == {}


def test_what_is_near_goes_before_what_fits_as_well_elsewhere(city, brussels):
    garden = Search(text="community garden", order=Order.BEST)

    near = explore(replace(garden, near=brussels.pk)).groups

    assert explore(garden).groups[0].name == "Samentuin Zurenborg"
    assert near[0].name == "Compost Collectif Jette"
    assert "Jardin de la Senne" in [one.name for one in near[:3]]
