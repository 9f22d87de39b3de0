"""The outbox: who gets a mail, nothing private in it, and a mail that nobody needs any more."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten
from casussen.acties import afspraken, deelnemers, evaluaties, gezin
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links, postvak
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid, Logregel, Medewerker, Toegangslink, Uitnodiging
from casussen.models.bericht import BerichtSoort, BerichtStatus
from tests.cast import Kuipers
from tests.mailserver import Mailserver, mailserver
from tests.post import DAG, status, tekst_van, verstuur, zet


@pytest.fixture
def server(settings: Settings) -> Iterator[Mailserver]:
    """A mail server that this site sends to."""
    with mailserver(settings) as draaiend:
        yield draaiend


# What a version puts in the outbox ------------------------------------------------------------------------


def test_fixing_a_version_mails_everyone_once_except_who_did_it(kuipers: Kuipers, server: Mailserver) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    assert verstuur() == 5
    assert verstuur() == 0
    assert sorted(server.aan) == [
        "a.soedamah@ggz.example",
        "bart@gezin.example",
        "esra@gezin.example",
        "i.broekhuis@debrug.example",
        "r.assink@delinde.example",
    ]
    assert set(Bericht.objects.values_list("status", flat=True)) == {BerichtStatus.VERSTUURD}
    assert Logregel.objects.filter(daad="mailde", casus_id=kuipers.casus.pk).count() == 5


def test_an_act_that_fails_mails_nobody(kuipers: Kuipers) -> None:
    class Mislukt(Exception):
        pass

    def mislukt() -> None:
        with transaction.atomic():
            stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
            raise Mislukt

    with pytest.raises(Mislukt):
        mislukt()
    assert not Bericht.objects.exists()


def test_a_mail_says_who_to_answer_and_keeps_its_identity(kuipers: Kuipers, server: Mailserver) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    server.gedrag[kuipers.ruben.email] = ["451 later"]
    verstuur()
    verstuur(timedelta(hours=1))
    (mail,) = server.mails
    assert mail["Message-ID"] == f"<{bericht.pk}@127.0.0.1>"
    assert mail["Reply-To"] == "s.wolters@noord.example"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_link_in_a_mail_opens_and_its_token_is_nowhere_else(kuipers: Kuipers, server: Mailserver) -> None:
    zet(kuipers.ruben, kuipers.casus)
    verstuur()
    tekst = tekst_van(server.mails[0])
    token = re.search(r"/t/([\w-]+)/", tekst)
    assert token
    link = Toegangslink.objects.filter(token_hash=links.hash_van(token[1])).first()
    assert link is not None
    assert link.deelnemer == kuipers.ruben
    assert token[1] not in link.token_hash


AAN_STAF = (
    BerichtSoort.LEEFTIJD, BerichtSoort.BEWAREN, BerichtSoort.NOODTOEGANG, BerichtSoort.UITNODIGING,
    BerichtSoort.WACHTWOORD, BerichtSoort.ACCOUNT, BerichtSoort.TEAMOVERDRACHT,
)  # fmt: skip
OVERZICHT = BerichtSoort.OVERZICHT
# Of these something must have happened first; what they say is tested where that is told.
NA_IETS = (
    BerichtSoort.WIJZIGING, BerichtSoort.NAJAGEN, BerichtSoort.GEEN_ANTWOORD, BerichtSoort.DRAAD, BerichtSoort.CODE,
)  # fmt: skip


# Nothing private ------------------------------------------------------------------------------------------


def test_no_mail_names_the_family_a_problem_or_a_task(kuipers: Kuipers, server: Mailserver) -> None:
    door, casus = kuipers.door, kuipers.casus
    henk = deelnemers.zet_netwerklid(
        door=door,
        casus=casus,
        pk=kuipers.opa.pk,
        versie=kuipers.opa.versie,
        persoon={"naam": "Henk Kuipers", "relatie": "opa", "email": "henk@familie.example"},
        velden={},
    )
    professional = kuipers.teams.sanne.professional
    assert professional is not None
    mensen: list[tuple[Deelnemer | Gezinslid | Medewerker, list[BerichtSoort]]] = [
        (
            kuipers.ruben,
            [soort for soort in BerichtSoort if soort not in (BerichtSoort.OVERZICHT, *AAN_STAF, *NA_IETS)],
        ),
        (henk, [BerichtSoort.TAAK, BerichtSoort.NIEUWE_LINK]),
        (kuipers.bart, [soort for soort in BerichtSoort if soort not in (BerichtSoort.TAAK, *AAN_STAF, *NA_IETS)]),
        (kuipers.teams.sanne, [BerichtSoort.EVALUATIE_NADERT, BerichtSoort.EVALUATIE_VOORBIJ, *AAN_STAF]),
    ]
    kuipers.evaluatie.datum = DAG
    kuipers.evaluatie.save()
    _wat_de_staf_hoort(kuipers)
    for met_nummer in (True, False):
        Bericht.objects.all().delete()  # nobody was asked before
        for aan, soorten in mensen:
            for soort in soorten:
                oorzaak = str(met_nummer)
                berichten.zet_klaar(soort=soort, aan=aan, casus=casus, oorzaak=oorzaak, datum=DAG, meteen=True)
        verstuur()
        professional.telefoon = ""
        professional.save()
    assert len(server.mails) == 2 * sum(len(soorten) for _aan, soorten in mensen)
    gezin_woorden = ["Kuipers", "Demir", "Bart", "Esra", "Milan", "Henk", "opa"]
    tekstwoorden = [afspraak.wat for afspraak in casus.afspraken.all()]
    tekstwoorden += [antwoord.tekst for antwoord in casus.antwoorden.all()]
    tekstwoorden += [deelnemer.waarvoor for deelnemer in casus.deelnemers.all() if deelnemer.waarvoor]
    tekstwoorden += ["op het wijkteam", "GGZ", "mentor"]
    for mail in server.mails:
        adres = str(mail["To"])
        alles = "\n".join([*(f"{naam}: {waarde}" for naam, waarde in mail.items()), tekst_van(mail)])
        alles = alles.replace(adres, "")
        for woord in gezin_woorden + tekstwoorden:
            assert not re.search(rf"\b{re.escape(woord)}\b", alles, re.IGNORECASE), (woord, alles)


def _wat_de_staf_hoort(kuipers: Kuipers) -> None:
    """What the mails to staff are about, each with a reason that names somebody."""
    teams, casus, nu = kuipers.teams, kuipers.casus, timezone.now()
    casus.noodtoegangen.create(
        medewerker=teams.joost, reden="Milan is weggelopen.", van=nu, tot=nu + timedelta(hours=1)
    )
    casus.overdrachten.create(
        van_team=teams.zuid, naar_team=teams.noord, reden="Bart verhuist.", door=teams.karin, op=nu
    )
    Uitnodiging.objects.create(medewerker=teams.sanne, organisatie=teams.noord.organisatie, door=teams.bea)


def test_parents_are_addressed_with_u_and_helpers_with_je(kuipers: Kuipers, server: Mailserver) -> None:
    for aan, soort in [(kuipers.bart, BerichtSoort.OVERZICHT), (kuipers.ruben, BerichtSoort.TAAK)]:
        assert isinstance(aan, Deelnemer | Gezinslid)
        zet(aan, kuipers.casus, soort)
        zet(aan, kuipers.casus, BerichtSoort.NIEUWE_LINK)
    verstuur()
    for mail in server.mails:
        woorden = set(re.findall(r"\w+", f"{mail['Subject']} {tekst_van(mail)}".lower()))
        naar_ouder = mail["To"] == "bart@gezin.example"
        assert not woorden & ({"je", "jou", "jouw"} if naar_ouder else {"u", "uw"})
        assert tekst_van(mail).splitlines()[0] == ("Dag," if naar_ouder else "Dag Ruben,")


def test_the_coordinator_is_led_to_the_page_behind_the_login(kuipers: Kuipers, server: Mailserver) -> None:
    kuipers.evaluatie.datum = DAG
    kuipers.evaluatie.save()
    zet(kuipers.teams.sanne, kuipers.casus, BerichtSoort.EVALUATIE_NADERT)
    verstuur()
    tekst = tekst_van(server.mails[0])
    assert f"/casussen/{kuipers.casus.pk}/evaluatie/" in tekst
    assert "dinsdag 15 december 2026" in tekst
    assert not Toegangslink.objects.exists()


def test_a_line_break_in_a_name_does_not_break_the_header(kuipers: Kuipers, server: Mailserver) -> None:
    Medewerker.objects.filter(pk=kuipers.teams.sanne.pk).update(naam="Sanne\nBcc: iemand@elders.example")
    zet(kuipers.ruben, kuipers.casus)
    assert verstuur() == 1
    assert server.mails[0]["Bcc"] is None


# Mails that are not needed any more -----------------------------------------------------------------------


def _neemt_afscheid(k: Kuipers) -> None:
    for afspraak in k.casus.afspraken.filter(deelnemer=k.ruben):
        afspraken.laat_vervallen(door=k.door, casus=k.casus, afspraak=afspraak)
    deelnemers.beeindig_deelnemer(door=k.door, casus=k.casus, deelnemer=k.ruben)


def _sluit(k: Kuipers) -> None:
    Casus.objects.filter(pk=k.casus.pk).update(afgesloten_op=timezone.now())


def _wist_adres(k: Kuipers) -> None:
    assert k.ruben.professional is not None
    k.ruben.professional.email = ""
    k.ruben.professional.save()


def _gaat_weg(k: Kuipers) -> None:
    gezin.haal_gezinslid_weg(door=k.door, casus=k.casus, gezinslid=k.bart)


def _wil_geen_mail(k: Kuipers) -> None:
    gezin.zet_gezinslid(door=k.door, casus=k.casus, pk=k.bart.pk, versie=k.bart.versie, velden={"krijgt_mail": False})


def _verliest_gezag(k: Kuipers) -> None:
    gezin.zet_gezinslid(door=k.door, casus=k.casus, pk=k.bart.pk, versie=k.bart.versie, velden={"gezag": False})


def _verzet_de_dag(k: Kuipers) -> None:
    evaluaties.plan_evaluatie(
        door=k.door,
        casus=k.casus,
        pk=k.evaluatie.pk,
        versie=k.evaluatie.versie,
        velden={"datum": DAG + timedelta(days=1)},
    )


def _is_er_niet_bij(k: Kuipers) -> None:
    k.evaluatie.afwezige_deelnemers.add(k.ruben)
    k.evaluatie.afwezige_gezinsleden.add(k.bart)


@pytest.mark.parametrize(
    ("wat", "wie", "soort"),
    [
        (_neemt_afscheid, "ruben", BerichtSoort.TAAK),
        (_sluit, "ruben", BerichtSoort.TAAK),
        (_wist_adres, "ruben", BerichtSoort.TAAK),
        (_gaat_weg, "bart", BerichtSoort.OVERZICHT),
        (_wil_geen_mail, "bart", BerichtSoort.OVERZICHT),
        (_verliest_gezag, "bart", BerichtSoort.OVERZICHT),
        (_verzet_de_dag, "ruben", BerichtSoort.EVALUATIE_NADERT),
        (_verzet_de_dag, "bart", BerichtSoort.EVALUATIE_VOORBIJ),
        (_is_er_niet_bij, "ruben", BerichtSoort.EVALUATIE_NADERT),
        (_is_er_niet_bij, "bart", BerichtSoort.EVALUATIE_NADERT),
    ],
)
def test_a_mail_that_lost_its_sense_is_withdrawn(
    kuipers: Kuipers, server: Mailserver, wat: object, wie: str, soort: BerichtSoort
) -> None:
    kuipers.evaluatie.datum = DAG
    kuipers.evaluatie.save()
    blijft = zet(kuipers.esra, kuipers.casus, soort) if wat is not _sluit else None
    bericht = zet(getattr(kuipers, wie), kuipers.casus, soort)
    assert callable(wat)
    wat(kuipers)
    verstuur()
    assert status(bericht) == BerichtStatus.INGETROKKEN
    assert getattr(kuipers, wie).email not in server.aan
    if blijft is not None and wat is not _verzet_de_dag:
        assert status(blijft) == BerichtStatus.VERSTUURD


def test_a_reminder_that_comes_too_late_is_withdrawn(kuipers: Kuipers, server: Mailserver) -> None:
    kuipers.evaluatie.datum = DAG
    kuipers.evaluatie.save()
    bericht = zet(kuipers.ruben, kuipers.casus, BerichtSoort.EVALUATIE_NADERT)
    berichten.verstuur_alles(nu=timezone.now() + timedelta(minutes=1), vandaag=DAG + timedelta(days=1))
    assert status(bericht) == BerichtStatus.INGETROKKEN


# Links and the demo's mailbox -----------------------------------------------------------------------------


def test_a_link_opens_as_many_days_as_the_organisation_chose_and_for_the_family_until_the_evaluation(
    kuipers: Kuipers,
) -> None:
    over_twee_weken = timezone.localdate() + timedelta(days=14)
    _adres, link = links.maak_link(kuipers.ruben, nu=timezone.now())
    _adres, van_bart = links.maak_link(kuipers.bart, nu=timezone.now())
    assert (links.laatste_dag(link), links.laatste_dag(van_bart)) == (over_twee_weken, kuipers.evaluatie.datum)
    kuipers.evaluatie.delete()
    _adres, van_bart = links.maak_link(kuipers.bart, nu=timezone.now())
    assert links.laatste_dag(van_bart) == over_twee_weken
    assert links.opent(link, link.geldig_tot - timedelta(seconds=1))
    assert not links.opent(link, link.geldig_tot)


def test_the_demo_keeps_every_mail_and_lists_the_newest_first(
    kuipers: Kuipers, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "casussen.berichten.postvak.EmailBackend"
    settings.POSTVAK_DIR = tmp_path / "postvak"
    zet(kuipers.ruben, kuipers.casus)
    verstuur()
    zet(kuipers.ilse, kuipers.casus)
    verstuur()
    mails = postvak.alle_mails()
    assert [mail.aan for mail in mails] == [kuipers.ilse.email, kuipers.ruben.email]
    assert "Sanne Wolters" in mails[0].onderwerp
    assert "/t/" in mails[0].tekst
