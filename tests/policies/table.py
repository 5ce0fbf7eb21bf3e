"""Every action that people take, what it is tried on, and who may; all others are refused."""

from policies.rows.bank import BANK
from policies.rows.billing import BILLING
from policies.rows.debits import DEBITS
from policies.rows.expenses import EXPENSES
from policies.rows.gifts import GIFTS
from policies.rows.groups import GROUPS
from policies.rows.help import HELP
from policies.rows.news import NEWS
from policies.rows.papers import PAPERS
from policies.rows.pay_runs import PAY_RUNS
from policies.rows.people import PEOPLE
from policies.rows.reaching import REACHING
from policies.rows.spending_life import LIFE

TABLE = (
    PEOPLE
    | GROUPS
    | GIFTS
    | EXPENSES
    | LIFE
    | PAY_RUNS
    | NEWS
    | HELP
    | REACHING
    | BANK
    | BILLING
    | PAPERS
    | DEBITS
)

# These ask nobody who may: whoever calls them has. Each with who that is.
CALLED_BY_OTHER_ACTIONS = {
    "activity.record": "each action writes down what it did, after it has asked who may",
    "activity.forget_words": "people.erase, which only oneself may ask for",
    "collectives.publish": "hosting.approve, in the same transaction",
    "giving.ask_again": "banking.place, banking.place_new and giving.confirm_transfer: one more",
    "giving.bill": "giving.tasks.bill_due, which the worker calls each hour",
    "giving.end_with_group": "giving.tasks.bill_due: the group left its host, or was closed",
    "giving.miss": "giving.tasks.bill_due: no money came of a standing order",
    "giving.resume_by_itself": "giving.tasks.bill_due: the day that the giver chose has come",
    "giving.try_again": "giving.tasks.bill_due: the day of the next try has come",
    "giving.receive_all": "banking.place_new: as giving.receive, for many lines of a statement",
    "payments.capture_all": "giving.receive_all",
    "payments.mark_all_settled": "giving.receive_all",
    "giving.rest_debit": "banking.place_new: a statement shows that the bank took it back",
    "giving.receive": "banking.place and banking.place_new: a statement shows the money",
    "giving.take_away": "banking.place_new: a statement shows that the bank took it back",
    "giving.take_in": "banking.place: somebody paid without a promise",
    "giving.undo_receipt": "banking.undo",
    "giving.fail_debit": "banking.take_answers: the bank refuses to collect it",
    "giving.fail": "giving.hear and giving.tasks: the rail says that no money comes",
    "giving.hear": "the worker, which reads the news that a rail has signed",
    "giving.settle": "giving.tasks, after the rail says that the money is here; it is idempotent",
    "knowledge.forget_unproved": "the worker, each night",
    "papers.carry_on": "papers.tasks, each minute, for a round that papers.start_round began",
    "papers.forget_old": "the worker, each night",
    "payments.ask_back": "giving.refund",
    "payments.bundle_payouts": "spending.release",
    "payments.capture": "giving.confirm_transfer and giving.hear",
    "payments.confirm_back": "giving.confirm_refund and giving.hear",
    "payments.unconfirm_back": "banking.undo",
    "payments.unconfirm_payout": "banking.undo",
    "spending.unsettle_payment": "banking.undo",
    "banking.sweep": "the worker, each night",
    "payments.confirm_payout": "spending.settle_payment, spending.mark_run_paid and banking",
    "payments.end_mandate": "giving.revoke_mandate, payments.note_mandate and the worker",
    "payments.end_mandates": "giving.cancel, giving.stop and payments.note_mandate",
    "payments.expire_mandates": "the worker, each night",
    "payments.date_charge": "giving.settle and banking, with the money that came",
    "payments.fail": "giving.cancel and giving.fail",
    "payments.give_up": "giving, where a promise does not go on",
    "payments.try_again": "giving.try_again and giving.pay_again",
    "payments.hold_payout": "spending.pay",
    "payments.mark_collected": "banking.place_new: a statement shows the money",
    "payments.mark_read": "giving.hear and giving.tasks",
    "payments.mark_settled": "giving.settle",
    "payments.mark_uncollected": "banking.take_answers and banking.place_new: so says the bank",
    "payments.note_mandate": "giving.sign_mandate",
    "payments.note_step": "payments.tasks: what a rail wants the giver to do next",
    "payments.receive": "payments.tasks: what a rail sent, with its signature checked",
    "payments.return_payout": "spending.return_payment and spending.cancel",
    "payments.send_payouts": "spending.take_file",
    "payments.start_charge": "giving.pledge",
    "people.add_party": "people.sign_up, people.ensure_guest and all that found something",
    "people.end_membership": "people.leave and people.erase",
    "people.hold_role": "people.grant and collectives.start",
    "people.sound_alarm": "the worker and check-books, with what an audit found",
    "spending.drop_unsent": "its author: it looks among the drafts of whoever asks",
    "spending.give_account": "whoever holds the link in our letter, which works once",
    "spending.file_again": "the worker, when a draft is due",
    "spending.settle_payment": "spending.mark_paid, and banking: the bank's statement shows it",
}
