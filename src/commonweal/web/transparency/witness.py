"""Being a witness for other logs: C2SP tlog-witness over HTTP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from commonweal.transparency import actions
from commonweal.transparency.rules.notes import BadNote
from commonweal.transparency.rules.requests import LONGEST, Request

_TEXT = "text/plain; charset=utf-8"
_SIZE = "text/x.tlog.size"


@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """Cosign another log's checkpoint, or say why not; nobody needs to sign in for it."""
    try:
        content = request.read(LONGEST + 1)
        if len(content) > LONGEST:
            return HttpResponse("too long\n", status=413, content_type=_TEXT)
        line = actions.cosign(request=Request.read(content.decode()))
    except (BadNote, UnicodeDecodeError):
        return HttpResponse("not a request to a witness\n", status=400, content_type=_TEXT)
    except actions.OtherSize as other:
        return HttpResponse(f"{other.size}\n", status=other.status, content_type=_SIZE)
    except actions.NotCosigned as reason:
        return HttpResponse(f"{reason.__doc__}\n", status=reason.status, content_type=_TEXT)
    return HttpResponse(line, content_type=_TEXT)
