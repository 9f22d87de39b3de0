"""Every address of the application. The addresses in mails and manuals are fixed."""

from django.urls import path

from casussen.views import (
    afspraken,
    casussen,
    evaluatie,
    gezin,
    gezond,
    link,
    logboek,
    mdo,
    mensen,
    postvak,
    stand,
    taken,
    vaststellen,
)

app_name = "casussen"

CASUS = "casussen/<uuid:casus_id>/"

urlpatterns = [
    path("", casussen.begin, name="begin"),
    path("casussen/", casussen.lijst, name="lijst"),
    path("casussen/nieuw/", casussen.nieuw, name="nieuw"),
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
    path(CASUS + "logboek/", logboek.logboek, name="logboek"),
    # Without an account: one person, one casus.
    path("t/<str:token>/", taken.taak, name="taak"),
    path("t/<str:token>/afspraak/<uuid:pk>/", taken.reactie, name="taak_reactie"),
    path("t/<str:token>/bereikbaar/", taken.bereikbaar, name="taak_bereikbaar"),
    path("t/<str:token>/regie/<uuid:pk>/", taken.regie, name="taak_regie"),
    path("o/<str:token>/", gezin.overzicht, name="gezin"),
    path("o/<str:token>/overzicht.pdf", gezin.overzicht_pdf, name="gezin_pdf"),
    path("link/nieuw/", link.nieuw, name="link_nieuw"),
    path("gezond/", gezond.gezond, name="gezond"),
]

# Only with the demo's e-mail backend: every mail that was sent, for a new user to follow.
if postvak.is_aan():
    urlpatterns += [path("postvak/", postvak.postvak, name="postvak")]
