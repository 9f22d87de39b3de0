"""/beheer/: organisations, teams, staff and the address book, for whoever manages them. Never a casus."""
