"""What a host keeps of which gifts, who bears what goes wrong, which currencies it takes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.errors import NotAllowed
from commonweal.hosting import actions, policies, rules
from commonweal.hosting.models import Host
from commonweal.web.confirming import sign_in_required
from commonweal.web.hosting.fee_forms import BearingForm, FeeForm, fee_rows
from commonweal.web.hosting.views.keeping import host_of
from commonweal.web.hypermedia import render_page
from commonweal.web.reader import reader, signed_in


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def host_fees(request: HttpRequest, slug: str) -> HttpResponse:
    """Change shares for some gifts only, and who bears fees and losses."""
    host = host_of(request, slug)
    if not policies.may_decide(reader(request), host):
        raise NotAllowed
    form = BearingForm(request.POST or None, host=host)
    rows = fee_rows(host, request.POST or None)
    if request.method == "POST" and _are_saved(request, host, form, rows):
        messages.success(request, _("Saved. It counts for what is promised from now on."))
        return redirect("hosting:host_fees", slug)
    problems = [error for row in rows if row.is_bound for error in row.non_field_errors()]
    wrong = form.errors or any(row.errors for row in rows)
    context = {"host": host, "tab": "settings", "form": form, "rows": rows, "problems": problems}
    return render_page(request, "hosting/host_fees.html", context, status=422 if wrong else 200)


def _are_saved(request: HttpRequest, host: Host, form: BearingForm, rows: list[FeeForm]) -> bool:
    """Save what was typed, if all of it can be."""
    if not all([form.is_valid(), *[row.is_valid() for row in rows]]):
        return False
    said = [rule for row in rows if (rule := row.rule())]
    typed = {"currencies": [], **form.cleaned_data}
    try:
        actions.set_fees(host=host, fees=said, by=signed_in(request), **typed)
    except rules.TwiceTheSame as refusal:
        rows[-1].add_error(None, refusal.told_in(_))
        return False
    return True
