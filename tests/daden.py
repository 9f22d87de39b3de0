"""Every deed that changes a casus as one row, for the tests that hold for all of them; and two people at once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from casussen.acties import (
    adresboek,
    afspraken,
    antwoorden,
    deelnemers,
    evaluaties,
    gezin,
    regie,
    toestemming,
    vaststellen,
)
from casussen.actor import Actor, ActorSoort
from casussen.models import (
    Casus,
    Deelnemer,
    Evaluatie,
    Gezinslid,
    Logregel,
    Logzegel,
    Organisatie,
)
from tests.cast import Kuipers


def nieuw_id(kuipers: Kuipers, soort: str) -> UUID:
    """The id that a form would hand out for something new: the same one for every press on its button."""
    return uuid5(kuipers.casus.pk, soort)


def achter_link(mens: Deelnemer | Gezinslid) -> Actor:
    """Somebody behind the own link."""
    if isinstance(mens, Deelnemer):
        return Actor(soort=ActorSoort.DEELNEMER, deelnemer=mens)
    return Actor(soort=ActorSoort.GEZINSLID, gezinslid=mens)


def alles(*, ook_log: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the application (the log apart), to see that nothing changed."""
    modellen = apps.get_app_config("casussen").get_models(include_auto_created=True)
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in modellen
        if ook_log or model not in (Logregel, Logzegel)
    }


