"""Questions about many groups at once, and about one group across all apps."""

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
from commonweal.discovery.queries.published import Block, Published, blocks, published
from commonweal.discovery.queries.similar import Similar, similar
from commonweal.discovery.queries.weeks import Week, weeks

__all__ = [
    "Aim",
    "Backer",
    "Block",
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
    "Offer",
    "Order",
    "Other",
    "Portrait",
    "Priced",
    "Published",
    "Search",
    "Similar",
    "ThemeActivities",
    "ThemeCount",
    "ThemeSum",
    "Wall",
    "Week",
    "Within",
    "blocks",
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
    "names",
    "of_the_day",
    "offers",
    "places",
    "playbook_costs",
    "portrait",
    "priced",
    "published",
    "similar",
    "team",
    "theme_sums",
    "themes",
    "themes_with_costs",
    "wall",
    "weeks",
    "yearly_costs",
]
