"""What a browser says about itself, in words people know."""

from django.utils.translation import gettext as _

# The first that fits; browsers name their rivals too, so the order matters.
_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_NAMES = {"Edg": "Edge", "OPR": "Opera"}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


def named(user_agent: str) -> str:
    """Return such as `Firefox, Android`."""
    browser = next((word for word in _BROWSERS if word in user_agent), "")
    system = next((word for word in _SYSTEMS if word in user_agent), "")
    known = [part for part in (_NAMES.get(browser, browser), system) if part]
    return ", ".join(known) or _("An unknown browser")
