"""What discovery changes: the list of what can be found, and groups that start from others."""

from commonweal.discovery.actions.listing import list_anew
from commonweal.discovery.actions.starting import start_from, start_from_playbook

__all__ = ["list_anew", "start_from", "start_from_playbook"]
