"""Who may what. Every function says in its docstring who may."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from casussen.actor import Actor, ActorSoort
from casussen.models import Casus, Deelnemer, Gezinslid, Noodtoegang, Organisatie, Professional, Regie, Team
from casussen.models.deelnemer import Functie
from casussen.models.organisatie import TeamRol


def casussen_van(actor: Actor) -> QuerySet[Casus]:
    """Coördinators and teamleden: the casussen of their team, and those of other teams in which they take part.

    Taking part counts within the own organisations only: elsewhere somebody is a helper with a link. The operator:
    all. Everybody else: none. A deelnemer or gezinslid behind a link never gets the casus itself, only what
    `overzicht` makes for them.
    """
    if actor.soort == ActorSoort.OPERATOR:
        return Casus.objects.all()
    doet_mee = Q(pk__in=_eigen_delen(actor).values("casus"), team__organisatie__in=_organisaties(actor))
    return Casus.objects.filter(Q(team__in=_werkt_in(actor)) | doet_mee)


def _werkt_in(actor: Actor) -> list[UUID]:
    """The teams in which somebody works with families."""
    return actor.teams_met(TeamRol.COORDINATOR, TeamRol.TEAMLID)


def _organisaties(actor: Actor) -> QuerySet[Team, Any]:
    return Team.objects.filter(pk__in=_werkt_in(actor)).values("organisatie")


def _eigen_delen(actor: Actor) -> QuerySet[Deelnemer]:
    professional = actor.medewerker.professional_id if actor.medewerker else None
    return Deelnemer.objects.filter(professional=professional, professional__isnull=False, tot__isnull=True)


def mag_lijst_lezen(actor: Actor) -> bool:
    """Coördinators and teamleden of any team. Others with an account have no casussen to list."""
    return bool(_werkt_in(actor))


def mag_adresboek_aanvullen(actor: Actor) -> bool:
    """Coördinators and teamleden of any team; the operator."""
    return actor.soort == ActorSoort.OPERATOR or mag_lijst_lezen(actor)


def adressen_te_wijzigen(actor: Actor) -> QuerySet[Professional]:
    """Whoever may add to the address book: entries without an account, of helpers who work with the own teams only.

    The entry of somebody who also works with another team, or who signs in with it, is for the beheerder: a changed
    address would send the links of other families to somebody else.
    """
    if not mag_adresboek_aanvullen(actor):
        return Professional.objects.none()
    elders = Deelnemer.objects.filter(
        ~Q(casus__in=casussen_van(actor)), professional=OuterRef("pk"), tot__isnull=True, casus__afgesloten_op=None
    )
    return Professional.objects.filter(~Exists(elders), medewerker__isnull=True)


def teams_om_te_beginnen(actor: Actor) -> QuerySet[Team]:
    """Coördinators may begin a casus in their own team; the operator in every team."""
    if actor.soort == ActorSoort.OPERATOR:
        return Team.objects.all()
    return Team.objects.filter(pk__in=actor.teams_met(TeamRol.COORDINATOR))


def mag_casus_zien(actor: Actor, casus: Casus) -> bool:
    """Whoever has it among casussen_van; during an hour whoever took emergency access to it."""
    if actor.noodtoegang is not None and actor.noodtoegang.casus_id == casus.pk:
        return True
    return casussen_van(actor).filter(pk=casus.pk).exists()


def mag_casus_wijzigen(actor: Actor, casus: Casus) -> bool:
    """Coördinators of the casus's team; whoever has it among casussen_van and takes part himself; the operator."""
    if actor.soort == ActorSoort.OPERATOR or casus.team_id in actor.teams_met(TeamRol.COORDINATOR):
        return True
    return casussen_van(actor).filter(pk__in=_eigen_delen(actor).values("casus")).filter(pk=casus.pk).exists()


def eigen_delen(actor: Actor) -> QuerySet[Deelnemer]:
    """Somebody behind the own link and somebody signed in: his own parts in all open casussen, as the same person.

    Whether his organisation may read along now is asked apart (toestemming.meelezen).
    """
    if actor.deelnemer is not None and actor.deelnemer.professional_id is None:
        delen = Deelnemer.objects.filter(pk=actor.deelnemer.pk, tot__isnull=True)
    elif actor.deelnemer is not None:
        delen = Deelnemer.objects.filter(professional=actor.deelnemer.professional_id, tot__isnull=True)
    else:
        delen = _eigen_delen(actor)
    return delen.filter(casus__afgesloten_op=None)


def is_zelf(actor: Actor, professional: Professional) -> bool:
    """Somebody behind the own link and somebody signed in: what is only about himself, in all casussen."""
    if actor.deelnemer is not None:
        return actor.deelnemer.professional_id == professional.pk
    return actor.medewerker is not None and actor.medewerker.professional_id == professional.pk


