"""Questions about many groups at once, and about one group across all apps."""

from commonweal.discovery.queries.backing import MightBack, might_back
from commonweal.discovery.queries.claims import claims
from commonweal.discovery.queries.compared import Compared, compared, names
from commonweal.discovery.queries.costs import (
    Priced,
    ThemeActivities,
    Within,
    funding,
    priced,
    themes_with_costs,
)
from commonweal.discovery.queries.drafting import drafted, playbook_costs
from commonweal.discovery.queries.figures import HostShare, ThemeSum, hosts_of, theme_sums
from commonweal.discovery.queries.finding import Found, Order, Other, Search, explore
from commonweal.discovery.queries.groups import (
    Aim,
    Census,
    District,
    Group,
    ThemeCount,
    census,
    districts,
    groups_of,
    of_the_day,
    places,
    themes,
)
from commonweal.discovery.queries.health import gifts
from commonweal.discovery.queries.lineage import Family, Heir, family, yearly_costs
from commonweal.discovery.queries.portraits import (
    Backer,
    HostedBy,
    Member,
    Offer,
    Portrait,
    Wall,
    offers,
    portrait,
    team,
    wall,
)
from commonweal.discovery.queries.similar import Similar, similar

__all__ = [
    "Aim",
    "Backer",
    "Census",
    "Compared",
    "District",
    "Family",
    "Found",
    "Group",
    "Heir",
    "HostShare",
    "HostedBy",
    "Member",
    "MightBack",
    "Offer",
    "Order",
    "Other",
    "Portrait",
    "Priced",
    "Search",
    "Similar",
    "ThemeActivities",
    "ThemeCount",
    "ThemeSum",
    "Wall",
    "Within",
    "census",
    "claims",
    "compared",
    "districts",
    "drafted",
    "explore",
    "family",
    "funding",
    "gifts",
    "groups_of",
    "hosts_of",
    "might_back",
    "names",
    "of_the_day",
    "offers",
    "places",
    "playbook_costs",
    "portrait",
    "priced",
    "similar",
    "team",
    "theme_sums",
    "themes",
    "themes_with_costs",
    "wall",
    "yearly_costs",
]
