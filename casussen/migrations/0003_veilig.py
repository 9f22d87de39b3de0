import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casussen", "0002_vast"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deling",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                ("gemaakt_op", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op")),
                ("gewijzigd_op", models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")),
                (
                    "grond",
                    models.CharField(
                        choices=[
                            ("betrokken", "Hoort bij deze hulp: vertellen is genoeg"),
                            ("toestemming", "Hoort niet bij deze hulp: eerst toestemming"),
                            ("plicht", "Zonder toestemming: de wet schrijft het voor"),
                            ("gevaar", "Zonder toestemming: er is gevaar voor iemand"),
                            ("veilig-thuis", "Zonder toestemming: melding bij of vraag van Veilig Thuis"),
                        ],
                        max_length=20,
                        verbose_name="grond",
                    ),
                ),
                ("reden", models.TextField(blank=True, max_length=20000, verbose_name="reden")),
            ],
            options={
                "verbose_name": "deling",
                "verbose_name_plural": "delingen",
            },
        ),
        migrations.CreateModel(
            name="Foto",
            fields=[
                (
                    "professional",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="foto",
                        serialize=False,
                        to="casussen.professional",
                        verbose_name="professional",
                    ),
                ),
                ("beeld", models.BinaryField(verbose_name="beeld")),
                ("gewijzigd_op", models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")),
            ],
            options={
                "verbose_name": "foto",
                "verbose_name_plural": "foto's",
            },
        ),
        migrations.CreateModel(
            name="Geinformeerd",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                ("gemaakt_op", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op")),
                ("gewijzigd_op", models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")),
                (
                    "hoe",
                    models.CharField(
                        choices=[("gesproken", "In een gesprek"), ("papier", "Op papier"), ("scherm", "Op het scherm")],
                        max_length=12,
                        verbose_name="hoe",
                    ),
                ),
                ("op", models.DateField(verbose_name="op")),
            ],
            options={
                "verbose_name": "geïnformeerd",
                "verbose_name_plural": "geïnformeerd",
            },
        ),
        migrations.CreateModel(
            name="Logzegel",
            fields=[
                ("logregel_id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="logregel")),
                ("dag", models.DateField(verbose_name="dag")),
                ("nummer", models.PositiveIntegerField(verbose_name="nummer")),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={
                "verbose_name": "logzegel",
                "verbose_name_plural": "logzegels",
            },
        ),
        migrations.CreateModel(
            name="Noodtoegang",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                ("gemaakt_op", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op")),
                ("gewijzigd_op", models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")),
                ("reden", models.TextField(max_length=20000, verbose_name="reden")),
                ("van", models.DateTimeField(verbose_name="van")),
                ("tot", models.DateTimeField(verbose_name="tot")),
            ],
            options={
                "verbose_name": "noodtoegang",
                "verbose_name_plural": "noodtoegangen",
            },
        ),
        migrations.CreateModel(
            name="Teamoverdracht",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                ("gemaakt_op", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op")),
                ("gewijzigd_op", models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")),
                ("reden", models.TextField(max_length=20000, verbose_name="reden")),
                ("op", models.DateTimeField(verbose_name="op")),
            ],
            options={
                "verbose_name": "overdracht naar een ander team",
                "verbose_name_plural": "overdrachten naar een ander team",
                "ordering": ["-op"],
            },
        ),
        migrations.CreateModel(
            name="Toestemming",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                ("gemaakt_op", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op")),
                ("gewijzigd_op", models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")),
                ("gever_anders", models.CharField(blank=True, max_length=120, verbose_name="door iemand anders")),
                (
                    "zegt",
                    models.CharField(
                        choices=[("ja", "Ja, dat mag"), ("nee", "Nee, liever niet")],
                        default="ja",
                        max_length=3,
                        verbose_name="zegt",
                    ),
                ),
                ("doel", models.CharField(max_length=300, verbose_name="waarvoor")),
                (
                    "onderdelen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("naam", "Dat wij helpen, en de naam van het gezin"),
                                ("afspraken", "Afspraken"),
                                ("terugkijken", "Wanneer we terugkijken"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="wat",
                    ),
                ),
                (
                    "hoe",
                    models.CharField(
                        choices=[("gesproken", "In een gesprek"), ("papier", "Op papier"), ("scherm", "Op het scherm")],
                        max_length=12,
                        verbose_name="hoe",
                    ),
                ),
                ("op", models.DateField(verbose_name="op")),
                ("ingetrokken_op", models.DateTimeField(blank=True, null=True, verbose_name="ingetrokken op")),
                (
                    "na_intrekken",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("blijft", "Wat al gedeeld is, mag daar blijven"),
                            ("wissen", "We vragen de organisatie om het weg te doen"),
                        ],
                        max_length=10,
                        verbose_name="na intrekken",
                    ),
                ),
                (
                    "wissen_gevraagd_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="om wissen gevraagd op"),
                ),
            ],
            options={
                "verbose_name": "toestemming",
                "verbose_name_plural": "toestemmingen",
                "ordering": ["op", "id"],
            },
        ),
        migrations.CreateModel(
            name="Uitnodiging",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                ("gemaakt_op", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op")),
                ("gewijzigd_op", models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")),
                (
                    "token_hash",
                    models.CharField(max_length=64, null=True, unique=True, verbose_name="hash van de token"),
                ),
                ("geldig_tot", models.DateTimeField(null=True, verbose_name="geldig tot")),
                ("gebruikt_op", models.DateTimeField(null=True, verbose_name="gebruikt op")),
                ("ingetrokken_op", models.DateTimeField(null=True, verbose_name="ingetrokken op")),
            ],
            options={
                "verbose_name": "uitnodiging",
                "verbose_name_plural": "uitnodigingen",
            },
        ),
        migrations.CreateModel(
            name="Verzoek",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                ("gemaakt_op", models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op")),
                ("gewijzigd_op", models.DateTimeField(auto_now=True, verbose_name="gewijzigd op")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("inzage", "Inzage: alles over mij krijgen"),
                            ("correctie", "Correctie: iets klopt niet"),
                            ("wissen", "Wissen: mijn gegevens weg"),
                        ],
                        max_length=10,
                        verbose_name="wat wordt gevraagd",
                    ),
                ),
                ("tekst", models.TextField(blank=True, max_length=20000, verbose_name="in eigen woorden")),
                ("ontvangen_op", models.DateField(verbose_name="ontvangen op")),
                ("uiterlijk", models.DateField(verbose_name="uiterlijk beslissen op")),
                ("verlengd_op", models.DateTimeField(blank=True, null=True, verbose_name="verlengd op")),
                ("verleng_reden", models.TextField(blank=True, max_length=20000, verbose_name="waarom verlengd")),
                (
                    "besluit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ja", "Ja, we doen het"),
                            ("deels", "We doen het voor een deel"),
                            ("nee", "Nee, we doen het niet"),
                        ],
                        max_length=5,
                        verbose_name="besluit",
                    ),
                ),
                ("reden", models.TextField(blank=True, max_length=20000, verbose_name="reden")),
                ("besloten_op", models.DateTimeField(blank=True, null=True, verbose_name="besloten op")),
            ],
            options={
                "verbose_name": "verzoek",
                "verbose_name_plural": "verzoeken",
                "ordering": ["uiterlijk", "id"],
            },
        ),
        migrations.RemoveField(
            model_name="medewerker",
            name="is_staff",
        ),
        migrations.AddField(
            model_name="casus",
            name="bewaren_reden",
            field=models.TextField(blank=True, max_length=20000, verbose_name="waarom langer bewaren"),
        ),
        migrations.AddField(
            model_name="casus",
            name="bewaren_tot",
            field=models.DateField(blank=True, null=True, verbose_name="bewaren tot en met"),
        ),
        migrations.AddField(
            model_name="casus",
            name="wissen_besloten_op",
            field=models.DateTimeField(blank=True, null=True, verbose_name="tot wissen besloten op"),
        ),
        migrations.AddField(
            model_name="logregel",
            name="bron",
            field=models.GenericIPAddressField(null=True, verbose_name="adres van de bron"),
        ),
        migrations.AddField(
            model_name="logregel",
            name="namens_id",
            field=models.UUIDField(null=True, verbose_name="namens"),
        ),
        migrations.AddField(
            model_name="logregel",
            name="namens_soort",
            field=models.CharField(blank=True, max_length=12, verbose_name="namens, soort"),
        ),
        migrations.AddField(
            model_name="logregel",
            name="request_id",
            field=models.CharField(blank=True, max_length=32, verbose_name="verzoek"),
        ),
        migrations.AddField(
            model_name="organisatie",
            name="bewaar_maanden",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="bewaren, in maanden"),
        ),
        migrations.AddField(
            model_name="organisatie",
            name="bewaarbeleid",
            field=models.CharField(
                blank=True,
                choices=[
                    ("dossier", "20 jaar: de casus hoort bij het dossier"),
                    ("kort", "Korter: de casus is alleen voor het samenwerken"),
                ],
                max_length=10,
                verbose_name="hoe lang bewaren na afsluiten",
            ),
        ),
        migrations.AddField(
            model_name="organisatie",
            name="hoort_bij_hulp",
            field=models.BooleanField(default=True, verbose_name="hoort gewoonlijk bij de hulp"),
        ),
        migrations.AlterField(
            model_name="bericht",
            name="casus",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="berichten",
                to="casussen.casus",
                verbose_name="casus",
            ),
        ),
        migrations.AlterField(
            model_name="bericht",
            name="soort",
            field=models.CharField(
                choices=[
                    ("taak", "vraag om te bevestigen"),
                    ("overzicht", "het overzicht staat klaar"),
                    ("nieuwe-link", "een nieuwe link"),
                    ("evaluatie-nadert", "herinnering vooraf"),
                    ("evaluatie-voorbij", "herinnering na de datum"),
                    ("leeftijd", "een kind wordt 12, 16 of 18"),
                    ("bewaren", "besluiten over bewaren"),
                    ("noodtoegang", "noodtoegang gebruikt"),
                    ("teamoverdracht", "een gezin komt naar jouw team"),
                    ("uitnodiging", "uitnodiging voor een account"),
                    ("wachtwoord", "een nieuw wachtwoord kiezen"),
                    ("account", "er veranderde iets aan je account"),
                ],
                max_length=20,
                verbose_name="soort",
            ),
        ),
        migrations.AlterField(
            model_name="logregel",
            name="op",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="op"),
        ),
        migrations.AddIndex(
            model_name="casus",
            index=models.Index(
                condition=models.Q(("bewaren_tot__isnull", False)), fields=["bewaren_tot"], name="casus_bewaren_tot"
            ),
        ),
        migrations.AddIndex(
            model_name="logregel",
            index=models.Index(fields=["-op"], name="logregel_per_moment"),
        ),
        migrations.AddIndex(
            model_name="logregel",
            index=models.Index(
                condition=models.Q(("request_id", ""), _negated=True),
                fields=["request_id"],
                name="logregel_per_verzoek",
            ),
        ),
        migrations.AddConstraint(
            model_name="bericht",
            constraint=models.CheckConstraint(
                condition=models.Q(("casus__isnull", False), ("medewerker__isnull", False), _connector="OR"),
                name="bericht_zonder_casus_aan_staf",
            ),
        ),
        migrations.AddConstraint(
            model_name="casus",
            constraint=models.CheckConstraint(
                condition=models.Q(("bewaren_tot__isnull", True), ("afgesloten_op__isnull", False), _connector="OR"),
                name="casus_bewaren_alleen_afgesloten",
            ),
        ),
        migrations.AddConstraint(
            model_name="casus",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wissen_besloten_op__isnull", True), ("bewaren_tot__isnull", False), _connector="OR"
                ),
                name="casus_wissen_alleen_met_datum",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("bewaar_maanden__isnull", False), ("bewaar_maanden__range", (1, 240)), ("bewaarbeleid", "kort")
                    ),
                    models.Q(models.Q(("bewaarbeleid", "kort"), _negated=True), ("bewaar_maanden__isnull", True)),
                    _connector="OR",
                ),
                name="organisatie_bewaar_maanden_bij_kort",
            ),
        ),
        migrations.AddField(
            model_name="deling",
            name="casus",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="delingen",
                to="casussen.casus",
                verbose_name="casus",
            ),
        ),
        migrations.AddField(
            model_name="deling",
            name="organisatie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delingen",
                to="casussen.organisatie",
                verbose_name="organisatie",
            ),
        ),
        migrations.AddField(
            model_name="geinformeerd",
            name="casus",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="geinformeerd",
                to="casussen.casus",
                verbose_name="casus",
            ),
        ),
        migrations.AddField(
            model_name="geinformeerd",
            name="gezinslid",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="casussen.gezinslid",
                verbose_name="wie is het verteld",
            ),
        ),
        migrations.AddField(
            model_name="geinformeerd",
            name="organisatie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casussen.organisatie",
                verbose_name="organisatie",
            ),
        ),
        migrations.AddField(
            model_name="geinformeerd",
            name="vastgelegd_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="vastgelegd door",
            ),
        ),
        migrations.AddConstraint(
            model_name="logzegel",
            constraint=models.UniqueConstraint(fields=("dag", "nummer"), name="logzegel_nummer_per_dag"),
        ),
        migrations.AddField(
            model_name="noodtoegang",
            name="casus",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="noodtoegangen",
                to="casussen.casus",
                verbose_name="casus",
            ),
        ),
        migrations.AddField(
            model_name="noodtoegang",
            name="medewerker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="noodtoegangen",
                to=settings.AUTH_USER_MODEL,
                verbose_name="medewerker",
            ),
        ),
        migrations.AddField(
            model_name="teamoverdracht",
            name="casus",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="overdrachten",
                to="casussen.casus",
                verbose_name="casus",
            ),
        ),
        migrations.AddField(
            model_name="teamoverdracht",
            name="door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="door",
            ),
        ),
        migrations.AddField(
            model_name="teamoverdracht",
            name="naar_team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casussen.team",
                verbose_name="naar team",
            ),
        ),
        migrations.AddField(
            model_name="teamoverdracht",
            name="van_team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casussen.team",
                verbose_name="van team",
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="casus",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="toestemmingen",
                to="casussen.casus",
                verbose_name="casus",
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="gever",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="casussen.gezinslid",
                verbose_name="door wie",
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="organisatie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="toestemmingen",
                to="casussen.organisatie",
                verbose_name="organisatie",
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="over",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="casussen.gezinslid",
                verbose_name="over wie",
            ),
        ),
        migrations.AddField(
            model_name="toestemming",
            name="vastgelegd_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="vastgelegd door",
            ),
        ),
        migrations.AddField(
            model_name="uitnodiging",
            name="door",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gegeven_uitnodigingen",
                to=settings.AUTH_USER_MODEL,
                verbose_name="uitgenodigd door",
            ),
        ),
        migrations.AddField(
            model_name="uitnodiging",
            name="medewerker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uitnodigingen",
                to=settings.AUTH_USER_MODEL,
                verbose_name="medewerker",
            ),
        ),
        migrations.AddField(
            model_name="uitnodiging",
            name="organisatie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uitnodigingen",
                to="casussen.organisatie",
                verbose_name="organisatie",
            ),
        ),
        migrations.AddField(
            model_name="verzoek",
            name="besloten_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="besloten door",
            ),
        ),
        migrations.AddField(
            model_name="verzoek",
            name="casus",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="verzoeken",
                to="casussen.casus",
                verbose_name="casus",
            ),
        ),
        migrations.AddField(
            model_name="verzoek",
            name="gezinslid",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="verzoeken",
                to="casussen.gezinslid",
                verbose_name="van wie",
            ),
        ),
        migrations.AddField(
            model_name="verzoek",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verzoeken",
                to="casussen.team",
                verbose_name="team",
            ),
        ),
        migrations.AddConstraint(
            model_name="deling",
            constraint=models.UniqueConstraint(fields=("casus", "organisatie"), name="deling_een_per_organisatie"),
        ),
        migrations.AddConstraint(
            model_name="deling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("grond__in", ["betrokken", "toestemming"]),
                    models.Q(
                        ("grond__in", ("plicht", "gevaar", "veilig-thuis")), models.Q(("reden", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="deling_zonder_toestemming_met_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="geinformeerd",
            constraint=models.UniqueConstraint(fields=("organisatie", "gezinslid"), name="geinformeerd_een_keer"),
        ),
        migrations.AddIndex(
            model_name="noodtoegang",
            index=models.Index(fields=["medewerker", "tot"], name="noodtoegang_per_medewerker"),
        ),
        migrations.AddConstraint(
            model_name="noodtoegang",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden", ""), _negated=True), name="noodtoegang_reden_gevuld"
            ),
        ),
        migrations.AddConstraint(
            model_name="noodtoegang",
            constraint=models.CheckConstraint(
                condition=models.Q(("tot__gt", models.F("van"))), name="noodtoegang_tot_na_van"
            ),
        ),
        migrations.AddConstraint(
            model_name="teamoverdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden", ""), _negated=True), name="teamoverdracht_reden_gevuld"
            ),
        ),
        migrations.AddConstraint(
            model_name="teamoverdracht",
            constraint=models.CheckConstraint(
                condition=models.Q(("van_team", models.F("naar_team")), _negated=True),
                name="teamoverdracht_naar_een_ander_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gever__isnull", False), ("gever_anders", "")),
                    models.Q(("gever__isnull", True), models.Q(("gever_anders", ""), _negated=True)),
                    _connector="OR",
                ),
                name="toestemming_een_gever",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gever__isnull", False), ("ingetrokken_op__isnull", True)),
                fields=("organisatie", "over", "gever"),
                name="toestemming_een_keer_tegelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gever__isnull", True), ("ingetrokken_op__isnull", True)),
                fields=("organisatie", "over", "gever_anders"),
                name="toestemming_van_een_ander_een_keer",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ingetrokken_op__isnull", False), ("zegt", "ja")), ("na_intrekken", ""), _connector="OR"
                ),
                name="toestemming_na_intrekken_alleen_ingetrokken",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(("wissen_gevraagd_op__isnull", True), ("na_intrekken", "wissen"), _connector="OR"),
                name="toestemming_wissen_alleen_gevraagd",
            ),
        ),
        migrations.AddConstraint(
            model_name="toestemming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("onderdelen", []), ("zegt", "nee")),
                    models.Q(("onderdelen__contains", ["naam"]), ("zegt", "ja")),
                    _connector="OR",
                ),
                name="toestemming_ja_over_iets",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gebruikt_op__isnull", True), ("ingetrokken_op__isnull", True)),
                fields=("medewerker",),
                name="uitnodiging_een_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("geldig_tot__isnull", True), ("token_hash__isnull", True)),
                    models.Q(("geldig_tot__isnull", False), ("token_hash__isnull", False)),
                    _connector="OR",
                ),
                name="uitnodiging_link_met_einde",
            ),
        ),
        migrations.AddIndex(
            model_name="verzoek",
            index=models.Index(condition=models.Q(("besluit", "")), fields=["uiterlijk"], name="verzoek_open"),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besloten_door__isnull", True), ("besloten_op__isnull", True), ("besluit", "")),
                    models.Q(
                        models.Q(("besluit", ""), _negated=True),
                        ("besloten_door__isnull", False),
                        ("besloten_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="verzoek_besluit_heel",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("besluit__in", ["", "ja"]),
                    models.Q(("reden", ""), _negated=True),
                    ("gezinslid__isnull", True),
                    _connector="OR",
                ),
                name="verzoek_reden_bij_deels_of_nee",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verleng_reden", ""), ("verlengd_op__isnull", True)),
                    models.Q(
                        ("verlengd_op__isnull", False),
                        models.Q(
                            models.Q(("verleng_reden", ""), _negated=True), ("gezinslid__isnull", True), _connector="OR"
                        ),
                    ),
                    _connector="OR",
                ),
                name="verzoek_verlengd_met_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(("uiterlijk__gte", models.F("ontvangen_op"))), name="verzoek_termijn_na_ontvangst"
            ),
        ),
    ]
