"""Questions about many groups at once, and about one group across all apps."""

from commonweal.discovery.queries.backing import (
    MightBack,
    might_back,
)
from commonweal.discovery.queries.circles import (
    Within,
)
from commonweal.discovery.queries.claims import (
    claims,
)
from commonweal.discovery.queries.compared import (
    Compared,
    compared,
    names,
)
from commonweal.discovery.queries.costs import (
    Of,
    Own,
    Priced,
    ThemeActivities,
    priced,
    themes_with_costs,
)
from commonweal.discovery.queries.drafting import (
    drafted,
)
from commonweal.discovery.queries.figures import (
    HostShare,
    ThemeSum,
    hosts_of,
    theme_sums,
)
from commonweal.discovery.queries.finding import (
    Found,
    Order,
    Search,
    What,
    elsewhere,
    explore,
    meant,
)
from commonweal.discovery.queries.funding import (
    Paid,
    Raised,
    paid_for,
)
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
from commonweal.discovery.queries.handing import (
    Proposal,
    Way,
    playbook_proposal,
    proposal,
    way_in,
    way_of,
)
from commonweal.discovery.queries.health import (
    gifts,
)
from commonweal.discovery.queries.lineage import (
    Family,
    Heir,
    family,
    yearly_costs,
)
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
from commonweal.discovery.queries.published import (
    Block,
    Published,
    blocks,
    published,
)
from commonweal.discovery.queries.similar import (
    Similar,
    similar,
)
from commonweal.discovery.queries.things import (
    Doing,
    News,
    Other,
    Thing,
    Written,
    coming_up,
)
from commonweal.discovery.queries.tracing import (
    Behind,
    Journey,
    Sort,
    Source,
    Use,
    behind,
    journey,
    untraced,
)
from commonweal.discovery.queries.weeks import (
    Week,
    weeks,
)

__all__ = [
    "Aim",
    "Backer",
    "Behind",
    "Block",
    "Census",
    "Compared",
    "District",
    "Doing",
    "Family",
    "Found",
    "Group",
    "Heir",
    "HostShare",
    "HostedBy",
    "Journey",
    "Member",
    "MightBack",
    "News",
    "Of",
    "Offer",
    "Order",
    "Other",
    "Own",
    "Paid",
    "Portrait",
    "Priced",
    "Proposal",
    "Published",
    "Raised",
    "Search",
    "Similar",
    "Sort",
    "Source",
    "ThemeActivities",
    "ThemeCount",
    "ThemeSum",
    "Thing",
    "Use",
    "Wall",
    "Way",
    "Week",
    "What",
    "Within",
    "Written",
    "behind",
    "blocks",
    "census",
    "claims",
    "coming_up",
    "compared",
    "districts",
    "drafted",
    "elsewhere",
    "explore",
    "family",
    "gifts",
    "groups_of",
    "hosts_of",
    "journey",
    "meant",
    "might_back",
    "names",
    "of_the_day",
    "offers",
    "paid_for",
    "places",
    "playbook_proposal",
    "portrait",
    "priced",
    "proposal",
    "published",
    "similar",
    "team",
    "theme_sums",
    "themes",
    "themes_with_costs",
    "untraced",
    "wall",
    "way_in",
    "way_of",
    "weeks",
    "yearly_costs",
]