def eigen_deelname(actor: Actor, casus: Casus) -> QuerySet[Deelnemer]:
    """A member of staff who takes part himself: that part. Everybody else: none."""
    return _eigen_delen(actor).filter(casus=casus)


def mag_casus_overdragen(actor: Actor, casus: Casus) -> bool:
    """Coördinators of the casus's team, also when it is closed: somebody must decide about keeping it."""
    return casus.team_id in actor.teams_met(TeamRol.COORDINATOR)


def mag_noodtoegang_nemen(actor: Actor) -> bool:
    """Coördinators and teamleden of any team."""
    return mag_lijst_lezen(actor)


def casussen_voor_noodtoegang(actor: Actor) -> QuerySet[Casus]:
    """Coördinators and teamleden: every casus of the own organisations. Never one of another organisation."""
    return Casus.objects.filter(team__organisatie__in=_organisaties(actor))


def lopende_noodtoegang(actor: Actor, nu: datetime) -> QuerySet[Noodtoegang]:
    """Whoever took emergency access, for its hour; the hour ends early for who works with no family any more."""
    if actor.medewerker is None or not mag_noodtoegang_nemen(actor):
        return Noodtoegang.objects.none()
    return actor.medewerker.noodtoegangen.filter(van__lte=nu, tot__gt=nu)


def mag_aantallen_lezen(actor: Actor) -> bool:
    """Beleid of any team."""
    return bool(actor.teams_met(TeamRol.BELEID))


def organisaties_met_aantallen(actor: Actor) -> QuerySet[Organisatie]:
    """Beleid: the organisation of their team."""
    return Organisatie.objects.filter(teams__in=actor.teams_met(TeamRol.BELEID)).distinct()


def mag_logboek_lezen(actor: Actor, casus: Casus) -> bool:
    """Coördinators of the casus's team."""
    return casus.team_id in actor.teams_met(TeamRol.COORDINATOR)


def mag_draden_lezen(actor: Actor, casus: Casus) -> bool:
    """Coördinators of the casus's team; whoever has it among casussen_van and has the regie or stands in.

    They read what a helper asks, and answer. Others of the team see only that there is a question.
    """
    if casus.team_id in actor.teams_met(TeamRol.COORDINATOR):
        return True
    leidt = Regie.objects.filter(
        casus=casus,
        functie__in=(Functie.REGIEVOERDER, Functie.VERVANGER),
        tot__isnull=True,
        aanvaard_op__isnull=False,
        deelnemer__in=_eigen_delen(actor),
    )
    return leidt.exists() and casussen_van(actor).filter(pk=casus.pk).exists()


def mag_als_deelnemer(actor: Actor, deelnemer: Deelnemer) -> bool:
    """Only that deelnemer: behind the own link, or signed in as the same person of the address book."""
    if actor.soort == ActorSoort.DEELNEMER and actor.deelnemer is not None:
        return actor.deelnemer.pk == deelnemer.pk
    if actor.medewerker is None or deelnemer.professional_id is None:
        return False
    return actor.medewerker.professional_id == deelnemer.professional_id


def mag_overzicht_lezen(actor: Actor, gezinslid: Gezinslid) -> bool:
    """That gezinslid behind the own link; staff who may see the casus (the preview "zo ziet … dit")."""
    if actor.soort == ActorSoort.GEZINSLID and actor.gezinslid is not None:
        return actor.gezinslid.pk == gezinslid.pk
    return mag_casus_zien(actor, gezinslid.casus)


def mag_gegevens_beheren(actor: Actor, casus: Casus) -> bool:
    """Coördinators of the casus's team: requests of the family, exports, how long it is kept."""
    return casus.team_id in actor.teams_met(TeamRol.COORDINATOR)


def mag_casus_wissen(actor: Actor, casus: Casus) -> bool:
    """Coördinators of the casus's team; the clock, once a coördinator decided that it goes on its date."""
    if actor.soort == ActorSoort.KLOK:
        return casus.wissen_besloten_op is not None
    return mag_gegevens_beheren(actor, casus)


def teams_met_register(actor: Actor) -> QuerySet[Team]:
    """Coördinators: their own teams, of which they see the requests and the closed casussen."""
    return Team.objects.filter(pk__in=actor.teams_met(TeamRol.COORDINATOR))


def mag_foto_wijzigen(actor: Actor, professional: Professional) -> bool:
    """Only the person self, signed in."""
    return actor.medewerker is not None and actor.medewerker.professional_id == professional.pk


def mag_foto_zien(actor: Actor, professional: Professional) -> bool:
    """Staff with any role today; and the person self."""
    return bool(actor.rollen) or mag_foto_wijzigen(actor, professional)
