"""Every address of the application. The addresses in mails and manuals are fixed."""

from collections.abc import Callable

from django.urls import URLPattern, path

from casussen.views import (
    aantallen,
    afspraken,
    agenda,
    bewaren,
    casussen,
    code,
    draden,
    evaluatie,
    foto,
    gezin,
    gezond,
    helper,
    inzage,
    link,
    logboek,
    mailritme,
    mdo,
    mensen,
    noodtoegang,
    overdracht,
    postvak,
    sessie,
    stand,
    taakantwoorden,
    taakdeel,
    taakpagina,
    taken,
    toestemming,
    uitnodigingen,
    vaststellen,
    verzoeken,
    wie_keek,
)
from casussen.views.gezinsdeur import achter_gezinslink
from casussen.views.taakdeur import View, achter_link, achter_login

app_name = "casussen"

Deur = Callable[..., View]
CASUS = "casussen/<uuid:casus_id>/"


def een_taak(begin: str, naam: str, deur: Deur) -> list[URLPattern]:
    """in: how the addresses begin, their name, who stands at the door; out: the addresses of the page of a helper."""

    def bezet(view: View) -> View:
        return deur(view, eerst=taakpagina.welkom)

    return [
        path(begin, deur(taken.taak, eerst=None), name=naam),
        path(begin + "afspraak/<uuid:pk>/", bezet(taakantwoorden.reactie), name=f"{naam}_reactie"),
        path(begin + "afspraak/<uuid:pk>/gedaan/", bezet(taakantwoorden.gedaan), name=f"{naam}_gedaan"),
        path(begin + "afspraak/<uuid:pk>/later/", bezet(taakantwoorden.later), name=f"{naam}_later"),
        path(begin + "draad/<uuid:pk>/", bezet(taakantwoorden.draad), name=f"{naam}_draad"),
        path(begin + "deel/<uuid:pk>/alles/", bezet(taken.alles), name=f"{naam}_alles"),
        path(begin + "deel/<uuid:pk>/rol/", bezet(taakdeel.rol), name=f"{naam}_rol"),
        path(begin + "deel/<uuid:pk>/doorgeven/", bezet(taakdeel.doorgeven), name=f"{naam}_doorgeven"),
        path(begin + "deel/<uuid:pk>/bereikbaar/", bezet(taakdeel.bereikbaar), name=f"{naam}_bereikbaar"),
        path(begin + "regie/<uuid:pk>/", bezet(taakdeel.regie), name=f"{naam}_regie"),
        path(begin + "regie/<uuid:pk>/niet/", bezet(taakdeel.regie_niet), name=f"{naam}_regie_niet"),
        path(begin + "mail/", bezet(taken.ritme), name=f"{naam}_ritme"),
        path(begin + "overzicht/<uuid:pk>/", bezet(helper.overzicht), name=f"{naam}_overzicht"),
        path(begin + "agenda/", bezet(agenda.agenda), name=f"{naam}_agenda"),
        path(begin + "agenda/<uuid:pk>.ics", bezet(agenda.gesprek), name=f"{naam}_agenda_ics"),
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
    # What helpers say about it, and the answers.
    path(CASUS + "vragen/", draden.vragen, name="vragen"),
    path(CASUS + "vragen/<uuid:pk>/", draden.vraag, name="vraag"),
    path(CASUS + "vragen/<uuid:pk>/doorgeven/", draden.doorgeven, name="doorgeven"),
    path(CASUS + "afspraak/<uuid:pk>/later/", stand.dag_over, name="dag_over"),
    path(CASUS + "deelnemer/<uuid:pk>/nog-eens/", stand.nog_eens, name="nog_eens"),
    path(CASUS + "deelnemer/<uuid:pk>/links-weg/", stand.links_weg, name="links_weg"),
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
    path("t/<str:token>/nieuw/", link.nieuw_voor, name="taak_nieuw"),
    # The same page for who has an account.
    *een_taak("mijn/", "mijn", achter_login),
    path("agenda/<str:token>.ics", agenda.feed, name="agendafeed"),
    path("t/<str:token>/code/", achter_link(code.taak_code, eerst=None, vraagt_code=False), name="taak_code"),
    path("o/<str:token>/", achter_gezinslink(gezin.overzicht), name="gezin"),
    path("o/<str:token>/overzicht.pdf", achter_gezinslink(gezin.overzicht_pdf), name="gezin_pdf"),
    path("o/<str:token>/wie-keek/", achter_gezinslink(wie_keek.wie_keek), name="gezin_wie_keek"),
    path("o/<str:token>/code/", achter_gezinslink(code.gezin_code, vraagt_code=False), name="gezin_code"),
    path("o/<str:token>/nieuw/", link.nieuw_voor, name="gezin_nieuw"),
    path("link/nieuw/", link.nieuw, name="link_nieuw"),
    path("mail/<str:token>/", mailritme.mailritme, name="mailritme"),
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
