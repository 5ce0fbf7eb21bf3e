"""Every action that people take, what it is tried on, and who may; all others are refused."""

from policies.rows.bank import BANK
from policies.rows.expenses import EXPENSES
from policies.rows.gifts import GIFTS
from policies.rows.groups import GROUPS
from policies.rows.help import HELP
from policies.rows.news import NEWS
from policies.rows.pay_runs import PAY_RUNS
from policies.rows.people import PEOPLE
from policies.rows.reaching import REACHING
from policies.rows.spending_life import LIFE

TABLE = PEOPLE | GROUPS | GIFTS | EXPENSES | LIFE | PAY_RUNS | NEWS | HELP | REACHING | BANK

# These ask nobody who may: whoever calls them has. Each with who that is.
CALLED_BY_OTHER_ACTIONS = {
    "activity.record": "each action writes down what it did, after it has asked who may",
    "activity.forget_words": "people.erase, which only oneself may ask for",
    "collectives.publish": "hosting.approve, in the same transaction",
    "giving.ask_again": "banking.place and banking.place_new, for one more payment of a promise",
    "giving.receive_all": "banking.place_new: as giving.receive, for many lines of a statement",
    "payments.capture_all": "giving.receive_all",
    "payments.mark_all_settled": "giving.receive_all",
    "giving.receive": "banking.place and banking.place_new: a statement shows the money",
    "giving.take_away": "banking.place_new: a statement shows that the bank took it back",
    "giving.take_in": "banking.place: somebody paid without a promise",
    "giving.undo_receipt": "banking.undo",
    "giving.fail": "giving.hear and giving.tasks: the rail says that no money comes",
    "giving.hear": "the worker, which reads the news that a rail has signed",
    "giving.settle": "giving.tasks, after the rail says that the money is here; it is idempotent",
    "knowledge.forget_unproved": "the worker, each night",
    "payments.ask_back": "giving.refund",
    "payments.bundle_payouts": "spending.release",
    "payments.capture": "giving.confirm_transfer and giving.hear",
    "payments.confirm_back": "giving.confirm_refund and giving.hear",
    "payments.confirm_payout": "spending.settle_payment, spending.mark_run_paid and banking",
    "payments.fail": "giving.cancel and giving.fail",
    "payments.hold_payout": "spending.pay",
    "payments.mark_read": "giving.hear and giving.tasks",
    "payments.mark_settled": "giving.settle",
    "payments.note_step": "payments.tasks: what a rail wants the giver to do next",
    "payments.receive": "payments.tasks: what a rail sent, with its signature checked",
    "payments.return_payout": "spending.return_payment and spending.cancel",
    "payments.send_payouts": "spending.take_file",
    "payments.start_charge": "giving.pledge",
    "people.add_party": "people.sign_up, people.ensure_guest and all that found something",
    "people.end_membership": "people.leave and people.erase",
    "people.hold_role": "people.grant and collectives.start",
    "people.sound_alarm": "the worker and check-books, with what an audit found",
    "spending.file_again": "the worker, when a draft is due",
    "spending.settle_payment": "spending.mark_paid, and banking: the bank's statement shows it",
}
