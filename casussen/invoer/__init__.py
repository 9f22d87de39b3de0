"""A family in a YAML file: read it, check it, and say line and field of everything that is wrong.

`docs/importeren.md` describes the file for the people who write it. Nothing here touches the database;
`acties/importeren.py` makes a casus of what `lees` returns.
"""

from casussen.invoer.blok import Fout, InvoerFout
from casussen.invoer.lezen import lees
from casussen.invoer.vorm import Invoer

__all__ = ["Fout", "Invoer", "InvoerFout", "lees"]
