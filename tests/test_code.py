"""A code on top of a link: six digits by mail, for ten minutes, five tries, and only in the browser that asked."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten
from casussen.acties import afspraken, deelnemers, gezin
from casussen.acties.codes import LinkDicht, Uitslag, geef_code, vraag_code
from casussen.acties.fouten import Geweigerd
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import codes, links
from casussen.models import Bericht, Deelnemer, Gezinslid, Logregel, Toegangscode, Toegangslink
from casussen.models.bericht import BerichtSoort, BerichtStatus
from tests.cast import Kuipers
from tests.daden import achter_link, tegelijk
from tests.gezinslink import code_in, met_code, pad
from tests.mailserver import Mailserver, mailserver
from tests.post import tekst_van

HIER, ELDERS = "de browser van Bart", "een andere browser"


@pytest.fixture
def post(settings: Settings) -> Iterator[Mailserver]:
    """A mail server that accepts everything."""
    with mailserver(settings) as server:
        yield server


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family Kuipers with version 1 fixed, its mail sent."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    Bericht.objects.update(status=BerichtStatus.VERSTUURD, verstuurd_op=timezone.now())
    return kuipers


def link_van(aan: Deelnemer | Gezinslid) -> Toegangslink:
    _adres, link = links.maak_link(aan, nu=timezone.now())
    return link


def vraag(link: Toegangslink, browser: str = HIER) -> Toegangscode:
    aan = link.deelnemer or link.gezinslid
    assert aan is not None
    return vraag_code(door=achter_link(aan), link=link, browser=browser, nu=timezone.now())


def geef(link: Toegangslink, code: str, browser: str = HIER, na: timedelta = timedelta()) -> Uitslag:
    aan = link.deelnemer or link.gezinslid
    assert aan is not None
    return geef_code(door=achter_link(aan), link=link, browser=browser, code=code, nu=timezone.now() + na)


def verstuur(na: timedelta = timedelta()) -> int:
    return berichten.verstuur_alles(nu=timezone.now() + na)


def uit_de_mail(post: Mailserver) -> str:
    """Sends what waits; out: the digits in the last mail."""
    assert verstuur(timedelta(seconds=1))
    return code_in(tekst_van(post.mails[-1]))


def andere(code: str) -> str:
    """Six other digits."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def ouder_maken(code: Toegangscode, duur: timedelta = timedelta(minutes=2)) -> None:
    """As if it was asked for so long ago."""
    Toegangscode.objects.filter(pk=code.pk).update(gemaakt_op=timezone.now() - duur)


# The digits


def test_the_right_digits_open_the_link_for_eight_hours_in_the_browser_that_asked(
    vast: Kuipers, post: Mailserver
) -> None:
    link = link_van(vast.bart)
    vraag(link)
    assert geef(link, uit_de_mail(post)) is Uitslag.GOED
    link.refresh_from_db()
    straks = timezone.now() + timedelta(hours=8)
    assert links.binding(link, HIER, timezone.now()) is links.Binding.HIER
    assert codes.toonde_code(link, straks - timedelta(minutes=1))
    assert not codes.toonde_code(link, straks + timedelta(minutes=1))
    assert links.binding(link, ELDERS, timezone.now()) is links.Binding.ELDERS


def test_the_code_stands_in_the_mail_and_nowhere_else(vast: Kuipers, post: Mailserver) -> None:
    rij = vraag(link_van(vast.bart))
    assert rij.code_hash == ""
    code = uit_de_mail(post)
    rij.refresh_from_db()
    assert code not in rij.code_hash
    assert len(rij.code_hash) == 64
    (mail,) = post.mails
    # A locked phone shows the subject and how a mail begins.
    assert mail["Subject"] == "Uw code"
    assert not any(teken.isdigit() for teken in tekst_van(mail)[:120])
    assert "/o/" not in mail.as_string()
    assert mail["To"] == "bart@gezin.example"


def test_a_helper_and_a_young_person_read_je(vast: Kuipers, post: Mailserver) -> None:
    Gezinslid.objects.filter(pk=vast.milan.pk).update(email="milan@gezin.example", krijgt_mail=True)
    vast.milan.refresh_from_db()
    for mens in (vast.milan, vast.ilse):
        vraag(link_van(mens))
        uit_de_mail(post)
        assert post.mails[-1]["Subject"] == "Je code"
        assert "U " not in tekst_van(post.mails[-1])


