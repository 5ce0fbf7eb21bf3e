"""`commonweal log`: how far the public log is signed and by which key; hand it to a new one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from django.conf import settings

from commonweal.people.models import Instance
from commonweal.transparency import actions, queries
from commonweal.transparency.actions.keys import signer
from commonweal.transparency.rules.notes import BadNote


def run(options: argparse.Namespace) -> int:
    """Show the key by its fingerprint, after a hand-over if one is asked for."""
    if queries.verifier() is None:
        print("The log begins with the worker's first round, once the server has a name.")
        return 0
    if options.rotate_key:
        try:
            actions.rotate_key()
        except actions.NotSigned as reason:
            print(reason)
            return 1
        print("The old key signed the hand-over, and was replaced.")
    try:
        if options.watch:
            actions.watch(verifier=options.watch)
        if options.witness:
            verifier, address = options.witness
            actions.add_witness(verifier=verifier, address=address)
    except BadNote as reason:
        print(f"The key cannot be used: {reason}.")
        return 1
    _show()
    return 0


def examined() -> Iterator[tuple[bool, str]]:
    """Say for the doctor whose key signs, and what the last audit found; False where it is bad."""
    if queries.verifier() is None:
        yield True, "The public log begins with the worker's first round."
        return
    try:
        yield True, f"The public log is signed by the key {signer().verifier.fingerprint}."
    except actions.NotSigned as reason:
        yield False, str(reason)
    alarm = Instance.objects.values_list("alarm", flat=True).first()
    yield not alarm, alarm or "The last audit of the books found nothing wrong."


def _show() -> None:
    key, newest = queries.verifier(), queries.checkpoint()
    if key is None:
        return
    print(f"Log          {key.name}")
    print(f"Public key   {key}")
    print(f"Fingerprint  {key.fingerprint}")
    print(f"Private key  {settings.LOG_KEY}, for this account alone. Keep a copy elsewhere.")
    print(f"Signed       {newest.size if newest else 0} of {queries.size()} transactions")
    own = queries.witness_verifier()
    if own:
        print(f"As a witness {own}")
    for watched in queries.watched():
        print(f"We watch     {watched.origin}, {watched.size} transactions")
    for witness in queries.witnesses():
        print(f"Witness      {witness}: {witness.trouble or f'saw {witness.size} transactions'}")
