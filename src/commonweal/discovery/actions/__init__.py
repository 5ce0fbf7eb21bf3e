"""What discovery changes: what can be found, what gifts paid for, groups that start from others."""

from commonweal.discovery.actions.listing import list_anew
from commonweal.discovery.actions.starting import start_from, start_from_playbook
from commonweal.discovery.actions.tracing import trace, trace_anew

__all__ = ["list_anew", "start_from", "start_from_playbook", "trace", "trace_anew"]
