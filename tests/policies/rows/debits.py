"""Direct debits: who signs and takes it back, chooses, lets go, and hears what the bank says."""

from __future__ import annotations

import io

from commonweal.banking import actions as banking
from commonweal.giving import actions as giving
from commonweal.payments import actions as payments
from debiting import ACCOUNT, CREDITOR, HOLDER, TERMS
from policies.rows.row import DAN, HOST, PURSE, THE_SERVER, Row
from policies.town import Town


def answer(town: Town) -> io.BytesIO:
    """Return how the bank refuses a whole file."""
    return io.BytesIO(
        f"<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>{town.debits.released.uuid.hex}"
        "</OrgnlMsgId><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>"
        .encode()
    )  # fmt: skip


DEBITS = {
    "sign for a gift": Row(
        giving.sign_mandate, DAN,
        lambda town: {
            "contribution": town.debits.unsigned, "holder": HOLDER, "iban": ACCOUNT,
            "signature": "Dan", "language": "en",
        },
    ),
    "take a mandate back": Row(
        giving.revoke_mandate, DAN, lambda town: {"contribution": town.debits.signed}
    ),
    "say how a host collects": Row(
        payments.set_collect_terms, HOST,
        lambda town: {"host": town.host, "creditor_id": CREDITOR, **TERMS, "second_person": True},
    ),
    "choose what to collect together": Row(
        payments.prepare_collection, PURSE,
        lambda town: {"host": town.host, "charges": [town.debits.due.pk]},
    ),
    "let a collection run go": Row(
        payments.release_collection, PURSE, lambda town: {"run": town.debits.prepared}
    ),
    "take the file of a collection run": Row(
        payments.take_collection_file, PURSE, lambda town: {"run": town.debits.released}
    ),
    "give up a collection run": Row(
        payments.cancel_collection, PURSE, lambda town: {"run": town.debits.released}
    ),
    "bring what the bank answers": Row(
        banking.take_answers, PURSE,
        lambda town: {"host": town.host, "content": answer(town)},
    ),
    "forget by what was collected from Dan": Row(
        payments.forget_mandates, DAN | THE_SERVER, lambda town: {"person": town.dan}
    ),
}  # fmt: skip
