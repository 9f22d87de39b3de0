"""Every address of the application. The addresses in mails and manuals are fixed."""

from collections.abc import Callable

from django.urls import URLPattern, path

from casussen.views import (
    aantallen,
    afspraken,
    bewaren,
    casussen,
    evaluatie,
    foto,
    gezin,
    gezond,
    inzage,
    link,
    logboek,
    mdo,
    mensen,
    noodtoegang,
    overdracht,
    postvak,
    sessie,
    stand,
    taken,
    toestemming,
    uitnodigingen,
    vaststellen,
    verzoeken,
    wie_keek,
)
from casussen.views.taakdeur import View, achter_link, achter_login

app_name = "casussen"

Deur = Callable[[View], View]
CASUS = "casussen/<uuid:casus_id>/"


def een_taak(begin: str, naam: str, deur: Deur) -> list[URLPattern]:
    """in: how the addresses begin, their name, who stands at the door; out: the addresses of the page of a helper."""
    return [
        path(begin, deur(taken.taak), name=naam),
        path(begin + "afspraak/<uuid:pk>/", deur(taken.reactie), name=f"{naam}_reactie"),
        path(begin + "deel/<uuid:pk>/bereikbaar/", deur(taken.bereikbaar), name=f"{naam}_bereikbaar"),
        path(begin + "regie/<uuid:pk>/", deur(taken.regie), name=f"{naam}_regie"),
    ]


