"""Files that banks of the euro area understand: SEPA credit transfers. Bytes out, nothing kept."""