@contextmanager
def ongedaan() -> Iterator[None]:
    """Whatever happens inside is undone, so that the next deed begins with the same casus."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def sluit(casus: Casus) -> None:
    """Closes a casus, as an evaluation that ends everything does."""
    Casus.objects.filter(pk=casus.pk).update(afgesloten_op=timezone.now())


@dataclass(frozen=True)
class Daad:
    """One deed: how it is done, the line in the log that it leaves, and what must be there before."""

    naam: str
    doe: Callable[[Kuipers, Actor], object]
    regel: str
    velden: list[str] = field(default_factory=list)
    vooraf: Callable[[Kuipers], object] = lambda kuipers: None


def _zet_gezinslid(k: Kuipers, door: Actor) -> object:
    velden = {"naam": "Tante Fenna", "relatie": "iemand anders"}
    return gezin.zet_gezinslid(door=door, casus=k.casus, pk=nieuw_id(k, "lid"), versie=0, velden=velden)


def _wijzig_gezinslid(k: Kuipers, door: Actor) -> object:
    return gezin.zet_gezinslid(
        door=door, casus=k.casus, pk=k.bart.pk, versie=1, velden={"naam": "Bart Kuipers", "telefoon": "06-0000 0199"}
    )


def _voeg_helper_toe(k: Kuipers, door: Actor) -> object:
    professional = k.teams.mieke.professional
    assert professional is not None
    return deelnemers.voeg_professional_toe(
        door=door, casus=k.casus, pk=nieuw_id(k, "helper"), professional=professional, velden={"waarvoor": "vervangt"}
    )


def _zet_netwerklid(k: Kuipers, door: Actor) -> object:
    return deelnemers.zet_netwerklid(
        door=door, casus=k.casus, pk=nieuw_id(k, "netwerk"), versie=0,
        persoon={"naam": "Buurvrouw Tineke", "relatie": "buurvrouw"}, velden={"waarvoor": "Milan eet er soms"},
    )  # fmt: skip


def _wijzig_netwerklid(k: Kuipers, door: Actor) -> object:
    return deelnemers.zet_netwerklid(
        door=door, casus=k.casus, pk=k.opa.pk, versie=1,
        persoon={"telefoon": "06-0000 0198"}, velden={"waarvoor": "Milan slaapt er soms"},
    )  # fmt: skip


def _wijzig_rol(k: Kuipers, door: Actor) -> object:
    velden = {"beslist": "over het weekend", "voor_wie": [k.milan]}
    return deelnemers.wijzig_deelnemer(door=door, casus=k.casus, pk=k.ruben.pk, versie=1, velden=velden)


def _wijzig_in_adresboek(k: Kuipers, door: Actor) -> object:
    velden = {"naam": "Ilse Broekhuis", "telefoon": "085-0000 022"}
    return adresboek.wijzig_in_adresboek(door=door, casus=k.casus, deelnemer=k.ilse, versie=1, velden=velden)


def _zet_afspraak(k: Kuipers, door: Actor) -> object:
    velden = {"wat": "Ik kook op vrijdag.", "deelnemer": k.amrita, "gekozen_gezinsleden": [k.bart]}
    return afspraken.zet_afspraak(door=door, casus=k.casus, pk=nieuw_id(k, "afspraak"), versie=0, velden=velden)


def _wijzig_afspraak(k: Kuipers, door: Actor) -> object:
    velden = {"wat": "Ik kom elke donderdag om 17 uur.", "wanneer": "elke donderdag"}
    return afspraken.zet_afspraak(door=door, casus=k.casus, pk=k.komt_woensdag.pk, versie=1, velden=velden)


def _plan_evaluatie(k: Kuipers, door: Actor) -> object:
    velden = {"datum": timezone.localdate() + timedelta(days=28), "afwezige_deelnemers": [k.opa]}
    return evaluaties.plan_evaluatie(door=door, casus=k.casus, pk=k.evaluatie.pk, versie=1, velden=velden)


def _leg_evaluatie_vast(k: Kuipers, door: Actor) -> object:
    lopend = k.casus.afspraken.filter(vervallen_op__isnull=True)
    return evaluaties.leg_evaluatie_vast(
        door=door,
        casus=k.casus,
        evaluatie=Evaluatie.objects.get(pk=k.evaluatie.pk),
        oordelen=dict.fromkeys(lopend, "gelukt"),
        velden={"ging_goed": "We bellen elkaar eerder.", "vervolg": "door"},
        nieuwe_datum=timezone.localdate() + timedelta(days=70),
    )


def _reageer(k: Kuipers, door: Actor) -> object:
    return afspraken.reageer(
        door=door, afspraak=k.komt_woensdag, inhoud_versie=1, soort="vraag", tekst="Mag het ook om 17 uur?"
    )


def _vraag_ilse(k: Kuipers) -> object:
    return regie.wijs_aan(door=k.door, casus=k.casus, functie="vervanger", deelnemer=k.ilse)


def _linde(k: Kuipers) -> Organisatie:
    assert k.ruben.professional is not None
    return k.ruben.professional.organisatie


def _zet_grond(k: Kuipers, door: Actor) -> object:
    velden = {"grond": "toestemming", "reden": ""}
    return toestemming.zet_grond(door=door, casus=k.casus, organisatie=_linde(k), versie=0, velden=velden)


def _leg_verteld_vast(k: Kuipers, door: Actor) -> object:
    return toestemming.leg_verteld_vast(
        door=door, casus=k.casus, organisaties=[_linde(k)], wie=[k.bart], hoe="gesproken", op=timezone.localdate()
    )


def _leg_toestemming_vast(k: Kuipers, door: Actor) -> object:
    velden = {
        "zegt": "ja", "doel": "Milan logeert er.", "onderdelen": ["naam"], "hoe": "papier", "op": timezone.localdate()
    }  # fmt: skip
    return toestemming.leg_toestemming_vast(
        door=door, casus=k.casus, organisatie=_linde(k), pk=nieuw_id(k, "ja"), gevers=[k.milan], gever_anders="",
        velden=velden,
    )  # fmt: skip


def _trek_in(k: Kuipers, door: Actor) -> object:
    return toestemming.trek_in(door=door, casus=k.casus, organisatie=_linde(k), gever=k.milan, na_intrekken="wissen")


def _meld_wissen_gevraagd(k: Kuipers, door: Actor) -> object:
    return toestemming.meld_wissen_gevraagd(door=door, casus=k.casus, organisatie=_linde(k))


# What staff records about reading along; each waits for the one before it.
DELEN = [
    Daad("zet_grond", _zet_grond, "koos_grond", ["toestemming"]),
    Daad("leg_verteld_vast", _leg_verteld_vast, "legde_verteld_vast"),
    Daad(
        "leg_toestemming_vast",
        _leg_toestemming_vast,
        "legde_toestemming_vast",
        ["ja"],
        vooraf=lambda k: _zet_grond(k, k.door),
    ),
    Daad(
        "trek_in",
        _trek_in,
        "trok_toestemming_in",
        ["wissen"],
        vooraf=lambda k: _leg_toestemming_vast(k, k.door),
    ),
    Daad("meld_wissen_gevraagd", _meld_wissen_gevraagd, "vroeg_om_wissen", vooraf=lambda k: _trek_in(k, k.door)),
]

# What staff does in a casus of their own team; in this order they can be done one after the other.
STAF = [
    Daad("zet_gezinslid", _zet_gezinslid, "voegde_gezinslid_toe", ["naam", "relatie"]),
    Daad("wijzig_gezinslid", _wijzig_gezinslid, "wijzigde_gezinslid", ["telefoon"]),
    Daad("voeg_professional_toe", _voeg_helper_toe, "voegde_helper_toe"),
    Daad("zet_netwerklid", _zet_netwerklid, "voegde_netwerklid_toe", ["netwerklid", "van", "waarvoor"]),
    Daad("wijzig_netwerklid", _wijzig_netwerklid, "wijzigde_netwerklid", ["telefoon", "waarvoor"]),
    Daad("wijzig_deelnemer", _wijzig_rol, "wijzigde_helper", ["beslist", "voor_wie"]),
    Daad("wijzig_in_adresboek", _wijzig_in_adresboek, "wijzigde_adresboek", ["telefoon"]),
    Daad(
        "wijs_aan",
        lambda k, door: regie.wijs_aan(door=door, casus=k.casus, functie="regievoerder", deelnemer=k.ilse),
        "wees_aan",
        ["regievoerder"],
    ),
    Daad(
        "zet_afspraak",
        _zet_afspraak,
        "maakte_afspraak",
        ["deelnemer", "gekozen_gezinsleden", "wat"],
    ),
    Daad("wijzig_afspraak", _wijzig_afspraak, "wijzigde_afspraak", ["wanneer", "wat"]),
    Daad(
        "laat_vervallen",
        lambda k, door: afspraken.laat_vervallen(door=door, casus=k.casus, afspraak=k.komt_woensdag),
        "liet_afspraak_vervallen",
    ),
    Daad(
        "bewaar_antwoord",
        lambda k, door: antwoorden.bewaar_antwoord(
            door=door, casus=k.casus, vraag="wie_mist", versie=0, velden={"tekst": "De trainer van Milan."}
        ),
        "schreef_antwoord",
        ["wie_mist"],
    ),
    Daad("plan_evaluatie", _plan_evaluatie, "plande_evaluatie", ["afwezige_deelnemers", "datum"]),
    Daad("leg_evaluatie_vast", _leg_evaluatie_vast, "legde_evaluatie_vast", ["door"]),
    Daad(
        "stel_vast",
        lambda k, door: vaststellen.stel_vast(door=door, casus=k.casus, nummer=1),
        "stelde_vast",
    ),
    Daad(
        "beeindig_deelnemer",
        lambda k, door: deelnemers.beeindig_deelnemer(door=door, casus=k.casus, deelnemer=k.opa),
        "beeindigde_deelname",
    ),
    Daad(
        "haal_gezinslid_weg",
        lambda k, door: gezin.haal_gezinslid_weg(door=door, casus=k.casus, gezinslid=k.bart),
        "haalde_gezinslid_weg",
    ),
]

# What Ilse alone may do, behind her own link.
EIGEN = [
    Daad("reageer", _reageer, "reageerde", ["vraag"]),
    Daad(
        "zet_eigen_bereikbaarheid",
        lambda k, door: deelnemers.zet_eigen_bereikbaarheid(
            door=door, deelnemer=k.ilse, versie=1, velden={"dagen": [1, 3], "uren_van": time(8, 30)}
        ),
        "wijzigde_bereikbaarheid",
        ["dagen", "uren_van"],
    ),
    Daad(
        "aanvaard",
        lambda k, door: regie.aanvaard(door=door, regie=k.casus.regie.get(functie="vervanger", tot=None)),
        "aanvaardde",
        ["vervanger"],
        vooraf=_vraag_ilse,
    ),
]


def tegelijk(houd_vast: Callable[[], object], *daden: Callable[[], object]) -> list[object]:
    """Does deeds at the same moment, each in a thread with its own connection.

    in: what locks the row that they all need first, the deeds; out: what each gave back or raised, in their order.
    They are let go only when each is waiting for that row, so they really are there at the same moment.
    """
    uitkomsten: list[object] = [None] * len(daden)

    def doe(nummer: int, daad: Callable[[], object]) -> None:
        try:
            uitkomsten[nummer] = daad()
        except Exception as fout:  # the test looks at what it is
            uitkomsten[nummer] = fout
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(nummer, daad)) for nummer, daad in enumerate(daden)]
    with transaction.atomic():
        houd_vast()
        for draad in draden:
            draad.start()
        wacht_op_wachtenden(len(daden))
    for draad in draden:
        draad.join()
    return uitkomsten


def wacht_op_wachtenden(aantal: int) -> None:
    """Returns once so many connections to this database wait for a lock; fails after thousands of looks."""
    with connection.cursor() as cursor:
        for _keer in range(3000):
            cursor.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(0.01)")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            rij = cursor.fetchone()
            if rij and rij[0] == aantal:
                return
    raise AssertionError("nobody waited for the lock")