urlpatterns = [
    path("", casussen.begin, name="begin"),
    path("casussen/", casussen.lijst, name="lijst"),
    path("casussen/nieuw/", casussen.nieuw, name="nieuw"),
    path("noodtoegang/", noodtoegang.noodtoegang, name="noodtoegang"),
    path("noodtoegang/overzicht/", noodtoegang.overzicht, name="noodtoegang_overzicht"),
    path("aantallen/", aantallen.aantallen, name="aantallen"),
    path(CASUS, stand.stand, name="stand"),
    # The seven steps. A record is made and changed at its own address, by the id that the form hands out.
    path(CASUS + "stap/<int:nummer>/", mdo.stap, name="stap"),
    path(CASUS + "antwoord/<slug:vraag>/", mdo.antwoord, name="antwoord"),
    path(CASUS + "gezinslid/<uuid:pk>/", mensen.gezinslid, name="gezinslid"),
    path(CASUS + "gezinslid/<uuid:pk>/weg/", mensen.gezinslid_weg, name="gezinslid_weg"),
    path(CASUS + "netwerklid/<uuid:pk>/", mensen.netwerklid, name="netwerklid"),
    path(CASUS + "helper/<uuid:pk>/", mensen.helper, name="helper"),
    path(CASUS + "deelnemer/<uuid:pk>/rol/", mensen.rol, name="rol"),
    path(CASUS + "deelnemer/<uuid:pk>/adres/", mensen.adres, name="adres"),
    path(CASUS + "deelnemer/<uuid:pk>/bereikbaar/", mensen.bereikbaar, name="bereikbaar"),
    path(CASUS + "deelnemer/<uuid:pk>/stopt/", mensen.deelnemer_stopt, name="deelnemer_stopt"),
    path(CASUS + "regie/<slug:functie>/", afspraken.regie, name="regie"),
    path(CASUS + "regie/<slug:functie>/ja/", afspraken.regie_ja, name="regie_ja"),
    path(CASUS + "afspraak/<uuid:pk>/", afspraken.afspraak, name="afspraak"),
    path(CASUS + "afspraak/<uuid:pk>/vervalt/", afspraken.afspraak_vervalt, name="afspraak_vervalt"),
    path(CASUS + "terugkijken/<uuid:pk>/", afspraken.terugkijken, name="terugkijken"),
    path(CASUS + "bericht/<uuid:pk>/opnieuw/", stand.bericht_opnieuw, name="bericht_opnieuw"),
    path(CASUS + "vaststellen/", vaststellen.vaststellen, name="vaststellen"),
    path(CASUS + "overzicht/<uuid:gezinslid_id>/", gezin.voorbeeld, name="overzicht"),
    path(CASUS + "overzicht/<uuid:gezinslid_id>.pdf", gezin.voorbeeld_pdf, name="overzicht_pdf"),
    path(CASUS + "evaluatie/", evaluatie.evaluatie, name="evaluatie"),
    # Who reads along, and why.
    path(CASUS + "delen/", toestemming.delen, name="delen"),
    path(CASUS + "delen/verteld/", toestemming.verteld, name="delen_verteld"),
    path(CASUS + "delen/<uuid:organisatie_id>/toestemming/", toestemming.toestemming, name="delen_toestemming"),
    path(CASUS + "delen/<uuid:organisatie_id>/intrekken/", toestemming.intrekken, name="delen_intrekken"),
    path(CASUS + "delen/<uuid:organisatie_id>/grond/", toestemming.grond, name="delen_grond"),
    path(CASUS + "delen/<uuid:organisatie_id>/gewist/", toestemming.gewist, name="delen_gewist"),
    path(CASUS + "overdracht/", overdracht.overdracht, name="overdracht"),
    path(CASUS + "logboek/", logboek.logboek, name="logboek"),
    path("logboek/", logboek.logboek_beheer, name="logboek_beheer"),
    # The rights of the person, and how long a casus is kept.
    path("verzoeken/", verzoeken.verzoeken, name="verzoeken"),
    path(CASUS + "verzoek/nieuw/", verzoeken.nieuw, name="verzoek_nieuw"),
    path(CASUS + "verzoek/<uuid:pk>/", verzoeken.verzoek, name="verzoek"),
    path(CASUS + "verzoek/<uuid:pk>/verleng/", verzoeken.verleng, name="verzoek_verleng"),
    path(CASUS + "verzoek/<uuid:pk>/wis/", verzoeken.wis_persoon, name="wis_persoon"),
    path(CASUS + "gezinslid/<uuid:pk>/inzage/", inzage.inzage, name="inzage"),
    path(CASUS + "gezinslid/<uuid:pk>/inzage.json", inzage.inzage_json, name="inzage_json"),
    path(CASUS + "gezinslid/<uuid:pk>/inzage.pdf", inzage.inzage_pdf, name="inzage_pdf"),
    path("bewaren/", bewaren.bewaren, name="bewaren"),
    path(CASUS + "bewaren/", bewaren.bewaren_casus, name="bewaren_casus"),
    path(CASUS + "bewaren/archief.zip", bewaren.archief, name="archief"),
    path(CASUS + "wissen/", bewaren.wis_casus, name="wis_casus"),
    # Without an account: one person, one casus.
    *een_taak("t/<str:token>/", "taak", achter_link),
    # The same page for who has an account.
    *een_taak("mijn/", "mijn", achter_login),
    path("o/<str:token>/", gezin.overzicht, name="gezin"),
    path("o/<str:token>/overzicht.pdf", gezin.overzicht_pdf, name="gezin_pdf"),
    path("o/<str:token>/wie-keek/", wie_keek.wie_keek, name="gezin_wie_keek"),
    path("link/nieuw/", link.nieuw, name="link_nieuw"),
    path("uitnodiging/<str:token>/", uitnodigingen.uitnodiging, name="uitnodiging"),
    path("gezond/", gezond.gezond, name="gezond"),
    path("account/foto/", foto.eigen, name="foto_eigen"),
    path("account/foto/weg/", foto.weg, name="foto_weg"),
    path("foto/<uuid:professional_id>/", foto.toon, name="foto"),
    path("sessie/", sessie.sessie, name="sessie"),
    path("sessie/terug/", sessie.terug, name="sessie_terug"),
]

# Only with the demo's e-mail backend: every mail that was sent, for a new user to follow.
if postvak.is_aan():
    urlpatterns += [path("postvak/", postvak.postvak, name="postvak")]
