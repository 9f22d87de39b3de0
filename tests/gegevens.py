"""A casus with something in every table, for the tests of copies and of removing."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from psycopg import sql

from casussen import actor
from casussen.acties import afspraken, draden, evaluaties, verzoeken
from casussen.berichten import links, zet_klaar
from casussen.models import (
    Casus,
    Deling,
    Draad,
    Evaluatie,
    Geinformeerd,
    Gezinslid,
    Noodtoegang,
    Organisatie,
    Teamoverdracht,
    Toegangscode,
    Toegangslink,
    Toestemming,
    Verzoek,
)
from casussen.models.bericht import BerichtSoort
from casussen.models.draad import RegelSoort
from casussen.overzicht import rijen
from tests.cast import Kuipers
from tests.daden import achter_link

VANDAAG = timezone.localdate


def _verzoek(k: Kuipers, **velden: Any) -> Verzoek:
    dag = VANDAAG()
    vast = {"team": k.teams.noord, "casus": k.casus, "gezinslid": k.bart, "soort": "inzage", "ontvangen_op": dag}
    return Verzoek.objects.create(**(vast | {"uiterlijk": dag} | velden))


def _besloten(k: Kuipers, **velden: Any) -> Verzoek:
    return _verzoek(k, **({"besluit": "ja", "besloten_op": timezone.now(), "besloten_door": k.teams.sanne} | velden))


def _wijzig_casus(k: Kuipers, **velden: Any) -> int:
    return Casus.objects.filter(pk=k.casus.pk).update(**velden)


def _bewaart(maanden: int | None, beleid: str) -> Organisatie:
    return Organisatie.objects.create(naam="Nieuw", bewaarbeleid=beleid, bewaar_maanden=maanden)


# What the database refuses of requests and of keeping (test_models.py).
GRENZEN: list[tuple[str, Callable[[Kuipers], object]]] = [
    ("casus_bewaren_alleen_afgesloten", lambda k: _wijzig_casus(k, bewaren_tot=VANDAAG())),
    ("casus_wissen_alleen_met_datum", lambda k: _wijzig_casus(k, wissen_besloten_op=timezone.now())),
    ("organisatie_bewaar_maanden_bij_kort", lambda k: _bewaart(None, "kort")),
    ("organisatie_bewaar_maanden_bij_kort", lambda k: _bewaart(0, "kort")),
    ("organisatie_bewaar_maanden_bij_kort", lambda k: _bewaart(241, "kort")),
    ("organisatie_bewaar_maanden_bij_kort", lambda k: _bewaart(12, "dossier")),
    ("organisatie_bewaar_maanden_bij_kort", lambda k: _bewaart(12, "")),
    ("verzoek_besluit_heel", lambda k: _besloten(k, besloten_door=None)),
    ("verzoek_besluit_heel", lambda k: _besloten(k, besloten_op=None)),
    ("verzoek_besluit_heel", lambda k: _besloten(k, besluit="")),
    ("verzoek_termijn_na_ontvangst", lambda k: _verzoek(k, uiterlijk=VANDAAG() - timedelta(days=1))),
    ("verzoek_reden_bij_deels_of_nee", lambda k: _besloten(k, besluit="nee")),
    ("verzoek_reden_bij_deels_of_nee", lambda k: _besloten(k, besluit="deels")),
    ("verzoek_verlengd_met_reden", lambda k: _verzoek(k, verlengd_op=timezone.now())),
    ("verzoek_verlengd_met_reden", lambda k: _verzoek(k, verleng_reden="Zomaar.")),
]


def vraag(k: Kuipers, lid: Gezinslid, soort: str, **anders: Any) -> Verzoek:
    """A request of somebody of the family, that came today."""
    velden: dict[str, Any] = {"tekst": "Wat staat er over mij?", "ontvangen_op": VANDAAG(), **anders}
    return verzoeken.neem_verzoek_op(door=k.door, casus=k.casus, pk=uuid4(), gezinslid=lid, soort=soort, **velden)


def beslis(k: Kuipers, verzoek: Verzoek, besluit: str = "ja", reden: str = "") -> Verzoek:
    """Sanne decides."""
    return verzoeken.beslis_verzoek(door=k.door, verzoek=verzoek, besluit=besluit, reden=reden)


def sluit_met_een_goed_einde(k: Kuipers) -> Casus:
    """Everyone stops: the evaluation is recorded and the casus closed."""
    lopend = k.casus.afspraken.filter(vervallen_op__isnull=True)
    evaluaties.leg_evaluatie_vast(
        door=actor.operator(),
        casus=k.casus,
        evaluatie=Evaluatie.objects.get(casus=k.casus, gehouden_op=None),
        oordelen=dict.fromkeys(lopend, "gelukt"),
        velden={"ging_goed": "Eén iemand belde.", "vervolg": "afsluiten"},
        einde={"blijft_bereikbaar": "Sanne, 085-0000 011", "belt_nog_een_keer": "Ilse, in maart"},
    )
    return Casus.objects.select_related("team__organisatie").get(pk=k.casus.pk)


def vul_alles(k: Kuipers) -> None:
    """Puts at least one row in every table that belongs to a casus, but for the fixed versions.

    tests/test_wissen.py fails when a table stays empty: whoever makes a new model adds it here.
    """
    casus, elders = k.casus, Organisatie.objects.get(naam="GGZ Jeugd")
    nu = timezone.now()
    afspraken.reageer(door=achter_link(k.ilse), afspraak=k.komt_woensdag, inhoud_versie=1, soort="vraag", tekst="Tien?")
    draad = Draad.objects.get(deelnemer=k.ilse)
    draden.antwoord(door=k.door, casus=casus, draad=draad, tekst="Vier uur is goed.", pk=uuid4())
    draden.zeg(
        door=achter_link(k.ruben), deelnemer=k.ruben, soort=RegelSoort.DOORGEVEN, tekst="Ik ga weg.",
        naar_naam="Nora Prins", naar_email="n.prins@delinde.example",
    )  # fmt: skip
    for lid in (k.bart, k.esra, k.milan):
        _adres, link = links.maak_link(lid, nu=nu)
        _met_code(link, lid)
        verzoeken.verleng_verzoek(door=k.door, verzoek=vraag(k, lid, "inzage"), reden="Het is veel.")
    basis: dict[str, Any] = {"casus": casus, "organisatie": elders, "vastgelegd_door": k.teams.sanne}
    for over, gever in ((k.milan, k.bart), (k.milan, k.esra), (k.bart, k.bart)):
        Toestemming.objects.create(
            **basis, over=over, gever=gever, doel="behandeling", onderdelen=["naam"], hoe="gesproken", op=VANDAAG()
        )
    Toestemming.objects.create(
        **basis, over=k.esra, gever_anders="de voogd", doel="hulp", onderdelen=["naam"], hoe="papier", op=VANDAAG()
    )
    Geinformeerd.objects.create(**basis, gezinslid=k.bart, hoe="gesproken", op=VANDAAG())
    Geinformeerd.objects.create(**basis, gezinslid=k.esra, hoe="papier", op=VANDAAG())
    Deling.objects.create(casus=casus, organisatie=elders, grond="gevaar", reden="Er is gevaar.")
    Noodtoegang.objects.create(
        casus=casus, medewerker=k.teams.karin, reden="Het kind belde.", van=nu, tot=nu + timedelta(hours=1)
    )
    Teamoverdracht.objects.create(
        casus=casus, van_team=k.teams.zuid, naar_team=k.teams.noord, reden="Verhuisd.", door=k.teams.sanne, op=nu
    )
    k.evaluatie.afwezige_deelnemers.add(k.opa)
    k.evaluatie.afwezige_gezinsleden.add(k.milan)
    k.ruben.voor_wie.add(k.milan, k.bart)
    antwoord = casus.antwoorden.get(vraag="aanleiding")
    antwoord.gekozen_gezinsleden.add(k.bart)
    k.ilse.gekozen_gezinsleden.add(k.milan)


def _met_code(link: Toegangslink, lid: Gezinslid) -> None:
    """Somebody of the family asked for a code, in a browser to which the link belongs."""
    link.browser_hash, link.gebonden_tot = "b" * 64, timezone.now() + timedelta(hours=8)
    link.save()
    bericht = zet_klaar(soort=BerichtSoort.CODE, aan=lid, casus=link.casus, oorzaak=f"code:{link.pk}")
    assert bericht is not None
    Toegangscode.objects.create(link=link, bericht=bericht, browser_hash=link.browser_hash)


def tabellen_van_een_casus() -> set[type[models.Model]]:
    """Every model with rows that belong to a casus: by a foreign key to it, or to something that belongs to it."""
    alle = list(apps.get_app_config("casussen").get_models(include_auto_created=True))
    gevonden: set[type[models.Model]] = {Casus}
    while nieuw := {model for model in alle if model not in gevonden and _hangt_aan(model, gevonden)}:
        gevonden |= nieuw
    return gevonden


def _hangt_aan(model: type[models.Model], bekend: set[type[models.Model]]) -> bool:
    return any(veld.is_relation and veld.related_model in bekend for veld in model._meta.concrete_fields)


def vrije_velden(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """The fields in which somebody can type: all texts but for choices, codes, keys and hashes."""
    for veld in model._meta.concrete_fields:
        if isinstance(veld, models.CharField | models.TextField) and veld.name in set(rijen.tekstvelden(model)):
            yield veld


def merk(casus: Casus, begin: str = "zq") -> list[str]:
    """Puts a text that exists nowhere else in every text field of every row of a casus; out: those texts.

    A rule of the database may forbid a text in some rows; each field must take it in one row at least.
    """
    merken: list[str] = []
    gedaan = set()
    for rij in rijen.van_casus(casus):
        for veld in vrije_velden(type(rij)):
            teken = f"{begin}{len(merken):04d}{begin}"
            tekst = f"{teken}@merk.example" if isinstance(veld, models.EmailField) else f"Ik {teken} wel."
            with suppress(IntegrityError), transaction.atomic():
                type(rij)._default_manager.filter(pk=rij.pk).update(**{veld.name: tekst[: veld.max_length]})
                merken.append(teken)
                gedaan.add(veld)
    assert gedaan == {veld for model in {type(rij) for rij in rijen.van_casus(casus)} for veld in vrije_velden(model)}
    return merken


def waar_in_de_database(woorden: list[str]) -> dict[str, set[str]]:
    """in: texts; out: for each table of the whole database which of them stand in it, in whatever kind of column."""
    patroon = re.compile("|".join(map(re.escape, woorden)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
        tabellen = cursor.fetchall()
        assert len(tabellen) > 30
        gevonden = {}
        for schema, naam in tabellen:
            treffers = {woord for tekst in _teksten(cursor, schema, naam) for woord in patroon.findall(tekst)}
            if treffers:
                gevonden[naam] = treffers
    return gevonden


def _teksten(cursor: Any, schema: str, naam: str) -> Iterator[str]:
    """Each row of a table as one text, with json, arrays and dates in it; bytes are in hex there, so also as text."""
    tabel = sql.Identifier(schema, naam)
    cursor.execute(sql.SQL("SELECT t::text FROM {} t").format(tabel))
    yield from [rij[0] for rij in cursor.fetchall()]
    cursor.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = %s AND table_name = %s AND data_type = 'bytea'",
        [schema, naam],
    )
    for (kolom,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT encode({}, 'escape') FROM {}").format(sql.Identifier(kolom), tabel))
        yield from [rij[0] or "" for rij in cursor.fetchall()]
