"""Why a step is not taken: each says so in a sentence, and who may take it instead."""

from commonweal.foundation.errors import NotAllowed, Refused


class NotNow(Refused):
    """This expense has moved on. Reload the page to see where it stands."""


class SignInFirst(NotAllowed):
    """Sign in first."""


class OwnExpense(NotAllowed):
    """Nobody agrees to or pays their own expense. Ask one of these: %(who)s."""


class OnlyAdmin(NotAllowed):
    """Nobody agrees to their own expense, and there is no other admin. Invite one."""


class ForAuthor(NotAllowed):
    """Only who filed it does this: %(who)s."""


class ForAdmins(NotAllowed):
    """Admins of the group agree. Ask one of these: %(who)s."""


class ForAccountants(NotAllowed):
    """An accountant has to agree too, as it is a large amount. Ask one of these: %(who)s."""


class ForDeciders(NotAllowed):
    """Admins of the group and those who handle the host’s money do this: %(who)s."""


class ForPayers(NotAllowed):
    """Who handles the money of the host does this. Ask %(who)s."""


class AgreedAlready(Refused):
    """You have agreed. One more has to agree: %(who)s."""


class NoHost(Refused):
    """Nobody holds money for this group, so nothing can be paid from it."""


class InsideTheBooks(Refused):
    """This goes to another group of the same host, from pot to pot: no bank is needed."""


class PaidByBank(Refused):
    """This goes to a bank account. Pay it there."""


class PassedOn(Refused):
    """This went from pot to pot. To bring it back, the other group files a grant in return."""


class ReceiptMissing(Refused):
    """Add the receipt: a photo or a PDF that shows what was paid."""

    status = 422
