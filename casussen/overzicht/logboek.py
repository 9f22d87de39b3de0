"""The words of the log: every deed and every place where somebody can look. Who did it: overzicht/logregels.py."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _l

from casussen.models.deelnemer import Functie
from casussen.models.organisatie import Mailritme
from casussen.models.toestemming import Grond, Zegt

ICONEN = {"gekeken": "eye", "veranderd": "pencil", "verstuurd": "send"}


@dataclass(frozen=True)
class Daad:
    """A deed in words, after a name. `per_veld`: other words when the line names that field."""

    soort: str
    zin: str | Promise
    per_veld: dict[str, str | Promise] = field(default_factory=dict)


# Where somebody looked: the name of the address, with the number of the step.
PLEKKEN: dict[str, str | Promise] = {
    "stand": _l("keek hoe het staat"),
    **{f"stap{nummer}": format_lazy(_l("keek naar stap {nummer}"), nummer=nummer) for nummer in range(1, 8)},
    "gezinslid": _l("opende de gegevens van een gezinslid"),
    "netwerklid": _l("opende de gegevens van familie of een vriend"),
    "helper": _l("opende de gegevens van een helper"),
    "rol": _l("opende de taak van een helper"),
    "adres": _l("opende het adres van een helper"),
    "bereikbaar": _l("opende hoe een helper te bereiken is"),
    "afspraak": _l("opende een afspraak"),
    "vragen": _l("las de vragen van helpers over de afspraken"),
    "vraag": _l("opende een vraag van een helper"),
    "doorgeven": _l("keek wie de afspraken van een helper overneemt"),
    "terugkijken": _l("opende de dag om terug te kijken"),
    "vaststellen": _l("keek na wat er vastgesteld wordt"),
    "overzicht": _l("bekeek een overzicht, zoals het gezin het leest"),
    "overzicht_pdf": _l("maakte een overzicht op papier"),
    "evaluatie": _l("opende het terugkijken"),
    "overdracht": _l("keek of dit gezin naar een ander team kan"),
    "logboek": _l("keek in dit logboek"),
    "delen": _l("keek wie er meeleest, en waarom"),
    "verzoek_nieuw": _l("opende het formulier voor een verzoek"),
    "verzoek": _l("opende een verzoek van iemand uit het gezin"),
    "wis_persoon": _l("keek wat er gewist wordt van iemand uit het gezin"),
    "inzage": _l("keek wat er bewaard is over iemand uit het gezin"),
    "inzage_json": _l("maakte een bestand van alles over iemand uit het gezin"),
    "inzage_pdf": _l("maakte een brief met alles over iemand uit het gezin"),
    "archief": _l("maakte een kopie voor het archief"),
    "bewaren_casus": _l("keek hoe lang deze samenwerking bewaard wordt"),
    "wis_casus": _l("keek naar het wissen van deze samenwerking"),
    "taak": _l("las de eigen afspraken, via de eigen link"),
    "taak_welkom": _l("opende de eigen link (of een programma dat mail nakijkt deed dat)"),
    "mijn": _l("las de eigen afspraken"),
    "taak_agenda_ics": _l("zette het terugkijken in de eigen agenda, via de eigen link"),
    "mijn_agenda_ics": _l("zette het terugkijken in de eigen agenda"),
    "taak_overzicht": _l("las het hele overzicht, via de eigen link"),
    "mijn_overzicht": _l("las het hele overzicht als helper"),
    "gezin": _l("las het eigen overzicht, via de eigen link"),
    "gezin_wie_keek": _l("las wie er keek, via de eigen link"),
    "gezin_pdf": _l("maakte het eigen overzicht op papier, via de eigen link"),
    "uitnodiging": _l("opende een uitnodiging voor een account"),
}

# What happens in /beheer/ and with accounts; it is about no casus.
_BEHEER: dict[str, Daad] = {
    "voegde_toe_in_beheer": Daad("veranderd", _l("voegde iets toe in het beheer")),
    "wijzigde_in_beheer": Daad("veranderd", _l("veranderde iets in het beheer")),
    "maakte_account": Daad("veranderd", _l("maakte een account voor een medewerker")),
    "gaf_lidmaatschap": Daad("veranderd", _l("gaf een medewerker een rol in een team")),
    "beeindigde_lidmaatschap": Daad("veranderd", _l("beëindigde de rol van een medewerker in een team")),
    "begon_lidmaatschap_uit_groep": Daad(
        "veranderd", _l("gaf een rol in een team, door een groep van het werkaccount")
    ),
    "beeindigde_lidmaatschap_uit_groep": Daad(
        "veranderd", _l("beëindigde een rol in een team, door een groep van het werkaccount")
    ),
    "nodigde_uit": Daad("verstuurd", _l("nodigde een medewerker uit om een wachtwoord te kiezen")),
    "trok_uitnodiging_in": Daad("veranderd", _l("trok een uitnodiging in")),
    "koos_wachtwoord": Daad("veranderd", _l("koos een wachtwoord, na een uitnodiging")),
    "koppelde_werkaccount": Daad("veranderd", _l("logde voor het eerst in met het werkaccount")),
    "verbond_account": Daad("veranderd", _l("verbond een account met dezelfde persoon in het adresboek")),
    "ontkoppelde_werkaccount": Daad("veranderd", _l("maakte een werkaccount los")),
}

DADEN: dict[str, Daad] = {
    **_BEHEER,
    "las": Daad("gekeken", _l("keek in deze samenwerking"), PLEKKEN),
    "bekeek_lijst": Daad("gekeken", _l("bekeek de lijst met gezinnen")),
    "doorzocht_logboek": Daad("gekeken", _l("zocht in het logboek van de organisatie")),
    "begon": Daad("veranderd", _l("begon deze samenwerking")),
    "schreef_antwoord": Daad("veranderd", _l("schreef een antwoord bij een vraag")),
    "voegde_gezinslid_toe": Daad("veranderd", _l("voegde een gezinslid toe")),
    "wijzigde_gezinslid": Daad("veranderd", _l("veranderde de gegevens van een gezinslid")),
    "haalde_gezinslid_weg": Daad("veranderd", _l("haalde een gezinslid weg")),
    "voegde_netwerklid_toe": Daad("veranderd", _l("voegde familie of een vriend toe")),
    "wijzigde_netwerklid": Daad("veranderd", _l("veranderde de gegevens van familie of een vriend")),
    "zette_in_adresboek": Daad("veranderd", _l("zette iemand in het adresboek")),
    "wijzigde_adresboek": Daad("veranderd", _l("veranderde het adres van een helper")),
    "voegde_helper_toe": Daad("veranderd", _l("voegde een helper toe")),
    "wijzigde_helper": Daad("veranderd", _l("veranderde de taak of de gegevens van een helper")),
    "koos_mailritme": Daad(
        "veranderd",
        _l("koos hoe vaak er mail komt"),
        {
            Mailritme.METEEN: _l("koos om mail meteen te krijgen"),
            Mailritme.WEEK: _l("koos om één keer per week mail te krijgen"),
            Mailritme.GEEN: _l("koos om geen herinneringen te krijgen"),
        },
    ),
    "maakte_agendafeed": Daad("veranderd", _l("maakte een eigen agenda-adres")),
    "trok_agendafeed_in": Daad("veranderd", _l("liet het eigen agenda-adres stoppen")),
    "wijzigde_bereikbaarheid": Daad("veranderd", _l("veranderde de eigen bereikbaarheid")),
    "beeindigde_deelname": Daad("veranderd", _l("legde vast dat een helper stopt")),
    "wees_aan": Daad(
        "veranderd",
        _l("koos wie welke rol heeft"),
        {
            Functie.REGIEVOERDER: _l("koos wie de regie heeft"),
            Functie.AANSPREEKPUNT: _l("koos het eerste aanspreekpunt"),
            Functie.VERVANGER: _l("koos de vervanger"),
        },
    ),
    "aanvaardde": Daad(
        "veranderd",
        _l("zei ja op een vraag"),
        {
            Functie.REGIEVOERDER: _l("zei ja op de vraag om de regie te nemen"),
            Functie.AANSPREEKPUNT: _l("zei ja op de vraag om eerste aanspreekpunt te zijn"),
            Functie.VERVANGER: _l("zei ja op de vraag om te vervangen"),
        },
    ),
    "weigerde": Daad(
        "veranderd",
        _l("wil een rol liever niet"),
        {
            Functie.REGIEVOERDER: _l("wil de regie liever niet"),
            Functie.AANSPREEKPUNT: _l("wil liever niet het eerste aanspreekpunt zijn"),
            Functie.VERVANGER: _l("wil liever niet vervangen"),
        },
    ),
    "maakte_afspraak": Daad("veranderd", _l("maakte een afspraak")),
    "wijzigde_afspraak": Daad("veranderd", _l("veranderde een afspraak")),
    "liet_afspraak_vervallen": Daad("veranderd", _l("liet een afspraak vervallen")),
    "reageerde": Daad(
        "veranderd",
        _l("antwoordde op een afspraak"),
        {
            "akkoord": _l("zei ja bij een afspraak"),
            "niet-akkoord": _l("zei nee bij een afspraak"),
            "vraag": _l("stelde een vraag bij een afspraak"),
        },
    ),
    "schreef_in_draad": Daad(
        "veranderd",
        _l("schreef iets over een afspraak of de eigen rol"),
        {
            "vraag": _l("stelde een vraag"),
            "niet-akkoord": _l("schreef waarom niet"),
            "akkoord": _l("zei dat het zo goed is"),
            "later": _l("schreef dat een afspraak later wordt"),
            "rol": _l("schreef dat de eigen rol niet klopt"),
            "regie": _l("schreef dat iemand anders het beter kan doen"),
            "doorgeven": _l("vroeg of iemand anders het overneemt"),
        },
    ),
    "antwoordde_in_draad": Daad("veranderd", _l("gaf antwoord op een vraag van een helper")),
    "rondde_draad_af": Daad("veranderd", _l("zette een vraag van een helper op opgelost")),
    "gaf_door": Daad("veranderd", _l("gaf de afspraken van een helper aan iemand anders")),
    "meldde_gedaan": Daad("veranderd", _l("zei dat een afspraak gedaan is")),
    "meldde_toch_niet_gedaan": Daad("veranderd", _l("zei dat een afspraak toch niet gedaan is")),
    "meldde_later": Daad("veranderd", _l("zei dat een afspraak later wordt")),
    "plande_evaluatie": Daad("veranderd", _l("koos wanneer iedereen terugkijkt")),
    "legde_evaluatie_vast": Daad(
        "veranderd",
        _l("legde vast hoe het ging"),
        {
            "door": _l("legde vast hoe het ging, en ging zo door"),
            "aanpassen": _l("legde vast hoe het ging, om iets te veranderen"),
            "afsluiten": _l("legde vast hoe het ging, om te stoppen"),
        },
    ),
    "stelde_vast": Daad("veranderd", _l("stelde een versie vast")),
    "drukte_af": Daad("gekeken", _l("maakte een overzicht om af te drukken")),
    "sloot_af": Daad("veranderd", _l("sloot deze samenwerking af")),
    "nam_verzoek_op": Daad(
        "veranderd",
        _l("schreef een verzoek op"),
        {
            "inzage": _l("schreef een verzoek om inzage op"),
            "correctie": _l("schreef een verzoek om correctie op"),
            "wissen": _l("schreef een verzoek om te wissen op"),
        },
    ),
    "verlengde_verzoek": Daad("veranderd", _l("nam meer tijd voor een verzoek")),
    "besliste_verzoek": Daad(
        "veranderd",
        _l("besloot over een verzoek"),
        {
            "ja": _l("zei ja op een verzoek"),
            "deels": _l("zei voor een deel ja op een verzoek"),
            "nee": _l("zei nee op een verzoek"),
        },
    ),
    "maakte_inzage": Daad("gekeken", _l("maakte een kopie van alles over iemand uit het gezin")),
    "maakte_archief": Daad("gekeken", _l("maakte een kopie van alles voor het archief")),
    "bepaalde_bewaartermijn": Daad("veranderd", _l("bepaalde hoe lang deze samenwerking bewaard wordt")),
    "vroeg_bewaarbesluit": Daad("verstuurd", _l("vroeg om een besluit over bewaren")),
    "besloot_over_bewaren": Daad(
        "veranderd",
        _l("besloot over bewaren"),
        {
            "wissen": _l("besloot om alles te wissen na de bewaartermijn"),
            "langer": _l("besloot om alles langer te bewaren"),
        },
    ),
    "wiste_persoon": Daad("veranderd", _l("wiste de gegevens van iemand uit het gezin")),
    "wiste_casus": Daad("veranderd", _l("wiste deze samenwerking")),
    "droeg_over": Daad("veranderd", _l("droeg deze samenwerking over aan een ander team")),
    "nam_noodtoegang": Daad("gekeken", _l("opende dit met noodtoegang, voor een uur")),
    "zocht_noodtoegang": Daad("gekeken", _l("zocht een gezin voor noodtoegang en vond het niet")),
    "laadde_handreiking": Daad("veranderd", _l("laadde de vragen van de stappen")),
    "mailde": Daad(
        "verstuurd",
        _l("verstuurde een mail"),
        {
            "taak": _l("verstuurde de vraag om te bevestigen"),
            "overzicht": _l("verstuurde bericht over het overzicht"),
            "wijziging": _l("verstuurde bericht dat er iets veranderd is"),
            "najagen": _l("verstuurde een herinnering om te antwoorden"),
            "geen-antwoord": _l("verstuurde bericht aan de coördinator: er is nog geen antwoord"),
            "nieuwe-link": _l("verstuurde een nieuwe link"),
            "code": _l("verstuurde een code"),
            "draad": _l("verstuurde bericht dat er antwoord is"),
            "evaluatie-nadert": _l("verstuurde een herinnering vooraf"),
            "evaluatie-voorbij": _l("verstuurde een herinnering na de dag"),
            "noodtoegang": _l("verstuurde bericht over noodtoegang"),
            "teamoverdracht": _l("verstuurde bericht over de overdracht"),
            "bewaren": _l("verstuurde de vraag om te besluiten over bewaren"),
            "leeftijd": _l("verstuurde bericht dat een kind 12, 16 of 18 wordt"),
            "wachtwoord": _l("verstuurde een link voor een nieuw wachtwoord"),
            "account": _l("verstuurde bericht over een account"),
            "uitnodiging": _l("verstuurde een uitnodiging voor een account"),
        },
    ),
    "koos_grond": Daad(
        "veranderd",
        _l("koos waarom een organisatie meeleest"),
        {
            Grond.BETROKKEN: _l("koos voor een organisatie: vertellen is genoeg"),
            Grond.TOESTEMMING: _l("koos voor een organisatie: eerst toestemming"),
            Grond.PLICHT: _l("liet een organisatie meelezen zonder toestemming, met een reden"),
            Grond.GEVAAR: _l("liet een organisatie meelezen zonder toestemming, met een reden"),
            Grond.VEILIG_THUIS: _l("liet een organisatie meelezen zonder toestemming, met een reden"),
        },
    ),
    "legde_verteld_vast": Daad("veranderd", _l("legde vast dat een gezinslid weet wie er meeleest")),
    "legde_toestemming_vast": Daad(
        "veranderd",
        _l("legde vast wat iemand zegt over meelezen"),
        {
            Zegt.JA: _l("legde vast dat iemand toestemming geeft"),
            Zegt.NEE: _l("legde vast dat iemand geen toestemming geeft"),
        },
    ),
    "trok_toestemming_in": Daad("veranderd", _l("legde vast dat iemand de toestemming intrekt")),
    "vroeg_om_wissen": Daad("veranderd", _l("vroeg een organisatie om weg te doen wat zij had")),
    "kondigde_leeftijd_aan": Daad("verstuurd", _l("zette een bericht klaar: een kind wordt 12, 16 of 18")),
    "zette_herinnering_klaar": Daad("verstuurd", _l("zette herinneringen klaar")),
    "joeg_na": Daad(
        "verstuurd",
        _l("zette een herinnering klaar"),
        {
            "najagen": _l("zette een herinnering klaar om te antwoorden"),
            "geen-antwoord": _l("zette bericht klaar voor de coördinator: er is nog geen antwoord"),
        },
    ),
    "vroeg_nog_eens": Daad("verstuurd", _l("liet iemand nog eens vragen om te antwoorden")),
    "stuurde_opnieuw": Daad("verstuurd", _l("liet een mail opnieuw versturen")),
    "hoorde_onbestelbaar": Daad("verstuurd", _l("hoorde dat een mail niet is aangekomen")),
    "logde_in": Daad("gekeken", _l("logde in")),
    "zette_foto": Daad("veranderd", _l("koos een eigen foto")),
    "haalde_foto_weg": Daad("veranderd", _l("haalde de eigen foto weg")),
    "logde_uit": Daad("gekeken", _l("logde uit")),
    "kon_niet_inloggen": Daad("gekeken", _l("probeerde in te loggen, maar dat lukte niet")),
    "gaf_verkeerde_code": Daad("gekeken", _l("gaf bij het inloggen een verkeerde code")),
    "vroeg_nieuw_wachtwoord": Daad("verstuurd", _l("vroeg om een nieuw wachtwoord")),
    "veranderde_account": Daad(
        "veranderd",
        _l("veranderde iets aan een account"),
        {
            "wachtwoord": _l("koos een nieuw wachtwoord"),
            "code-app-aan": _l("zette de code-app aan"),
            "code-app-uit": _l("zette de code-app uit"),
            "passkey-erbij": _l("zette er een passkey bij"),
            "passkey-weg": _l("haalde een passkey weg"),
            "herstelcodes": _l("maakte nieuwe herstelcodes"),
            "herstelcode-gebruikt": _l("gebruikte een herstelcode"),
            "tweede-stap-uit": _l("zette de tweede stap van iemand uit"),
        },
    ),
    "trok_links_in": Daad("veranderd", _l("trok de links van iemand in")),
    "vroeg_code": Daad("verstuurd", _l("vroeg om een code, om meer te lezen via de eigen link")),
    "typte_code": Daad("veranderd", _l("typte de code uit de mail over, op de eigen link")),
    "typte_verkeerde_code": Daad(
        "veranderd", _l("typte een code die niet klopte of niet meer werkte, op de eigen link")
    ),
    "opende_link": Daad("gekeken", _l("gebruikte de eigen link")),
    "vroeg_nieuwe_link": Daad("verstuurd", _l("zette een nieuwe link klaar, omdat erom gevraagd werd")),
    "maakte_reservekopie": Daad("gekeken", _l("maakte een reservekopie van alle gegevens")),
    "zette_reservekopie_terug": Daad("veranderd", _l("zette een reservekopie terug")),
}


def van_soort(soort: str) -> list[str]:
    """in: gekeken, veranderd or verstuurd; out: the deeds of that kind."""
    return [naam for naam, daad in DADEN.items() if daad.soort == soort]


def in_woorden(daad: str, velden: Collection[str]) -> str:
    """in: the deed of a line and the fields that it names; out: it in words, after a name."""
    bekend = DADEN[daad]
    return str(next((bekend.per_veld[veld] for veld in velden if veld in bekend.per_veld), bekend.zin))
