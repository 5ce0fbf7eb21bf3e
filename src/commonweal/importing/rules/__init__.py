"""How an export is read, checked and turned into movements of money; pure."""
