"""Checking one transaction, and what can be checked at all."""

from __future__ import annotations

from base64 import b64encode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.ledger import queries as ledger
from commonweal.transparency import queries
from commonweal.transparency.rules.notes import Verifier
from commonweal.web.hypermedia import render_page
from commonweal.web.ledger import whole


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Say what anyone can check, how, and what that does not prove."""
    newest = queries.checkpoint()
    context = {
        "checkpoint": newest,
        "root": b64encode(newest.root).decode() if newest else "",
        "key": queries.signer_of(newest) if newest else None,
        "history": [(one, Verifier.read(one.verifier)) for one in queries.key_history()],
        "witnesses": queries.cosignatures(newest) if newest else [],
        "asked": queries.witnesses(),
        "watched": queries.watched(),
        "witness_key": queries.witness_verifier(),
        "site_address": request.build_absolute_uri("/").rstrip("/"),
    }
    return render_page(request, "transparency/verify.html", context)


@require_safe
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the proof that a transaction is in the log; with scripts, the browser tries it."""
    found = ledger.one_transaction(key)
    if found is None:
        raise Http404
    proof = queries.proof(found.position)
    context = {
        "shown": whole.story(found),
        "proof": proof,
        "path": [b64encode(one).decode() for one in proof.path] if proof else [],
        "root": b64encode(proof.checkpoint.root).decode() if proof else "",
        "key": queries.signer_of(proof.checkpoint) if proof else None,
        "site_address": request.build_absolute_uri("/").rstrip("/"),
    }
    return render_page(request, "transparency/check.html", context)