def test_the_code_does_not_travel_with_other_mail(vast: Kuipers, post: Mailserver) -> None:
    for soort in (BerichtSoort.TAAK, BerichtSoort.EVALUATIE_NADERT):
        berichten.zet_klaar(soort=soort, aan=vast.ilse, casus=vast.casus, oorzaak="test", datum=vast.evaluatie.datum)
    vraag(link_van(vast.ilse))
    verstuur(timedelta(seconds=1))
    met = [mail for mail in post.mails if "code" in mail["Subject"]]
    assert len(met) == 1
    assert "/t/" not in tekst_van(met[0])


@pytest.mark.parametrize("getypt", ["{a} {b}", " {a}{b} ", "{a}-{b}", "{a}\u2013{b}", "{a}.{b}"])
def test_spaces_and_dashes_between_the_digits_do_not_matter(
    vast: Kuipers, post: Mailserver, client: Client, getypt: str
) -> None:
    plek = pad(vast.bart)
    client.post(f"{plek}code/")
    code = uit_de_mail(post)
    antwoord = client.post(f"{plek}code/", {"code": getypt.format(a=code[:3], b=code[3:])})
    assert antwoord.headers["Location"] == plek


@pytest.mark.parametrize("getypt", ["", "12345", "1234567", "abcdef", "१२३४५६"])
def test_what_is_no_code_costs_no_try(vast: Kuipers, post: Mailserver, client: Client, getypt: str) -> None:
    plek = pad(vast.bart)
    client.post(f"{plek}code/")
    uit_de_mail(post)
    pagina = client.post(f"{plek}code/", {"code": getypt}).content.decode()
    assert "zes cijfers" in pagina
    assert 'aria-invalid="true"' in pagina
    assert Toegangscode.objects.get().pogingen == 0


# Ten minutes, five tries


