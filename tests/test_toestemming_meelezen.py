"""An organisation that does not belong to this help gets nothing until everybody who must be asked said yes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone

from casussen import berichten
from casussen.acties import deelnemers, gezin, toestemming
from casussen.acties.berichten import stuur_opnieuw
from casussen.acties.fouten import Geweigerd
from casussen.acties.herinneringen import herinner
from casussen.acties.links import behandel_linkverzoeken, vraag_nieuwe_link
from casussen.acties.vaststellen import stel_vast
from casussen.actor import klok
from casussen.berichten import links
from casussen.models import Bericht, Gezinslid, Organisatie, Toestemming
from casussen.models.bericht import BerichtSoort
from casussen.models.toestemming import Grond, Onderdeel
from casussen.overzicht import gereed, momentopname, ontvangers, vandaag_delen
from casussen.overzicht.dossier import laad
from casussen.overzicht.taak import maak as maak_taak
from tests.cast import Kuipers
from tests.delen import ALLES, Club, iedereen_zegt_ja, maak_club, meelezer, trek_in, zegt
from tests.gezinnen import beeld_van
from tests.taaklink import antwoord, binnen, tekst, token


@pytest.fixture
def club(kuipers: Kuipers) -> Club:
    """The football club of Milan; nobody was asked yet."""
    return maak_club(kuipers)


def opent(club: Club) -> bool:
    """Whether a fresh link of the trainer opens."""
    _adres, link = links.maak_link(club.dennis, nu=timezone.now())
    return links.opent(link, timezone.now())


def inhoud(pagina: HttpResponseBase) -> str:
    """What stands on a page, without the token against forgery."""
    return tekst(pagina).partition("<main")[2].partition("<form")[0]


def wordt(lid: Gezinslid, **velden: object) -> None:
    """What is known of somebody changes."""
    Gezinslid.objects.filter(pk=lid.pk).update(**velden)


def jaren_geleden(jaren: int, dagen: int = 0) -> date:
    vandaag = timezone.localdate()
    return vandaag.replace(year=vandaag.year - jaren, day=min(vandaag.day, 28)) + timedelta(days=dagen)


# Who is asked


def test_who_belongs_to_the_help_reads_along_without_consent(club: Club) -> None:
    dossier = laad(club.casus)
    assert {rij.organisatie.naam: rij.mag_meelezen for rij in dossier.meelezers} == {
        "Wijkteam Hengelo-Noord": True,
        "De Brug": True,
        "De Linde": True,
        "GGZ Jeugd": True,
        "FC De Twent": False,
    }
    assert dossier.meelezers[0].is_eigen


def test_consent_is_complete_when_the_young_person_and_both_parents_said_yes(club: Club) -> None:
    k = club.kuipers
    for wie in (k.bart, k.milan):
        zegt(club, wie)
        assert not opent(club)
    zegt(club, k.esra)
    assert opent(club)


def test_it_is_only_about_those_whom_the_trainer_is_there_for(club: Club) -> None:
    k = club.kuipers
    assert {nodig.over for nodig in meelezer(club).nodig} == {k.milan}
    deelnemers.wijzig_deelnemer(door=k.door, casus=club.casus, pk=club.dennis.pk, versie=1, velden={"voor_wie": []})
    assert {nodig.over for nodig in meelezer(club).nodig} == {k.milan, k.bart, k.esra}


def test_one_yes_is_about_everybody_of_whom_that_person_must_be_asked(club: Club) -> None:
    k = club.kuipers
    deelnemers.wijzig_deelnemer(door=k.door, casus=club.casus, pk=club.dennis.pk, versie=1, velden={"voor_wie": []})
    assert zegt(club, k.bart) == 2
    assert {(rij.gever, rij.over) for rij in Toestemming.objects.all()} == {(k.bart, k.bart), (k.bart, k.milan)}


def test_a_no_keeps_it_closed_and_a_later_yes_opens_it(club: Club) -> None:
    k = club.kuipers
    zegt(club, k.milan, k.bart)
    zegt(club, k.esra, antwoord="nee")
    assert not opent(club)
    zegt(club, k.esra)
    assert opent(club)
    nee, ja = Toestemming.objects.filter(gever=k.esra).order_by("gemaakt_op")
    assert (nee.zegt, nee.onderdelen, nee.na_intrekken) == ("nee", [], "")
    assert nee.ingetrokken_op is not None
    assert (ja.zegt, ja.ingetrokken_op) == ("ja", None)


@pytest.mark.parametrize(("dagen", "open_"), [(0, True), (1, False)])
def test_on_the_twelfth_birthday_the_child_is_asked_too(club: Club, dagen: int, open_: bool) -> None:
    """The parents said yes; today Milan becomes 12, or tomorrow."""
    k = club.kuipers
    wordt(k.milan, geboren=jaren_geleden(12, dagen=1))
    zegt(club, k.bart, k.esra)
    meegelezen = meelezer(club)
    assert meegelezen.mag_meelezen
    # The page asks Milan beforehand.
    assert [nodig.gever for nodig in meegelezen.straks] == [k.milan]
    wordt(k.milan, geboren=jaren_geleden(12, dagen=1 - dagen))
    assert opent(club) is open_


def test_a_yes_that_was_asked_beforehand_counts_from_the_birthday(club: Club) -> None:
    k = club.kuipers
    wordt(k.milan, geboren=jaren_geleden(12, dagen=20))
    zegt(club, k.bart, k.esra, k.milan)
    wordt(k.milan, geboren=jaren_geleden(12))
    assert opent(club)
    assert not meelezer(club).straks


def test_from_sixteen_the_young_person_alone_decides(club: Club) -> None:
    k = club.kuipers
    wordt(k.milan, geboren=jaren_geleden(16, dagen=1))
    zegt(club, k.milan)
    assert not opent(club)
    wordt(k.milan, geboren=jaren_geleden(16))
    assert opent(club)


def test_a_parent_without_gezag_is_not_asked_and_one_of_whom_it_is_not_known_keeps_it_closed(club: Club) -> None:
    k = club.kuipers
    zegt(club, k.milan, k.bart)
    wordt(k.esra, gezag=None)
    assert not opent(club)
    assert meelezer(club).gezag_onbekend == [k.esra]
    wordt(k.esra, gezag=False)
    assert opent(club)


def test_without_gezag_in_the_family_a_guardian_answers(club: Club) -> None:
    k = club.kuipers
    for ouder in (k.bart, k.esra):
        wordt(ouder, gezag=False)
    zegt(club, k.milan)
    assert not opent(club)
    zegt(club, anders="T. Bos, voogd")
    assert opent(club)
    assert Toestemming.objects.get(gever=None).gever_anders == "T. Bos, voogd"


def test_somebody_who_joins_the_family_is_asked_about_too(club: Club) -> None:
    k = club.kuipers
    deelnemers.wijzig_deelnemer(door=k.door, casus=club.casus, pk=club.dennis.pk, versie=1, velden={"voor_wie": []})
    iedereen_zegt_ja(club)
    assert opent(club)
    velden = {"naam": "Fenna", "relatie": "kind", "geboren": jaren_geleden(3)}
    fenna = gezin.zet_gezinslid(door=k.door, casus=club.casus, pk=uuid4(), versie=0, velden=velden)
    assert not opent(club)
    assert {nodig.over for nodig in meelezer(club).ontbreekt} == {fenna}
    gezin.haal_gezinslid_weg(door=k.door, casus=club.casus, gezinslid=fenna)
    assert opent(club)


def test_without_anybody_in_the_family_nothing_is_shared(club: Club) -> None:
    Gezinslid.objects.filter(casus=club.casus).update(weg_op=timezone.now())
    assert not opent(club)


# Grounds


@pytest.mark.parametrize("grond", [Grond.BETROKKEN, Grond.PLICHT, Grond.GEVAAR, Grond.VEILIG_THUIS])
def test_with_another_ground_nobody_is_asked(club: Club, grond: Grond) -> None:
    velden = {"grond": grond, "reden": "Er is een melding gedaan."}
    toestemming.zet_grond(
        door=club.kuipers.door, casus=club.casus, organisatie=club.organisatie, versie=0, velden=velden
    )
    assert opent(club)
    assert not meelezer(club).nodig


def test_whoever_belongs_to_the_help_as_a_rule_can_be_asked_for_here(kuipers: Kuipers) -> None:
    brug = Organisatie.objects.get(naam="De Brug")
    _adres, link = links.maak_link(kuipers.ilse, nu=timezone.now())
    assert links.opent(link, timezone.now())
    toestemming.zet_grond(
        door=kuipers.door, casus=kuipers.casus, organisatie=brug, versie=0, velden={"grond": Grond.TOESTEMMING}
    )
    assert not links.opent(link, timezone.now())


def test_the_organisation_of_the_team_is_never_asked_for(kuipers: Kuipers) -> None:
    eigen = kuipers.teams.noord.organisatie
    Organisatie.objects.filter(pk=eigen.pk).update(hoort_bij_hulp=False)
    _adres, link = links.maak_link(kuipers.sanne, nu=timezone.now())
    assert links.opent(link, timezone.now())
    with pytest.raises(Geweigerd, match="organisatie van het team"):
        toestemming.zet_grond(
            door=kuipers.door, casus=kuipers.casus, organisatie=eigen, versie=0, velden={"grond": Grond.TOESTEMMING}
        )


def test_family_and_friends_are_not_an_organisation(kuipers: Kuipers) -> None:
    _adres, link = links.maak_link(kuipers.opa, nu=timezone.now())
    assert links.opent(link, timezone.now())


# What an organisation gets


def test_the_page_behind_the_link_is_the_same_calm_page_as_for_every_closed_link(club: Club, client: Client) -> None:
    stel_vast(door=club.kuipers.door, casus=club.casus, nummer=1)
    pad = f"/t/{token(club.dennis)}/"
    dicht = client.get(pad)
    assert dicht.status_code == 410
    assert inhoud(dicht) == inhoud(client.get("/t/bestaat-niet/"))
    for woord in ("Kuipers", "training", "FC De Twent"):
        assert woord not in tekst(dicht)
    iedereen_zegt_ja(club)
    assert "Ik bel Bart na de training." in tekst(client.get(pad))


def test_taking_a_yes_back_closes_an_open_link_in_the_same_second(club: Club, client: Client) -> None:
    iedereen_zegt_ja(club)
    stel_vast(door=club.kuipers.door, casus=club.casus, nummer=1)
    pad = f"/t/{token(club.dennis)}/"
    assert client.get(pad).status_code == 200
    trek_in(club, club.kuipers.esra)
    assert client.get(pad).status_code == 410
    assert antwoord(client, pad, club.traint, "akkoord").status_code == 410
    assert not club.traint.reacties.exists()


def test_fixing_a_version_mails_everybody_but_the_club(club: Club) -> None:
    stel_vast(door=club.kuipers.door, casus=club.casus, nummer=1)
    gemaild = {bericht.deelnemer for bericht in Bericht.objects.filter(soort=BerichtSoort.TAAK)}
    assert gemaild == {club.kuipers.ilse, club.kuipers.ruben, club.kuipers.amrita}
    iedereen_zegt_ja(club)
    assert club.dennis in berichten.bereikbare_deelnemers(club.casus)


def test_a_mail_that_waits_is_not_sent_after_a_yes_was_taken_back(club: Club) -> None:
    iedereen_zegt_ja(club)
    stel_vast(door=club.kuipers.door, casus=club.casus, nummer=1)
    wacht = Bericht.objects.get(deelnemer=club.dennis)
    assert wacht.status == "klaar"
    trek_in(club, club.kuipers.milan)
    assert berichten.verstuur_alles(nu=timezone.now() + timedelta(minutes=1)) > 0
    wacht.refresh_from_db()
    assert wacht.status == "ingetrokken"
    assert not [bericht for bericht in mail.outbox if "d.bal@fctwent.example" in bericht.to]


def test_nobody_gets_a_new_link_or_a_reminder_without_consent(club: Club) -> None:
    stel_vast(door=club.kuipers.door, casus=club.casus, nummer=1)
    dag = club.kuipers.evaluatie.datum - timedelta(days=2)

    def gevraagd() -> int:
        vraag_nieuwe_link(door=klok(), email="D.Bal@fctwent.example")
        return behandel_linkverzoeken(door=klok(), nu=timezone.now())

    assert gevraagd() == 0
    herinner(door=klok(), op=dag)
    assert not Bericht.objects.filter(deelnemer=club.dennis).exists()
    iedereen_zegt_ja(club)
    assert gevraagd() == 1
    herinner(door=klok(), op=dag)
    assert Bericht.objects.filter(deelnemer=club.dennis).count() == 2


def test_a_mail_that_did_not_arrive_is_not_sent_again_without_consent(club: Club) -> None:
    iedereen_zegt_ja(club)
    stel_vast(door=club.kuipers.door, casus=club.casus, nummer=1)
    bericht = Bericht.objects.get(deelnemer=club.dennis)
    Bericht.objects.filter(pk=bericht.pk).update(status="mislukt")
    trek_in(club, club.kuipers.bart)
    with pytest.raises(Geweigerd, match="ontbreekt toestemming"):
        stuur_opnieuw(door=club.kuipers.door, casus=club.casus, pk=bericht.pk)
    zegt(club, club.kuipers.bart)
    assert stuur_opnieuw(door=club.kuipers.door, casus=club.casus, pk=bericht.pk)


# Parts


def test_the_page_shows_only_the_parts_that_everybody_agreed_to(club: Club, client: Client) -> None:
    k = club.kuipers
    zegt(club, k.bart, k.esra)
    zegt(club, k.milan, onderdelen=["naam", "terugkijken"])
    stel_vast(door=k.door, casus=club.casus, nummer=1)
    pad = f"/t/{binnen(client, club.dennis)}/"
    pagina = tekst(client.get(pad))
    assert "Gezin Kuipers" in pagina
    assert "op het wijkteam" in pagina.lower()
    assert "na de training" not in pagina
    assert "Het gezin wil dat je hier geen afspraken leest." in pagina
    # What is not shown cannot be answered either.
    assert antwoord(client, pad, club.traint, "akkoord").status_code == 404


def test_without_the_day_no_reminder_leaves(club: Club, client: Client) -> None:
    iedereen_zegt_ja(club, onderdelen=["naam", "afspraken"])
    stel_vast(door=club.kuipers.door, casus=club.casus, nummer=1)
    dag = club.kuipers.evaluatie.datum - timedelta(days=2)
    herinner(door=klok(), op=dag)
    berichten.verstuur_alles(nu=timezone.now() + timedelta(minutes=1), vandaag=dag)
    gekregen = dict(Bericht.objects.filter(deelnemer=club.dennis).values_list("soort", "status"))
    assert gekregen == {"taak": "verstuurd", "evaluatie-nadert": "ingetrokken"}
    pagina = tekst(client.get(f"/t/{token(club.dennis)}/"))
    assert "Ik bel Bart na de training." in pagina
    assert "We praten weer samen" not in pagina


@pytest.mark.parametrize("deel", Onderdeel)
def test_every_part_of_a_consent_is_a_part_of_the_page(club: Club, deel: Onderdeel) -> None:
    """The set of parts keeps step with what the page can show."""
    iedereen_zegt_ja(club, onderdelen=sorted({"naam", deel.value}))
    stel_vast(door=club.kuipers.door, casus=club.casus, nummer=1)
    taak = maak_taak(club.dennis, club.casus)
    te_zien = {
        Onderdeel.NAAM: bool(taak.gezin and taak.waarvoor),
        Onderdeel.AFSPRAKEN: bool(taak.afspraken),
        Onderdeel.TERUGKIJKEN: taak.evaluatie is not None,
    }
    assert te_zien == {Onderdeel(naam): naam in {"naam", deel} for naam in ALLES}


# What the coordinator reads


def test_the_checklist_warns_and_does_not_block(club: Club) -> None:
    dossier = laad(club.casus)
    opname = momentopname.van_dossier(dossier)
    (punt,) = [punt for punt in gereed.punten(opname, meelezers=dossier.meelezers) if punt.toestemming]
    assert (punt.tekst, punt.staat) == ("FC De Twent krijgt nog niets: toestemming ontbreekt.", "mag_later")
    iedereen_zegt_ja(club)
    assert not [punt for punt in gereed.punten(opname, meelezers=laad(club.casus).meelezers) if punt.toestemming]


def test_the_last_look_says_who_gets_nothing_yet(club: Club) -> None:
    def van_dennis() -> ontvangers.Ontvanger:
        alle = ontvangers.ontvangers(laad(club.casus), momentopname.maak(club.casus), club.kuipers.door)
        return next(mens for mens in alle if mens.mens == club.dennis)

    assert (van_dennis().krijgt, van_dennis().hoe) == ("nog niets", "Toestemming ontbreekt.")
    assert not van_dennis().mailt
    iedereen_zegt_ja(club)
    assert van_dennis().mailt


def test_whoever_gets_nothing_is_not_waited_for(club: Club, als_sanne: Client) -> None:
    stel_vast(door=club.kuipers.door, casus=club.casus, nummer=1)
    assert club.dennis.pk not in beeld_van(club.casus).gevraagd()
    pagina = tekst(als_sanne.get(f"/casussen/{club.casus.pk}/"))
    assert "Ilse, Ruben en Amrita gaven nog geen antwoord." in pagina
    assert "FC De Twent: toestemming ontbreekt." in pagina
    assert "Krijgt nog niets: toestemming ontbreekt." in pagina


def test_it_needs_me_today(club: Club) -> None:
    def titels() -> list[str]:
        return [taak.titel for taak in vandaag_delen.taken([beeld_van(club.casus)], timezone.localdate())]

    wordt(club.kuipers.milan, geboren=jaren_geleden(14))
    assert titels() == ["Vraag om toestemming"]
    iedereen_zegt_ja(club)
    assert titels() == []
    trek_in(club, club.kuipers.bart, "wissen")
    assert titels() == ["Vraag FC De Twent om weg te doen wat zij heeft", "Vraag om toestemming"]
    toestemming.meld_wissen_gevraagd(door=club.kuipers.door, casus=club.casus, organisatie=club.organisatie)
    assert titels() == ["Vraag om toestemming"]
