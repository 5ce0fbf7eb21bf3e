-- What an activity cost is asked for activity by activity.
CREATE INDEX ledger_transaction_by_activity ON ledger_transaction ((refs->>'activity'))
    WHERE refs ? 'activity';
