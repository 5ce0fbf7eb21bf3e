"""A rail of which tests need that it keeps its fee when a gift goes back."""

from dataclasses import replace

from commonweal.rails.sandbox.rail import SandboxCard


class KeepingCard(SandboxCard):
    """A pretend card whose company gives no fee back."""

    name = "keeper"
    capabilities = replace(SandboxCard.capabilities, keeps_fee=True)
