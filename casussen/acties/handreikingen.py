"""Loading content sets."""

from django.db import transaction
from django.utils.translation import gettext as _

from casussen import inhoud, logboek
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.inhoud import Inhoud
from casussen.models import Handreiking


@transaction.atomic
def laad_handreiking(*, door: Actor, gelezen: Inhoud) -> tuple[Handreiking, bool]:
    """Stores one version of a content set. Casussen that run keep the version that they started with.

    in: who, the checked content; out: the stored version and whether it is new; raises Geweigerd when this version
    number is there already with another text.
    """
    vingerafdruk = inhoud.vingerafdruk(gelezen)
    handreiking, nieuw = Handreiking.objects.get_or_create(
        soort=gelezen.soort,
        nummer=gelezen.versie,
        defaults={"gegevens": inhoud.als_dict(gelezen), "vingerafdruk": vingerafdruk},
    )
    if handreiking.vingerafdruk != vingerafdruk:
        raise Geweigerd(
            _(
                "Versie %(nummer)d van %(soort)s is al geladen, met een andere tekst. Er is niets veranderd. "
                "Maak het getal achter “versie” hoger en laad het bestand opnieuw."
            )
            % {"nummer": gelezen.versie, "soort": gelezen.soort}
        )
    if nieuw:
        logboek.schrijf(door=door, daad="laadde_handreiking", casus_id=None, over=handreiking)
    return handreiking, nieuw
