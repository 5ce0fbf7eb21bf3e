"""The QR code that banking apps read (EPC069-12)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from segno import helpers

register = template.Library()

_QUIET_ZONE = 4


@register.simple_tag
def epc_qr(facts: Mapping[str, str], label: str) -> SafeString:
    """Draw the code of a transfer; banking apps fill in the whole form from it."""
    code = epc_code(facts)
    width = code.symbol_size(border=_QUIET_ZONE)[0]
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path class="qr-bg" d="M0 0h{}v{}h-{}z"/><path class="qr-fg" d="{}"/></svg>',
        width, width, label, width, width, width, mark_safe(_dark(code)),  # noqa: S308 - digits
    )  # fmt: skip


def epc_code(facts: Mapping[str, str]) -> segno.QRCode:
    """Return the code. Only a creditor reference may stand in the field for references."""
    reference = facts["reference"].replace(" ", "")
    is_creditor_reference = reference.startswith("RF")
    return helpers.make_epc_qr(
        name=facts["holder"][:70],
        iban=facts["iban"],
        bic=facts["bic"] or None,
        amount=Decimal(facts["amount"]),
        reference=reference if is_creditor_reference else None,
        text=None if is_creditor_reference else reference,
    )


def _dark(code: segno.QRCode) -> str:
    """Return the dark squares as one path, one rectangle for each run in a row."""
    runs = []
    for y, row in enumerate(code.matrix_iter(border=_QUIET_ZONE)):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return "".join(runs)
