"""Forms about oneself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.people import rules
from commonweal.people.models import Party, Role


class AddressForm(forms.Form):
    """An e-mail address to mail a code to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send a code to it. There is no password."),
        widget=forms.EmailInput({"autocomplete": "username webauthn", "spellcheck": "false"}),
    )

    def clean_email(self) -> str:
        """Keep it as we keep addresses."""
        try:
            return rules.proper_address(self.cleaned_data["email"])
        except rules.NotAnAddress as error:
            raise forms.ValidationError(error.told_in(gettext)) from error


class NameForm(forms.Form):
    """What to call somebody."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=rules.LONGEST_NAME,
        help_text=_("Others see it beside what you do here. You can change it later."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        """Refuse a name of signs that cannot be seen."""
        try:
            return rules.proper_name(self.cleaned_data["name"])
        except rules.NameMissing as error:
            raise forms.ValidationError(error.told_in(gettext)) from error


class JoinForm(NameForm, AddressForm):
    """A name and an address."""

    field_order = ("name", "email")


class CodeForm(forms.Form):
    """The code from a letter."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits, from the letter we just sent."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ProfileForm(NameForm):
    """What a profile shows."""

    slug = forms.SlugField(
        label=_("Address of your page"),
        max_length=rules.LONGEST_SLUG,
        help_text=_("Small letters, digits and dashes. The old address keeps working."),
    )
    about = forms.CharField(
        label=_("About you"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https",
        widget=forms.URLInput({"placeholder": "https://"}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of our letters"))
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("A photograph of up to 10 MB. Where and when it was taken is removed."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    no_picture = forms.BooleanField(label=_("Show no picture"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]


class PersonForm(ProfileForm):
    """What a person's profile shows, and who finds it."""

    findable = forms.BooleanField(
        label=_("Others find me when they search"),
        required=False,
        help_text=_("By your name and by what you say about yourself."),
    )


_LEGAL_FORMS = [
    (Party.LegalForm.COMPANY, _("A company")),
    (Party.LegalForm.ASSOCIATION, _("An association")),
    (Party.LegalForm.FOUNDATION, _("A foundation")),
    (Party.LegalForm.PUBLIC_BODY, _("A public body, such as a town or a school")),
]


class LegalFormField(forms.ChoiceField):
    """What an organization is before the law."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("What is it?"), choices=_LEGAL_FORMS,
            help_text=_("What it gives counts as a gift, from a company, or as a grant."), **kwargs,
        )  # fmt: skip


class OrganizationProfileForm(ProfileForm):
    """What the profile of an organization shows, and what it is."""

    legal_form = LegalFormField()


class OrganizationForm(forms.Form):
    """What a new organization is called, and what it is."""

    name = forms.CharField(
        label=_("Name of the organization"),
        max_length=rules.LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    legal_form = LegalFormField()
    about = forms.CharField(
        label=_("What does it do?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https",
        widget=forms.URLInput({"placeholder": "https://"}),
    )  # fmt: skip


class InviteForm(AddressForm):
    """Whom to ask, and to be what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Nobody else sees it."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Role.MEMBER, _("Team: works with us")),
            (Role.ADMIN, _("Admin: may do everything")),
            (Role.ACCOUNTANT, _("Accountant: handles money")),
            (Role.HELPER, _("Helper: lends a hand")),
        ],
    )


class EraseForm(forms.Form):
    """A word that nobody types by accident."""

    sure = forms.BooleanField(label=_("Yes, erase me. I know that it cannot be undone."))
