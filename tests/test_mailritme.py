"""Less mail: a helper chooses how often, with one press in the mail program or on a page that shows nobody's name."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from casussen.acties.mailritme import kies_mailritme
from casussen.actor import Actor, klok
from casussen.berichten import afmelden, brief
from casussen.berichten.brief import Tekst
from casussen.models import Bericht, Deelnemer, Gezinslid, Logregel, Medewerker, Professional
from casussen.models.bericht import BerichtSoort
from casussen.models.organisatie import Mailritme
from tests import cast
from tests.cast import Kuipers
from tests.daden import achter_link
from tests.kolommen import ALLES
from tests.mailserver import Mailserver, mailserver

EEN_DRUK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def server(settings: Settings) -> Iterator[Mailserver]:
    """A mail server that this site sends to."""
    with mailserver(settings) as draaiend:
        yield draaiend


def ruben(kuipers: Kuipers) -> Professional:
    """Ruben in the address book, as he stands there now."""
    return Professional.objects.get(deelnames=kuipers.ruben)


def pad(professional: Professional) -> str:
    """The address under his mails, without the name of the site."""
    return afmelden.adres(professional).removeprefix("http://127.0.0.1:8000")


# What mails say about it ------------------------------------------------------------------------------------


def _mail(kuipers: Kuipers, aan: Deelnemer | Gezinslid | Medewerker, *soorten: BerichtSoort) -> dict[str, str]:
    veld = type(aan)._meta.model_name or ""
    rijen = [Bericht(casus=kuipers.casus, soort=soort, **{veld: aan}) for soort in soorten]
    mail = brief.maak(rijen, Tekst("Een onderwerp", ("Dag,",)))
    return {**dict(mail.message().items()), "tekst": str(mail.body)}


@pytest.mark.parametrize("soort", [BerichtSoort.NAJAGEN, BerichtSoort.WIJZIGING])
def test_what_is_optional_can_be_stopped_from_the_mail(kuipers: Kuipers, soort: BerichtSoort) -> None:
    mail = _mail(kuipers, kuipers.ruben, soort)
    adres = afmelden.adres(ruben(kuipers))
    assert mail["List-Unsubscribe"] == f"<{adres}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"Wil je minder mail? Kies het hier: {adres}" in mail["tekst"]


@pytest.mark.parametrize(
    ("wie", "soorten"),
    [
        (lambda k: k.ruben, [BerichtSoort.TAAK]),
        (lambda k: k.ruben, [BerichtSoort.CODE]),
        (lambda k: k.ruben, [BerichtSoort.NAJAGEN, BerichtSoort.TAAK]),
        (lambda k: k.bart, [BerichtSoort.WIJZIGING]),
        (lambda k: k.opa, [BerichtSoort.NAJAGEN]),
        (lambda k: k.teams.sanne, [BerichtSoort.WIJZIGING]),
    ],
    ids=["a first question", "a code", "a question among it", "a parent", "a grandfather", "staff"],
)
def test_what_is_not_optional_says_nothing_of_it(
    kuipers: Kuipers, wie: Callable[[Kuipers], Deelnemer | Gezinslid | Medewerker], soorten: list[BerichtSoort]
) -> None:
    mail = _mail(kuipers, wie(kuipers), *soorten)
    assert "List-Unsubscribe" not in mail
    assert "minder mail" not in mail["tekst"]


# The page -----------------------------------------------------------------------------------------------------


def test_the_page_shows_the_choice_as_it_is_and_no_name(client: Client, kuipers: Kuipers) -> None:
    antwoord = client.get(pad(ruben(kuipers)))
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert antwoord["Referrer-Policy"] == "no-referrer"
    assert "no-store" in antwoord["Cache-Control"]
    assert re.findall(r'value="(\w+)"[^>]*checked', pagina) == ["meteen"]
    for naam in (*ALLES, "Ruben", "Assink", "De Linde", "Sanne", "Wolters"):
        assert naam not in pagina


def test_opening_the_page_changes_nothing_however_often(client: Client, kuipers: Kuipers) -> None:
    for _keer in range(10):
        client.get(pad(ruben(kuipers)) + "?List-Unsubscribe=One-Click&ritme=geen")
        client.head(pad(ruben(kuipers)))
    assert ruben(kuipers).mailritme == Mailritme.METEEN
    assert not Logregel.objects.filter(daad="koos_mailritme").exists()


def test_choosing_once_a_week_is_kept_and_shown_and_logged(client: Client, kuipers: Kuipers) -> None:
    pagina = client.post(pad(ruben(kuipers)), {"ritme": "week"}).content.decode()
    assert "Je keuze is bewaard." in pagina
    assert re.findall(r'value="(\w+)"[^>]*checked', pagina) == ["week"]
    assert ruben(kuipers).mailritme == Mailritme.WEEK
    client.post(pad(ruben(kuipers)), {"ritme": "week"})
    (regel,) = Logregel.objects.filter(daad="koos_mailritme")
    assert (regel.velden, regel.object_id) == (["week"], str(ruben(kuipers).pk))


def test_one_press_in_the_mail_program_stops_the_reminders_without_a_cookie(kuipers: Kuipers) -> None:
    streng = Client(enforce_csrf_checks=True)
    antwoord = streng.post(pad(ruben(kuipers)), EEN_DRUK)
    assert antwoord.status_code == 200  # no redirect: mail programs do not follow one (RFC 8058)
    assert ruben(kuipers).mailritme == Mailritme.GEEN


@pytest.mark.parametrize("velden", [{}, {"ritme": "nooit"}, {"List-Unsubscribe": "Two-Click"}])
def test_a_press_without_a_choice_changes_nothing_and_says_so(
    client: Client, kuipers: Kuipers, velden: dict[str, str]
) -> None:
    pagina = client.post(pad(ruben(kuipers)), velden).content.decode()
    assert "Kies hoe vaak je mail wilt." in pagina
    assert "Je keuze is bewaard." not in pagina
    assert ruben(kuipers).mailritme == Mailritme.METEEN


def test_nobody_can_make_such_an_address_or_use_it_for_another(client: Client, kuipers: Kuipers) -> None:
    goed = pad(ruben(kuipers))
    nummer, _punt, handtekening = goed.rstrip("/").rsplit("/", 1)[1].partition(".")
    assert kuipers.ilse.professional is not None
    for vals in (nummer, f"{nummer}.", f"{kuipers.ilse.professional.pk}.{handtekening}", "x", f"{nummer}.{'A' * 43}"):
        antwoord = client.post(f"/mail/{vals}/", {"ritme": "geen"})
        assert antwoord.status_code == 404, vals
    assert set(Professional.objects.values_list("mailritme", flat=True)) == {Mailritme.METEEN}


def test_the_address_of_somebody_who_left_the_address_book_opens_nothing(client: Client, kuipers: Kuipers) -> None:
    weg = Professional.objects.create(naam="Weg", organisatie=kuipers.teams.noord.organisatie)
    adres = pad(weg)
    weg.delete()
    assert client.get(adres).status_code == 404


def test_the_token_opens_no_page_of_a_family(client: Client, kuipers: Kuipers) -> None:
    token = pad(ruben(kuipers)).rstrip("/").rsplit("/", 1)[1]
    for begin in ("t", "o"):
        assert client.get(f"/{begin}/{token}/").status_code == 410


# The act -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wie", [lambda k: achter_link(k.ruben), lambda k: klok()], ids=["himself", "his own address"])
def test_somebody_chooses_for_himself(kuipers: Kuipers, wie: Callable[[Kuipers], Actor]) -> None:
    assert kies_mailritme(door=wie(kuipers), professional=ruben(kuipers), ritme=Mailritme.GEEN)
    assert not kies_mailritme(door=wie(kuipers), professional=ruben(kuipers), ritme=Mailritme.GEEN)
    assert ruben(kuipers).mailritme == Mailritme.GEEN


def test_staff_chooses_for_its_own_entry(kuipers: Kuipers) -> None:
    eigen = kuipers.teams.sanne.professional
    assert eigen is not None
    assert kies_mailritme(door=kuipers.door, professional=eigen, ritme=Mailritme.WEEK)


@pytest.mark.parametrize(
    "wie",
    [
        lambda k: k.door,
        lambda k: cast.deur(k.teams.bea),
        lambda k: achter_link(k.ilse),
        lambda k: achter_link(k.opa),
        lambda k: achter_link(k.bart),
    ],
    ids=["the coordinator", "the beheerder", "another helper", "a grandfather", "a parent"],
)
def test_nobody_chooses_for_somebody_else(kuipers: Kuipers, wie: Callable[[Kuipers], Actor]) -> None:
    with pytest.raises(PermissionDenied):
        kies_mailritme(door=wie(kuipers), professional=ruben(kuipers), ritme=Mailritme.GEEN)
    assert ruben(kuipers).mailritme == Mailritme.METEEN
