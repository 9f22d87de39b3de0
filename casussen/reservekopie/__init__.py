"""Backup and restore: the whole database and the files that count, in one encrypted file.

`maken.maak` makes one, `terugzetten` puts one back. Both say in one Dutch sentence what went wrong (`Mislukt`).
"""

from casussen.reservekopie.fouten import Mislukt, Uitgang

__all__ = ["Mislukt", "Uitgang"]
