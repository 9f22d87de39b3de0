"""Facts and constraints; nothing here decides who may do what (rechten) or changes more than one row (acties)."""

from casussen.models.afspraak import Afspraak, Reactie
from casussen.models.bericht import Bericht, Hartslag
from casussen.models.casus import Antwoord, Casus, Gezinslid
from casussen.models.deelnemer import Deelnemer, Netwerklid, Regie
from casussen.models.evaluatie import Evaluatie, Oordeel
from casussen.models.handreiking import Handreiking
from casussen.models.logboek import Logregel
from casussen.models.organisatie import Lidmaatschap, Medewerker, Organisatie, Professional, Team
from casussen.models.toegang import Toegangslink
from casussen.models.vaststelling import Vaststelling

__all__ = [
    "Afspraak",
    "Antwoord",
    "Bericht",
    "Casus",
    "Deelnemer",
    "Evaluatie",
    "Gezinslid",
    "Handreiking",
    "Hartslag",
    "Lidmaatschap",
    "Logregel",
    "Medewerker",
    "Netwerklid",
    "Oordeel",
    "Organisatie",
    "Professional",
    "Reactie",
    "Regie",
    "Team",
    "Toegangslink",
    "Vaststelling",
]
