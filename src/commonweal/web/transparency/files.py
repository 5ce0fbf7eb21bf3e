"""The log as files: what never changes may be kept for ever, the rest is asked for each time."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from commonweal.discovery import queries as discovery
from commonweal.ledger.models import Position
from commonweal.transparency import queries
from commonweal.transparency.rules.tiles import Tile

_TEXT = "text/plain; charset=utf-8"
_JSON = "application/json"
_BYTES = "application/octet-stream"
_A_YEAR_S = 31_536_000
_SOON_S = 1
_BUSY = 503


@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """Send the newest checkpoint, a signed note."""
    newest = queries.checkpoint()
    if newest is None:
        raise Http404
    return _fresh(HttpResponse(queries.note(newest), content_type=_TEXT))


@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """Send every public key this log had."""
    return _fresh(HttpResponse(queries.keys_file(), content_type=_JSON))


@require_safe
def claims(_request: HttpRequest) -> HttpResponse:
    """Send the balances and totals that pages show, once the log is as far as they are."""
    newest = queries.checkpoint()
    if newest is None:
        raise Http404
    content = queries.claimed(newest, discovery.claims)
    if not content:
        return HttpResponse(status=_BUSY, headers={"Retry-After": "1"})
    return _fresh(HttpResponse(content, content_type=_JSON))


@require_safe
def shown(_request: HttpRequest, number: int) -> HttpResponse:
    """Send what pages show of 256 transactions."""
    try:
        return _fresh(HttpResponse(queries.shown(number), content_type=_JSON))
    except queries.Unpublished as error:
        raise Http404 from error


@require_safe
def tile(_request: HttpRequest, path: str) -> HttpResponse:
    """Send a tile of hashes or a bundle of leaves."""
    try:
        content = queries.tile(Tile.at(path))
    except (ValueError, queries.Unpublished) as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=_BYTES)
    patch_cache_control(response, public=True, max_age=_A_YEAR_S, immutable=True)
    return _open(response)


@require_safe
def receipt(_request: HttpRequest, key: UUID) -> HttpResponse:
    """Send the proof of one transaction as a file."""
    found = Position.objects.filter(transaction__key=key).values_list("position", flat=True)
    proof = queries.proof(found.first())
    if proof is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="receipt-{key}.json"'}
    return JsonResponse(proof.receipt(), json_dumps_params={"indent": 1}, headers=headers)


def _fresh(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=0, s_maxage=_SOON_S)
    return _open(response)


def _open(response: HttpResponse) -> HttpResponse:
    """Let pages of other servers read it too: a witness, or a page that compares."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
