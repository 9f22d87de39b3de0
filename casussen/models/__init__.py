"""Facts and constraints; nothing here decides who may do what (rechten) or changes more than one row (acties)."""

from casussen.models.afspraak import Afspraak, Reactie
from casussen.models.bericht import Bericht, Hartslag
from casussen.models.casus import Antwoord, Casus, Gezinslid, Teamoverdracht
from casussen.models.deelnemer import Deelnemer, Netwerklid, Regie
from casussen.models.draad import Draad, Draadregel
from casussen.models.evaluatie import Evaluatie, Oordeel
from casussen.models.handreiking import Handreiking
from casussen.models.logboek import Logregel, Logzegel
from casussen.models.organisatie import Foto, Lidmaatschap, Medewerker, Organisatie, Professional, Team
from casussen.models.toegang import (
    Agendafeed,
    Linkverzoek,
    Noodtoegang,
    Toegangscode,
    Toegangslink,
    Uitnodiging,
)
from casussen.models.toestemming import Deling, Geinformeerd, Toestemming
from casussen.models.vaststelling import Vaststelling
from casussen.models.verzoek import Verzoek

__all__ = [
    "Afspraak",
    "Agendafeed",
    "Antwoord",
    "Bericht",
    "Casus",
    "Deelnemer",
    "Deling",
    "Draad",
    "Draadregel",
    "Evaluatie",
    "Foto",
    "Geinformeerd",
    "Gezinslid",
    "Handreiking",
    "Hartslag",
    "Lidmaatschap",
    "Linkverzoek",
    "Logregel",
    "Logzegel",
    "Medewerker",
    "Netwerklid",
    "Noodtoegang",
    "Oordeel",
    "Organisatie",
    "Professional",
    "Reactie",
    "Regie",
    "Team",
    "Teamoverdracht",
    "Toegangscode",
    "Toegangslink",
    "Toestemming",
    "Uitnodiging",
    "Vaststelling",
    "Verzoek",
]
