"""Triggers: the log is append-only, and a fixed version never changes."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION casussen_weiger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% op % is niet toegestaan', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER logregel_alleen_toevoegen BEFORE UPDATE OR DELETE ON casussen_logregel
    FOR EACH ROW EXECUTE FUNCTION casussen_weiger();
CREATE TRIGGER logregel_niet_leegmaken BEFORE TRUNCATE ON casussen_logregel
    FOR EACH STATEMENT EXECUTE FUNCTION casussen_weiger();
CREATE TRIGGER vaststelling_onveranderlijk BEFORE UPDATE ON casussen_vaststelling
    FOR EACH ROW EXECUTE FUNCTION casussen_weiger();
"""

BACKWARD = """
DROP TRIGGER vaststelling_onveranderlijk ON casussen_vaststelling;
DROP TRIGGER logregel_niet_leegmaken ON casussen_logregel;
DROP TRIGGER logregel_alleen_toevoegen ON casussen_logregel;
DROP FUNCTION casussen_weiger();
"""


class Migration(migrations.Migration):
    """Nothing but SQL: Django has no triggers of its own."""

    dependencies = [("casussen", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
