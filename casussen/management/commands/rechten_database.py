"""`manage.py rechten_database --rol handreiking_app`: what the application's own role may do in the database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from psycopg import sql

# Every other table: read, add, change and remove. The log can only be added to, and the database itself seals it.
ANDERS = {
    "casussen_logregel": "SELECT, INSERT",
    "casussen_logzegel": "SELECT",
    "casussen_logwacht": "",
    "django_migrations": "SELECT",
}
GEWOON = "SELECT, INSERT, UPDATE, DELETE"


class Command(BaseCommand):
    """Gives a role that owns nothing exactly what the application needs. Run it as the owner, after every migrate."""

    help = "Geeft de rol van de toepassing haar rechten in de database. Draai dit als eigenaar, na elke migrate."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option: the name of the role."""
        parser.add_argument("--rol", required=True, help="de rol waarmee de toepassing verbinding maakt")

    def handle(self, *args: Any, rol: str, **options: Any) -> None:
        """in: the role; raises CommandError when it does not exist or may do more than an application should."""
        with transaction.atomic():
            _zorg_voor_rol(rol)
            _weiger_machtige_rol(rol)
            _geef(rol)
            if _een("SELECT has_schema_privilege(%s, current_schema(), 'CREATE')", rol):
                raise CommandError(
                    "Iedereen mag tabellen maken in dit schema. Draai als superuser: REVOKE CREATE ON SCHEMA public"
                    " FROM PUBLIC, en probeer het opnieuw. Er is niets veranderd."
                )
        self.stdout.write(f"De rol {rol} heeft haar rechten. In het logboek kan zij alleen toevoegen en lezen.")


def _zorg_voor_rol(rol: str) -> None:
    """Makes the role, or renews its password, when DATABASE_ROL_WACHTWOORD is set; else it must be there."""
    bestaat = _een("SELECT true FROM pg_roles WHERE rolname = %s", rol)
    wachtwoord = settings.DATABASE_ROL_WACHTWOORD
    if wachtwoord:
        doe = "ALTER ROLE {} LOGIN PASSWORD {}" if bestaat else "CREATE ROLE {} LOGIN PASSWORD {}"
        # Encrypted here, so that the password itself never stands in a log of the server.
        versleuteld = connection.connection.pgconn.encrypt_password(wachtwoord.encode(), rol.encode(), b"scram-sha-256")
        _voer_uit(doe, sql.Identifier(rol), sql.Literal(versleuteld.decode()))
    elif not bestaat:
        raise CommandError(
            f"De rol {rol} bestaat niet. Maak haar in PostgreSQL met CREATE ROLE … LOGIN PASSWORD …, of zet"
            " DATABASE_ROL_WACHTWOORD."
        )


def _weiger_machtige_rol(rol: str) -> None:
    if _een("SELECT rolsuper OR rolcreaterole OR rolreplication FROM pg_roles WHERE rolname = %s", rol):
        raise CommandError(f"De rol {rol} mag te veel: zij is superuser, of mag rollen maken of kopiëren.")
    eigenaar = (
        "SELECT bool_or(pg_has_role(%s, relowner, 'MEMBER')) FROM pg_class"
        " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
    )
    if _een(eigenaar, rol):
        raise CommandError(f"De rol {rol} is eigenaar van de tabellen. Neem een andere rol voor de toepassing.")


def _geef(rol: str) -> None:
    wie, schema = sql.Identifier(rol), sql.Identifier(_een("SELECT current_schema()"))
    _voer_uit("GRANT CONNECT ON DATABASE {} TO {}", sql.Identifier(_een("SELECT current_database()")), wie)
    _voer_uit("REVOKE CREATE ON SCHEMA {} FROM PUBLIC, {}", schema, wie)
    _voer_uit("GRANT USAGE ON SCHEMA {} TO {}", schema, wie)
    _voer_uit("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM PUBLIC, {}", schema, wie)
    _voer_uit(f"GRANT {GEWOON} ON ALL TABLES IN SCHEMA {{}} TO {{}}", schema, wie)
    _voer_uit("REVOKE ALL ON ALL SEQUENCES IN SCHEMA {} FROM PUBLIC, {}", schema, wie)
    _voer_uit("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {} TO {}", schema, wie)
    for tabel, rechten in ANDERS.items():
        _voer_uit("REVOKE ALL ON {}.{} FROM {}", schema, sql.Identifier(tabel), wie)
        if rechten:
            _voer_uit(f"GRANT {rechten} ON {{}}.{{}} TO {{}}", schema, sql.Identifier(tabel), wie)


def _voer_uit(tekst: str, *namen: sql.Composable) -> None:
    with connection.cursor() as cursor:
        # Only texts of this module; what comes from outside is quoted by psycopg.
        cursor.execute(sql.SQL(tekst).format(*namen).as_string(cursor.connection))


def _een(tekst: str, *waarden: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(tekst, waarden)
        rij = cursor.fetchone()
    return rij[0] if rij else None
