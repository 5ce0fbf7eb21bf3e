"""What is typed when an expense is decided about: why, and what the bank says."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.spending.models import ReturnReason

_LONGEST = 1000


class WhyForm(forms.Form):
    """A reason for everybody, and perhaps a word to those who check or pay."""

    reason = forms.CharField(
        label=_("Why?"), max_length=_LONGEST, widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody can read it. Say what to do next."),
    )  # fmt: skip
    private_note = forms.CharField(
        label=_("Only for those who check or pay"), max_length=_LONGEST, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip


class CameBackForm(forms.Form):
    """What the bank says, which the payee reads; and a reason for everybody."""

    code = forms.ChoiceField(
        label=_("What does the bank say?"),
        choices=lambda: [(one.value, one.label) for one in ReturnReason],
        help_text=_("The payee reads the sentence. Nobody else does."),
    )
    reason = forms.CharField(
        label=_("Anything for everybody to read?"), max_length=_LONGEST, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
