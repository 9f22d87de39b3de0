"""The rows of the table of who gets what: every address, with the outcome per column (tests/kolommen.py)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casussen.models import Casus
from casussen.overzicht import momentopname, verschil
from tests.fotos import foto
from tests.kolommen import (
    AANTALLEN,
    BEGIN,
    BEGINNEN,
    BESTAAT_NIET,
    DOEN,
    DOOR,
    EIGEN_DAG,
    FOTO,
    GEZIN_CODE,
    GEZIN_VRAAG,
    HALF_BINNEN,
    IEDER,
    INLOGGEN,
    LEZEN,
    LIJST,
    LOGBOEK,
    MIJN_DOEN,
    MIJN_NIET,
    MIJN_RITME,
    NAAR_INLOGGEN,
    NIET,
    NIET_IN,
    NOOD,
    NOOD_NALEZEN,
    NOOD_NEMEN,
    NOOIT,
    OPENBAAR,
    OVERDRAGEN,
    OVERZICHT,
    TAAK,
    TAAK_ALLEEN_LEZEN,
    TAAK_BEGIN,
    TAAK_DOEN,
    TAAK_EIGEN,
    TAAK_LEZEN,
    TAAK_NIET_VAN_MIJ,
    TAAK_TERUG,
    UIT,
    UITLOGGEN,
    WIJZIGEN,
    ZELF_DOEN,
    ZIEK,
    krijgt,
)  # fmt: skip
from tests.wereld import VERVALST, Wereld


@dataclass(frozen=True)
class Adres:
    """One row: its name, who gets what with GET and POST, how to make the address, what to send, where it leads."""

    naam: str
    get: dict[str, str]
    post: dict[str, str]
    kwargs: Callable[[Wereld], dict[str, Any]] = lambda w: {"casus_id": w.kuipers.casus.pk}
    data: Callable[[Wereld], dict[str, Any]] = lambda w: {}
    naar: Callable[[Wereld, str], str] = lambda w, token: _stap(w, 2)
    link: bool = False  # the address has a token
    opnieuw: bool = False  # asks who you are once more; here everybody just showed it


def _verzoek(w: Wereld, token: str) -> str:
    return f"/casussen/{w.kuipers.casus.pk}/verzoek/{w.klaar['verzoek']}/"


def _stap(w: Wereld, nummer: int) -> str:
    return f"/casussen/{w.kuipers.casus.pk}/stap/{nummer}/"


def _stand(w: Wereld, token: str) -> str:
    return f"/casussen/{w.kuipers.casus.pk}/"


def _delen(w: Wereld, token: str) -> str:
    return f"/casussen/{w.kuipers.casus.pk}/delen/"


def _vragen(w: Wereld, token: str) -> str:
    return f"/casussen/{w.kuipers.casus.pk}/vragen/"


def _na_code(w: Wereld, token: str) -> str:
    """On to the overview, or for whoever asks for a code to the page where it is typed."""
    return f"/o/{token}/code/" if token == w.token("ouder_zonder_code") else f"/o/{token}/"


def _taak(w: Wereld, token: str) -> str:
    return f"/t/{token}/"


def _in_casus(**velden: Callable[[Wereld], object]) -> Callable[[Wereld], dict[str, Any]]:
    return lambda w: {"casus_id": w.kuipers.casus.pk, **{naam: waarde(w) for naam, waarde in velden.items()}}


def _met(prefix: str, **velden: object) -> Callable[[Wereld], dict[str, Any]]:
    return lambda w: {f"{prefix}-{naam}": waarde for naam, waarde in velden.items()}


def _nieuw(w: Wereld) -> UUID:
    pk: UUID = w.klaar["nieuw"]
    return pk


def _vaststellen(w: Wereld) -> dict[str, Any]:
    casus = Casus.objects.select_related("team__organisatie", "handreiking").get(pk=w.kuipers.casus.pk)
    return {"nummer": 2, "gezien": verschil.vingerafdruk(momentopname.maak(casus))}


def _evaluatie(w: Wereld) -> dict[str, Any]:
    lopend = w.kuipers.casus.afspraken.filter(vervallen_op__isnull=True)
    over = timezone.localdate() + timedelta(days=70)
    velden = {"evaluatie": w.kuipers.evaluatie.pk, "vervolg": "door", "nieuwe_datum": over.isoformat()}
    return velden | {f"oordeel-{afspraak.pk}": "gelukt" for afspraak in lopend}


def _overdracht(w: Wereld) -> dict[str, Any]:
    naar = w.mensen["coördinator_ander_team"].lidmaatschappen.get()
    return {"id": _nieuw(w), "naar": naar.pk, "reden": "Het gezin verhuist.", "ja": "1"}


def _overal(pad: str) -> Callable[[Wereld, str], str]:
    return lambda w, token: pad


def _account(naam: str, get: dict[str, str], post: dict[str, str], naar: str = "", **kwargs: object) -> Adres:
    """A row about the own account: no casus, no token."""
    return Adres(naam, get, post, kwargs=lambda w: kwargs, naar=_overal(naar))


def _na_opnieuw(naam: str, pad: str, **kwargs: object) -> Adres:
    """A row that first asks who you are: in the table nobody showed that a moment ago."""
    return _account(naam, DOOR, DOOR, f"/account/opnieuw/?next=%2Faccount%2Ftweede-stap%2F{pad}%2F", **kwargs)


def _taken(
    naam: str, van_ilse: Callable[[Wereld], Any], van_sanne: Callable[[Wereld], Any], data: dict[str, Any],
    taak: dict[str, str] = TAAK_DOEN, mijn: dict[str, str] = MIJN_DOEN,
) -> list[Adres]:  # fmt: skip
    """Two rows: something of Ilse behind her link, and of Sanne with her account. Only looking leads back."""

    def met(van: Callable[[Wereld], Any]) -> Callable[[Wereld], dict[str, Any]]:
        return lambda w: {"pk": getattr(van(w), "pk", van(w))}

    def stuurt(w: Wereld) -> dict[str, Any]:
        return data

    mijn_pad = _overal("/mijn/")
    return [
        Adres(f"casussen:taak_{naam}", TAAK_TERUG, taak, kwargs=met(van_ilse), data=stuurt, naar=_taak, link=True),
        Adres(f"casussen:mijn_{naam}", DOOR, mijn, kwargs=met(van_sanne), data=stuurt, naar=mijn_pad),
    ]


OVER_ACCOUNT = [
    _account("account", IEDER, NIET),
    _account("account_change_password", IEDER, IEDER),
    _account("account_set_password", DOOR, DOOR, "/account/"),
    _account("usersessions_list", IEDER, DOOR, "/account/apparaten/"),
    _account("account_reauthenticate", IEDER, IEDER),
    # Whoever has no second step yet shows it with the password.
    _account("mfa_reauthenticate", DOOR, DOOR, "/account/opnieuw/"),
    _account("mfa_reauthenticate_webauthn", DOOR, DOOR, "/account/opnieuw/"),
    _account("mfa_index", IEDER, NIET),
    _na_opnieuw("mfa_activate_totp", "app"),
    _account("mfa_deactivate_totp", NIET_IN, NIET_IN),
    _account("mfa_list_webauthn", DOOR, DOOR, "/account/tweede-stap/"),
    _na_opnieuw("mfa_add_webauthn", "passkeys%2Fnieuw"),
    _na_opnieuw("mfa_edit_webauthn", "passkeys%2F1", pk=1),
    _na_opnieuw("mfa_remove_webauthn", "passkeys%2F1%2Fweg", pk=1),
    _account("mfa_view_recovery_codes", NIET_IN, NIET),
    _na_opnieuw("mfa_generate_recovery_codes", "herstelcodes%2Fnieuw"),
    _account("mfa_download_recovery_codes", NIET_IN, NIET_IN),
    _account("mfa_authenticate", HALF_BINNEN, HALF_BINNEN),
    _account("mfa_login_webauthn", HALF_BINNEN, HALF_BINNEN),
    _account("account_reset_password", OPENBAAR, OPENBAAR),
    _account("account_reset_password_done", OPENBAAR, NOOIT),
    _account("account_reset_password_from_key_done", OPENBAAR, NOOIT),
    _account("account_reset_password_from_key", OPENBAAR, OPENBAAR, uidb36="1", key=VERVALST),
]

TABEL = [
    Adres("casussen:begin", DOOR, NIET, kwargs=lambda w: {}, naar=lambda w, token: "/casussen/"),
    Adres("casussen:lijst", LIJST, NIET, kwargs=lambda w: {}, naar=lambda w, token: "/aantallen/"),
    Adres("casussen:aantallen", AANTALLEN, NIET, kwargs=lambda w: {}),
    Adres(
        "casussen:noodtoegang", NOOD, NOOD_NEMEN, kwargs=lambda w: {},
        data=lambda w: {"id": _nieuw(w), "wat": w.kuipers.casus.nummer, "reden": "Er belt nu iemand in nood."},
        naar=_stand,
    ),
    Adres("casussen:noodtoegang_overzicht", NOOD_NALEZEN, NIET, kwargs=lambda w: {}),
    Adres(
        "casussen:nieuw", BEGINNEN, BEGIN, kwargs=lambda w: {},
        data=lambda w: {"id": _nieuw(w), "naam": "Gezin Smit", "soort": "jeugd"},
        naar=lambda w, token: f"/casussen/{_nieuw(w)}/stap/1/",
    ),
    Adres("casussen:stand", LEZEN, NIET),
    Adres("casussen:stap", LEZEN, NIET, kwargs=_in_casus(nummer=lambda w: 5)),
    Adres(
        "casussen:antwoord", NIET, DOEN, kwargs=_in_casus(vraag=lambda w: "aanleiding"),
        data=_met("aanleiding", versie=1, tekst="Het gaat thuis rustiger."), naar=lambda w, token: _stap(w, 1),
    ),
    Adres(
        "casussen:gezinslid", WIJZIGEN, DOEN, kwargs=_in_casus(pk=_nieuw),
        data=_met("gezinslid", versie=0, naam="Fenna", relatie="kind"),
    ),
    Adres("casussen:gezinslid_weg", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.milan.pk)),
    Adres(
        "casussen:netwerklid", WIJZIGEN, DOEN, kwargs=_in_casus(pk=_nieuw),
        data=_met("netwerklid", versie=0, naam="Tineke", relatie="buurvrouw"),
    ),
    Adres(
        "casussen:helper", WIJZIGEN, DOEN, kwargs=_in_casus(pk=_nieuw),
        data=_met("helper", versie=0, naam="Nora", organisatie="De Brug"),
    ),
    Adres(
        "casussen:rol", WIJZIGEN, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.ruben.pk),
        data=_met("rol", versie=1, beslist="over de zomer"), naar=lambda w, token: _stap(w, 5),
    ),
    Adres(
        "casussen:adres", WIJZIGEN, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.ilse.pk),
        data=_met("adres", versie=1, naam="Ilse Broekhuis", email="ilse@debrug.example"),
    ),
    Adres(
        "casussen:bereikbaar", WIJZIGEN, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.ruben.pk),
        data=_met("bereikbaar", versie=1, dagen=[1, 2]), naar=lambda w, token: _stap(w, 6),
    ),
    Adres("casussen:deelnemer_stopt", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.opa.pk)),
    Adres(
        "casussen:regie", NIET, DOEN, kwargs=_in_casus(functie=lambda w: "vervanger"),
        data=lambda w: {"deelnemer": w.kuipers.ruben.pk}, naar=lambda w, token: _stap(w, 4),
    ),
    Adres(
        "casussen:regie_ja", NIET, ZELF_DOEN, kwargs=_in_casus(functie=lambda w: "vervanger"),
        naar=lambda w, token: _stap(w, 4),
    ),
    Adres(
        "casussen:afspraak", WIJZIGEN, DOEN, kwargs=_in_casus(pk=_nieuw),
        data=lambda w: _met("afspraak", versie=0, wie=f"helper-{w.kuipers.ilse.pk}", wat="Ik bel.")(w),
        naar=lambda w, token: _stap(w, 5),
    ),
    Adres(
        "casussen:afspraak_vervalt", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.praat_bij.pk),
        naar=lambda w, token: _stap(w, 5),
    ),
    Adres("casussen:vragen", LOGBOEK, NIET),
    Adres(
        "casussen:vraag", NIET, OVERDRAGEN, kwargs=_in_casus(pk=lambda w: w.klaar["vraag"]), naar=_vragen,
        data=lambda w: _met(
            f"vraag-{w.klaar['vraag']}", id=_nieuw(w), versie=1, doe="pas-aan", tekst="Alleen na Kerst.",
            wat="Ik bel Bart over het weekend, niet met Kerst.", wanneer="elke zondag",
        )(w),
    ),
    Adres(
        "casussen:doorgeven", NIET, OVERDRAGEN, kwargs=_in_casus(pk=lambda w: w.klaar["doorgeven"]), naar=_vragen,
        data=lambda w: _met(
            f"door-{w.klaar['doorgeven']}", naam="Nora Prins", email="n.prins@ggz.example",
            organisatie="GGZ Jeugd", hoort_bij_hulp="ja",
        )(w),
    ),
    Adres(
        "casussen:dag_over", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.vertelt.pk), naar=_stand,
        data=lambda w: {"dag": timezone.localdate() + timedelta(days=10)},
    ),
    Adres("casussen:nog_eens", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.ilse.pk), naar=_stand),
    Adres("casussen:links_weg", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.ilse.pk), naar=_stand),
    Adres(
        "casussen:terugkijken", WIJZIGEN, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.evaluatie.pk),
        data=lambda w: _met("terugkijken", versie=1, datum=timezone.localdate() + timedelta(days=28))(w),
        naar=lambda w, token: _stap(w, 7),
    ),
    Adres(
        "casussen:bericht_opnieuw", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.klaar["bericht"]), naar=_stand
    ),
    Adres("casussen:vaststellen", WIJZIGEN, DOEN, data=_vaststellen, naar=_stand),
    Adres("casussen:overzicht", LEZEN, NIET, kwargs=_in_casus(gezinslid_id=lambda w: w.kuipers.esra.pk)),
    Adres("casussen:overzicht_pdf", LEZEN, NIET, kwargs=_in_casus(gezinslid_id=lambda w: w.kuipers.esra.pk)),
    Adres("casussen:evaluatie", LEZEN, DOEN, data=_evaluatie, naar=_stand),
    Adres("casussen:overdracht", LOGBOEK, OVERDRAGEN, data=_overdracht, naar=lambda w, token: "/casussen/"),
    Adres("casussen:delen", LEZEN, NIET),
    Adres(
        "casussen:delen_verteld", NIET, DOEN, naar=_delen,
        data=lambda w: _met(
            "verteld", wie=[w.kuipers.bart.pk], organisaties=[w.klaar["club"]], hoe="gesproken",
            op=timezone.localdate(),
        )(w),
    ),
    Adres(
        "casussen:delen_toestemming", NIET, DOEN, kwargs=_in_casus(organisatie_id=lambda w: w.klaar["club"]),
        naar=_delen,
        data=lambda w: _met(
            f"ja-{w.klaar['club']}", id=_nieuw(w), gevers=[w.kuipers.esra.pk], zegt="ja", doel="op tijd trainen",
            hoe="gesproken", op=timezone.localdate(),
        )(w),
    ),
    Adres(
        "casussen:delen_intrekken", NIET, DOEN, kwargs=_in_casus(organisatie_id=lambda w: w.klaar["club"]),
        naar=_delen,
        data=lambda w: _met(f"in-{w.klaar['club']}", gever=w.kuipers.bart.pk, na_intrekken="wissen")(w),
    ),
    Adres(
        "casussen:delen_grond", NIET, DOEN, kwargs=_in_casus(organisatie_id=lambda w: w.klaar["club"]),
        naar=_delen,
        data=lambda w: _met(f"grond-{w.klaar['club']}", versie=0, grond="gevaar", reden="Er is iets thuis.")(w),
    ),
    Adres(
        "casussen:delen_gewist", NIET, DOEN, kwargs=_in_casus(organisatie_id=lambda w: w.klaar["club"]), naar=_delen
    ),
    Adres("casussen:logboek", LOGBOEK, NIET),
    Adres("casussen:verzoeken", BEGINNEN, NIET, kwargs=lambda w: {}),
    Adres(
        "casussen:verzoek_nieuw", LOGBOEK, OVERDRAGEN,
        data=lambda w: {
            "id": _nieuw(w), "gezinslid": w.kuipers.esra.pk, "soort": "inzage", "ontvangen_op": timezone.localdate(),
        },
        naar=lambda w, token: f"/casussen/{w.kuipers.casus.pk}/verzoek/{_nieuw(w)}/",
    ),
    Adres(
        "casussen:verzoek", LOGBOEK, OVERDRAGEN, kwargs=_in_casus(pk=lambda w: w.klaar["verzoek"]),
        data=lambda w: {"besluit": "ja"}, naar=_verzoek,
    ),
    Adres(
        "casussen:verzoek_verleng", NIET, OVERDRAGEN, kwargs=_in_casus(pk=lambda w: w.klaar["verzoek"]),
        data=lambda w: {"reden": "Het is veel."}, naar=_verzoek,
    ),
    Adres(
        "casussen:wis_persoon", LOGBOEK, OVERDRAGEN, kwargs=_in_casus(pk=lambda w: w.klaar["wisverzoek"]),
        data=lambda w: {"zeker": "on"}, naar=lambda w, token: "/verzoeken/", opnieuw=True,
    ),
    Adres("casussen:inzage", LOGBOEK, NIET, kwargs=_in_casus(pk=lambda w: w.kuipers.esra.pk)),
    Adres("casussen:inzage_json", LOGBOEK, NIET, kwargs=_in_casus(pk=lambda w: w.kuipers.esra.pk), opnieuw=True),
    Adres("casussen:inzage_pdf", LOGBOEK, NIET, kwargs=_in_casus(pk=lambda w: w.kuipers.esra.pk), opnieuw=True),
    Adres("casussen:bewaren", BEGINNEN, NIET, kwargs=lambda w: {}),
    # This casus is open: there is nothing to decide, and it cannot go.
    Adres("casussen:bewaren_casus", LOGBOEK, LOGBOEK, data=lambda w: {"besluit": "wissen"}),
    Adres("casussen:archief", LOGBOEK, NIET, opnieuw=True),
    Adres("casussen:wis_casus", LOGBOEK, LOGBOEK, data=lambda w: {"naam": "Gezin Bos"}, opnieuw=True),
    Adres("casussen:logboek_beheer", NOOD_NALEZEN, NIET, kwargs=lambda w: {}),
    # The page of a helper, at a link and with an account. At a link that belongs to no browser yet nothing is done.
    Adres("casussen:taak", TAAK, TAAK_BEGIN, kwargs=lambda w: {}, naar=_taak, link=True),
    Adres("casussen:mijn", IEDER, DOOR, kwargs=lambda w: {}, naar=_overal("/mijn/")),
    *_taken("reactie", lambda w: w.kuipers.komt_woensdag, lambda w: w.kuipers.praat_bij,
            {"soort": "akkoord", "inhoud_versie": 1}),
    *_taken("gedaan", lambda w: w.kuipers.komt_woensdag, lambda w: w.kuipers.praat_bij,
            {"wat": "gedaan", "inhoud_versie": 1}),
    *_taken("later", lambda w: w.kuipers.komt_woensdag, lambda w: w.kuipers.praat_bij,
            {"op": timezone.localdate() + timedelta(days=20), "tekst": "Ik ben er niet.", "inhoud_versie": 1}),
    *_taken("alles", lambda w: w.kuipers.ilse, lambda w: w.kuipers.sanne, {}),
    *_taken("rol", lambda w: w.kuipers.ilse, lambda w: w.kuipers.sanne, {"tekst": "Dit klopt niet helemaal."}),
    *_taken("doorgeven", lambda w: w.kuipers.ilse, lambda w: w.kuipers.sanne,
            {"naar_naam": "Nora Prins", "naar_email": "n.prins@debrug.example"}),
    *_taken("bereikbaar", lambda w: w.kuipers.ilse, lambda w: w.kuipers.sanne, {"versie": 1, "dagen": [1]}),
    # A function that Ilse was asked for, and a thread of Ruben.
    *_taken("regie", lambda w: w.klaar["gevraagd"], lambda w: w.klaar["gevraagd"], {}, mijn=MIJN_NIET),
    *_taken("regie_niet", lambda w: w.klaar["gevraagd"], lambda w: w.klaar["gevraagd"], {"tekst": "Ik heb geen tijd."},
            mijn=MIJN_NIET),
    *_taken("draad", lambda w: w.klaar["vraag"], lambda w: w.klaar["vraag"], {"tekst": "Nog een vraag."},
            taak=TAAK_NIET_VAN_MIJ, mijn=MIJN_NIET),
    Adres("casussen:taak_ritme", TAAK_TERUG, TAAK_BEGIN, kwargs=lambda w: {}, data=lambda w: {"ritme": "week"},
          naar=_taak, link=True),
    Adres("casussen:mijn_ritme", MIJN_RITME, MIJN_RITME, kwargs=lambda w: {}, data=lambda w: {"ritme": "week"},
          naar=_overal("/mijn/")),
    Adres("casussen:taak_overzicht", TAAK_EIGEN, TAAK_ALLEEN_LEZEN, kwargs=lambda w: {"pk": w.kuipers.ilse.pk},
          naar=_taak, link=True),
    Adres("casussen:mijn_overzicht", EIGEN_DAG, NIET, kwargs=lambda w: {"pk": w.kuipers.sanne.pk}),
    # The helper did not show the code in this browser, the family did.
    Adres("casussen:taak_code", TAAK, TAAK_TERUG, kwargs=lambda w: {}, naar=lambda w, token: f"/t/{token}/code/",
          link=True),
    Adres("casussen:gezin_code", GEZIN_CODE, GEZIN_VRAAG, kwargs=lambda w: {}, naar=_na_code, link=True),
    Adres("casussen:taak_agenda", TAAK_LEZEN, TAAK, kwargs=lambda w: {}, data=lambda w: {"wat": "maak"}, naar=_taak,
          link=True),
    Adres("casussen:taak_agenda_ics", TAAK_EIGEN, TAAK_ALLEEN_LEZEN, kwargs=lambda w: {"pk": w.kuipers.ilse.pk},
          naar=_taak, link=True),
    Adres("casussen:taak_nieuw", krijgt(iedereen="→"), OPENBAAR, kwargs=lambda w: {}, naar=_taak, link=True),
    Adres("casussen:gezin_nieuw", krijgt(iedereen="→"), OPENBAAR, kwargs=lambda w: {},
          naar=lambda w, token: f"/o/{token}/", link=True),
    Adres("casussen:mijn_agenda", IEDER, IEDER, kwargs=lambda w: {}, data=lambda w: {"wat": "maak"}),
    Adres("casussen:mijn_agenda_ics", EIGEN_DAG, NIET, kwargs=lambda w: {"pk": w.kuipers.sanne.pk}),
    Adres("casussen:agendafeed", OPENBAAR, NOOIT, kwargs=lambda w: {"token": w.klaar["agenda"]}),
    Adres("casussen:gezin", OVERZICHT, NOOIT, kwargs=lambda w: {}, link=True),
    Adres("casussen:gezin_pdf", OVERZICHT, NOOIT, kwargs=lambda w: {}, link=True),
    Adres("casussen:gezin_wie_keek", OVERZICHT, NOOIT, kwargs=lambda w: {}, link=True),
    Adres(
        "casussen:link_nieuw", OPENBAAR, OPENBAAR, kwargs=lambda w: {},
        data=lambda w: {"email": "i.broekhuis@debrug.example"},
    ),
    Adres(
        "casussen:mailritme", OPENBAAR, OPENBAAR, data=lambda w: {"ritme": "week"},
        kwargs=lambda w: {"token": w.klaar["mailritme"]},
    ),
    # No clock was ever heard in a test: not healthy, and anybody may know.
    Adres("casussen:gezond", ZIEK, NOOIT, kwargs=lambda w: {}),
    Adres("casussen:sessie", OPENBAAR, OPENBAAR, kwargs=lambda w: {}),
    Adres("casussen:sessie_terug", IEDER, NIET, kwargs=lambda w: {}),
    Adres(
        "casussen:foto_eigen", IEDER, DOOR, kwargs=lambda w: {},
        data=lambda w: {"foto": SimpleUploadedFile("ik.jpg", foto())}, naar=lambda w, token: "/account/foto/",
    ),
    Adres("casussen:foto_weg", NIET, DOOR, kwargs=lambda w: {}, naar=lambda w, token: "/account/foto/"),
    Adres("casussen:foto", FOTO, NIET, kwargs=lambda w: {"professional_id": w.kuipers.teams.sanne.professional_id}),
    Adres("account_login", INLOGGEN, INLOGGEN, kwargs=lambda w: {}, naar=lambda w, token: "/casussen/"),
    # Only there when the municipality has accounts of its own: see test_oidc.py.
    Adres("openid_connect_login", NOOIT, BESTAAT_NIET, kwargs=lambda w: {}),
    Adres("openid_connect_callback", BESTAAT_NIET, NOOIT, kwargs=lambda w: {}),
    Adres("werkaccount_opnieuw", NIET_IN, NIET, kwargs=lambda w: {}),
    *OVER_ACCOUNT,
    Adres("account_logout", UIT, UITLOGGEN, kwargs=lambda w: {}, naar=lambda w, token: "/inloggen/"),
    # Whoever chooses a password is signed out in this browser, so this is the last row.
    Adres(
        "casussen:uitnodiging", OPENBAAR, NAAR_INLOGGEN, kwargs=lambda w: {"token": w.klaar["uitnodiging"]},
        data=lambda w: {"password": "vier-losse-woorden-kaas-fiets"}, naar=lambda w, token: "/inloggen/",
    ),
]  # fmt: skip

# Only with the demo's mailbox, and the managers' screen as a group: see test_toegangstabel.py.
APART = {"casussen:postvak"}
