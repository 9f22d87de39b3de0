"""Who may what. Every function says in its docstring who may."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from casussen.actor import Actor, ActorSoort
from casussen.models import Casus, Deelnemer, Gezinslid, Professional, Team
from casussen.models.organisatie import TeamRol


def casussen_van(actor: Actor) -> QuerySet[Casus]:
    """Coördinators and teamleden: the casussen of their team. The operator: all. Everybody else: none.

    A deelnemer or gezinslid behind a link never gets the casus itself, only what `overzicht` makes for them.
    """
    if actor.soort == ActorSoort.OPERATOR:
        return Casus.objects.all()
    return Casus.objects.filter(team__in=actor.teams_met(TeamRol.COORDINATOR, TeamRol.TEAMLID))


def mag_lijst_lezen(actor: Actor) -> bool:
    """Coördinators and teamleden of any team. Others with an account have no casussen to list."""
    return bool(actor.teams_met(TeamRol.COORDINATOR, TeamRol.TEAMLID))


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
    """Coördinators and teamleden of the casus's own team; the operator."""
    if actor.soort == ActorSoort.OPERATOR:
        return True
    return casus.team_id in actor.teams_met(TeamRol.COORDINATOR, TeamRol.TEAMLID)


def mag_casus_wijzigen(actor: Actor, casus: Casus) -> bool:
    """Coördinators of the casus's team; a teamlid of that team who takes part himself; the operator."""
    if actor.soort == ActorSoort.OPERATOR or casus.team_id in actor.teams_met(TeamRol.COORDINATOR):
        return True
    if casus.team_id not in actor.teams_met(TeamRol.TEAMLID):
        return False
    return eigen_deelname(actor, casus).exists()


def eigen_deelname(actor: Actor, casus: Casus) -> QuerySet[Deelnemer]:
    """A member of staff who takes part himself: that part. Everybody else: none."""
    professional = actor.medewerker.professional_id if actor.medewerker else None
    return casus.deelnemers.filter(professional=professional, professional__isnull=False, tot__isnull=True)


def mag_logboek_lezen(actor: Actor, casus: Casus) -> bool:
    """Coördinators of the casus's team."""
    return casus.team_id in actor.teams_met(TeamRol.COORDINATOR)


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