def test_a_code_works_ten_minutes_from_when_its_mail_left(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    ouder_maken(vraag(link), timedelta(minutes=30))  # the mail server was away for half an hour
    code = uit_de_mail(post)
    assert geef(link, code, na=timedelta(minutes=10, seconds=2)) is Uitslag.OUD
    assert geef(link, code, na=timedelta(minutes=9)) is Uitslag.GOED


def test_before_its_mail_left_no_digits_open_anything(vast: Kuipers) -> None:
    link = link_van(vast.bart)
    vraag(link)
    assert geef(link, "000000") is Uitslag.ONDERWEG
    link.refresh_from_db()
    assert link.gebonden_tot is None


def test_after_five_wrong_tries_a_code_is_worth_nothing(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    vraag(link)
    code = uit_de_mail(post)
    assert [geef(link, andere(code)) for _keer in range(5)] == [*[Uitslag.FOUT] * 4, Uitslag.OP]
    assert geef(link, code) is Uitslag.OP
    link.refresh_from_db()
    assert link.code_tot is None
    assert Toegangscode.objects.get().pogingen == 5


def test_the_fifth_try_may_still_be_right(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    vraag(link)
    code = uit_de_mail(post)
    for _keer in range(4):
        geef(link, andere(code))
    assert geef(link, code) is Uitslag.GOED


@pytest.mark.django_db(transaction=True)
def test_twelve_requests_at_the_same_moment_have_five_tries_together(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    vraag(link)
    code = uit_de_mail(post)
    houd_vast = lambda: list(Toegangslink.objects.select_for_update().filter(pk=link.pk))  # noqa: E731
    uitslagen = tegelijk(houd_vast, *[lambda: geef(link, andere(code))] * 12)
    assert sorted(uitslag.name for uitslag in uitslagen if isinstance(uitslag, Uitslag)) == ["FOUT"] * 4 + ["OP"] * 8
    assert Toegangscode.objects.get().pogingen == 5


@pytest.mark.django_db(transaction=True)
def test_the_right_digits_twice_at_the_same_moment_open_the_link_once(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    vraag(link)
    code = uit_de_mail(post)
    houd_vast = lambda: list(Toegangslink.objects.select_for_update().filter(pk=link.pk))  # noqa: E731
    uitslagen = tegelijk(houd_vast, lambda: geef(link, code), lambda: geef(link, code))
    assert set(uitslagen) == {Uitslag.GOED, Uitslag.OUD}
    assert Logregel.objects.filter(daad="typte_code").count() == 1


def test_the_page_says_so_and_offers_a_new_one(vast: Kuipers, post: Mailserver, client: Client) -> None:
    plek = pad(vast.bart)
    client.post(f"{plek}code/")
    code = uit_de_mail(post)
    fout = client.post(f"{plek}code/", {"code": andere(code)}).content.decode()
    assert "Deze code klopt niet." in fout
    for _keer in range(4):
        pagina = client.post(f"{plek}code/", {"code": andere(code)}).content.decode()
    assert "De code was vijf keer fout." in pagina
    assert "Stuur een nieuwe code" in pagina
    ouder_maken(Toegangscode.objects.get())
    client.post(f"{plek}code/")
    assert client.post(f"{plek}code/", {"code": uit_de_mail(post)}).headers["Location"] == plek


# Another browser, another link, another person


def test_in_another_browser_the_digits_open_nothing_and_cost_no_try(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    vraag(link)
    code = uit_de_mail(post)
    assert geef(link, code, browser=ELDERS) is Uitslag.OUD
    assert geef(link, code, browser="") is Uitslag.OUD
    assert Toegangscode.objects.get().pogingen == 0
    assert geef(link, code) is Uitslag.GOED


def test_a_code_is_for_one_link(vast: Kuipers, post: Mailserver) -> None:
    van_bart, nog_een, van_esra = link_van(vast.bart), link_van(vast.bart), link_van(vast.esra)
    vraag(van_bart)
    code = uit_de_mail(post)
    vraag(nog_een)
    vraag(van_esra)
    verstuur(timedelta(seconds=1))
    assert geef(nog_een, code) is Uitslag.FOUT
    assert geef(van_esra, code) is Uitslag.FOUT
    assert geef(van_bart, code) is Uitslag.GOED


def test_only_the_person_of_the_link_asks_and_gives(vast: Kuipers) -> None:
    link, nu = link_van(vast.bart), timezone.now()
    for door in (achter_link(vast.esra), achter_link(vast.ilse), vast.door):
        with pytest.raises(PermissionDenied):
            vraag_code(door=door, link=link, browser=HIER, nu=nu)
        with pytest.raises(PermissionDenied):
            geef_code(door=door, link=link, browser=HIER, code="123456", nu=nu)
    assert not Toegangscode.objects.exists()


def test_asking_again_makes_the_earlier_code_worthless(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    ouder_maken(vraag(link))
    eerste = uit_de_mail(post)
    vraag(link)
    tweede = uit_de_mail(post)
    assert geef(link, eerste) is (Uitslag.GOED if eerste == tweede else Uitslag.FOUT)
    assert geef(link, tweede) is Uitslag.GOED


def test_a_code_works_once(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    vraag(link)
    code = uit_de_mail(post)
    assert [geef(link, code), geef(link, code)] == [Uitslag.GOED, Uitslag.OUD]


# How often


def test_within_a_minute_no_mail_is_added(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    assert vraag(link) == vraag(link)
    verstuur(timedelta(seconds=1))
    assert len(post.mails) == 1


def test_ten_programs_that_press_the_button_cause_one_mail_and_the_person_after_them_gets_in(
    vast: Kuipers, post: Mailserver, client: Client
) -> None:
    plek = pad(vast.bart)
    for _keer in range(10):
        scanner = Client()
        scanner.get(plek)
        scanner.post(f"{plek}code/")
    code = uit_de_mail(post)
    client.post(f"{plek}code/")
    assert len(post.mails) == 1
    assert client.post(f"{plek}code/", {"code": code}).headers["Location"] == plek
    assert "Uw overzicht staat klaar" not in client.get(plek).content.decode()


def test_at_most_five_codes_an_hour_and_ten_a_day(vast: Kuipers) -> None:
    link = link_van(vast.bart)
    for keer in range(10):
        if keer == 5:
            with pytest.raises(Geweigerd, match="over een uur"):
                vraag(link)
            Toegangscode.objects.update(gemaakt_op=timezone.now() - timedelta(hours=2))
        ouder_maken(vraag(link))
    Toegangscode.objects.update(gemaakt_op=timezone.now() - timedelta(hours=3))
    with pytest.raises(Geweigerd):
        vraag(link)
    assert Toegangscode.objects.count() == 10
    Toegangscode.objects.update(gemaakt_op=timezone.now() - timedelta(hours=25))
    vraag(link)


def test_whoever_asks_too_often_reads_what_to_do(vast: Kuipers, client: Client) -> None:
    plek = pad(vast.bart)
    for _keer in range(5):
        client.post(f"{plek}code/")
        ouder_maken(Toegangscode.objects.order_by("-gemaakt_op")[0])
    pagina = client.post(f"{plek}code/").content.decode()
    assert "Er zijn al veel codes gestuurd." in pagina
    assert "Stuur mij de code" in pagina


def test_a_worthless_code_is_not_offered_again_within_the_minute(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    vraag(link)
    code = uit_de_mail(post)
    for _keer in range(5):
        geef(link, andere(code))
    with pytest.raises(Geweigerd, match="Wacht een minuut"):
        vraag(link)


# The link ends


def _verlopen(k: Kuipers, link: Toegangslink) -> None:
    Toegangslink.objects.filter(pk=link.pk).update(geldig_tot=timezone.now())


def _ingetrokken(k: Kuipers, link: Toegangslink) -> None:
    Toegangslink.objects.filter(pk=link.pk).update(ingetrokken_op=timezone.now())


def _van_een_ander(k: Kuipers, link: Toegangslink) -> None:
    Toegangslink.objects.filter(pk=link.pk).update(
        browser_hash=links.hash_van(ELDERS), gebonden_tot=timezone.now() + timedelta(hours=1)
    )


def _weg(k: Kuipers, link: Toegangslink) -> None:
    if link.gezinslid is not None:
        gezin.haal_gezinslid_weg(door=k.door, casus=k.casus, gezinslid=link.gezinslid)
    else:
        afspraken.laat_vervallen(door=k.door, casus=k.casus, afspraak=k.komt_woensdag)
        deelnemers.beeindig_deelnemer(door=k.door, casus=k.casus, deelnemer=k.ilse)


@pytest.mark.parametrize("einde", [_verlopen, _ingetrokken, _van_een_ander, _weg])
@pytest.mark.parametrize("wie", ["bart", "ilse"])
def test_a_link_that_ends_between_asking_and_giving_does_not_open(
    vast: Kuipers, post: Mailserver, wie: str, einde: Callable[[Kuipers, Toegangslink], None]
) -> None:
    link = link_van(getattr(vast, wie))
    vraag(link)
    code = uit_de_mail(post)
    einde(vast, link)
    with pytest.raises(LinkDicht):
        geef(link, code)
    with pytest.raises(LinkDicht):
        vraag(link)
    link.refresh_from_db()
    assert link.code_tot is None


def test_whoever_stops_just_then_gets_the_page_of_a_closed_link(
    vast: Kuipers, post: Mailserver, client: Client
) -> None:
    plek = pad(vast.bart)
    client.post(f"{plek}code/")
    code = uit_de_mail(post)
    gezin.haal_gezinslid_weg(door=vast.door, casus=vast.casus, gezinslid=vast.bart)
    for antwoord in (client.post(f"{plek}code/", {"code": code}), client.post(f"{plek}code/"), client.get(plek)):
        assert antwoord.status_code == 410


@pytest.mark.parametrize("velden", [{"krijgt_mail": False}, {"gezag": False}])
def test_whoever_gets_no_mail_gets_no_code(vast: Kuipers, client: Client, velden: dict[str, bool]) -> None:
    plek = pad(vast.bart)
    Gezinslid.objects.filter(pk=vast.bart.pk).update(**velden)
    assert "We kunnen geen code mailen." in client.post(f"{plek}code/").content.decode()
    assert not Bericht.objects.filter(soort="code").exists()


# The mail


def test_a_mail_that_is_tried_again_has_other_digits(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    rij = vraag(link)
    post.gedrag["bart@gezin.example"] = ["DATA 451 later"]
    verstuur()
    rij.refresh_from_db()
    eerst = rij.code_hash
    verstuur(timedelta(minutes=3))
    rij.refresh_from_db()
    assert rij.code_hash not in ("", eerst)
    code = code_in(tekst_van(post.mails[-1]))
    assert geef(link, code, na=timedelta(minutes=12)) is Uitslag.GOED


def test_a_mail_whose_fate_is_unknown_is_not_sent_again_and_a_new_code_can_be_asked(
    vast: Kuipers, post: Mailserver
) -> None:
    link = link_van(vast.bart)
    rij = vraag(link)
    post.gedrag["bart@gezin.example"] = ["breek-na"]
    verstuur()
    assert Bericht.objects.get(pk=rij.bericht_id).status == BerichtStatus.ONZEKER
    # It did arrive.
    assert codes.klopt(Toegangscode.objects.get(pk=rij.pk), code_in(tekst_van(post.mails[-1])))
    ouder_maken(rij)
    vraag(link)
    assert geef(link, uit_de_mail(post)) is Uitslag.GOED


def test_a_worker_that_dies_while_sending_leaves_a_code_that_can_be_asked_anew(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    rij = vraag(link)
    lang_geleden = timezone.now() - timedelta(minutes=11)
    Bericht.objects.filter(pk=rij.bericht_id).update(status=BerichtStatus.BEZIG, bezig_sinds=lang_geleden)
    ouder_maken(rij, timedelta(minutes=11))
    vraag(link)
    code = uit_de_mail(post)
    assert len(post.mails) == 1
    assert geef(link, code) is Uitslag.GOED


@pytest.mark.parametrize("einde", [_verlopen, _ingetrokken, _weg])
def test_no_code_leaves_for_a_link_that_ended(
    vast: Kuipers, post: Mailserver, einde: Callable[[Kuipers, Toegangslink], None]
) -> None:
    link = link_van(vast.bart)
    rij = vraag(link)
    einde(vast, link)
    verstuur(timedelta(seconds=1))
    assert "bart@gezin.example" not in post.aan
    assert Bericht.objects.get(pk=rij.bericht_id).status == BerichtStatus.INGETROKKEN


def test_only_the_newest_code_leaves_and_not_hours_later(vast: Kuipers, post: Mailserver) -> None:
    link = link_van(vast.bart)
    oud = vraag(link)
    ouder_maken(oud)
    nieuw = vraag(link)
    assert Bericht.objects.get(pk=oud.bericht_id).status == BerichtStatus.INGETROKKEN
    ouder_maken(nieuw, timedelta(hours=2))
    verstuur(timedelta(seconds=1))
    assert post.mails == []


# What is written down


def test_every_act_stands_in_the_log_and_never_the_code(vast: Kuipers, post: Mailserver) -> None:
    al = set(Logregel.objects.values_list("pk", flat=True))
    link = link_van(vast.bart)
    vraag(link)
    code = uit_de_mail(post)
    geef(link, andere(code))
    geef(link, code)
    regels = Logregel.objects.exclude(pk__in=al).order_by("pk")
    assert [regel.daad for regel in regels] == [
        "vroeg_code",
        "mailde",
        "typte_verkeerde_code",
        "opende_link",
        "typte_code",
    ]
    assert not [regel for regel in regels.values() if code in str(regel)]
    assert {regel.actor_id for regel in regels if regel.daad != "mailde"} == {vast.bart.pk}


def test_the_door_asks_nothing_more_for_eight_hours(vast: Kuipers, client: Client) -> None:
    plek = met_code(client, vast.bart)
    assert "Ik kom elke woensdag om 16 uur." in client.get(plek).content.decode()
    assert client.get(f"{plek}code/").headers["Location"] == plek
    Toegangslink.objects.update(gebonden_tot=timezone.now(), code_tot=timezone.now())
    antwoord = client.get(plek)
    assert antwoord.status_code == 410
    assert "Deze link is al gebruikt" in antwoord.content.decode()
