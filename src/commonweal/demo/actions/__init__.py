"""Building the demo city: the plan is carried out by the same actions as real life."""

from commonweal.demo.actions.building import CouldNotBuild, build

__all__ = ["CouldNotBuild", "build"]
