"""A fixed version goes only with its whole casus, and changes only when somebody's data are taken out of it.

acties/wissen.py says which of the two with the setting `handreiking.wissen`, for its own transaction: `casus:<id>` or
`gezinslid:<id>`. It keeps other code from removing versions by accident; it is no wall against somebody who may type
SQL in this database.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION casussen_geraamte(inhoud jsonb, lid text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(
        (SELECT jsonb_agg(sleutel ORDER BY sleutel) FROM jsonb_object_keys(inhoud) AS sleutel),
        inhoud -> 'schema', inhoud -> 'soort', inhoud -> 'handreiking', inhoud -> 'regie',
        inhoud -> 'evaluatie' -> 'datum',
        jsonb_path_query_array(inhoud, '$.gezinsleden[*] ? (@.id != $lid).id', jsonb_build_object('lid', lid)),
        jsonb_path_query_array(inhoud, '$.deelnemers[*].id'),
        jsonb_path_query_array(inhoud, '$.antwoorden[*].vraag'),
        jsonb_path_query_array(inhoud, '$.afspraken[*] ? (@.gezinslid != $lid).id', jsonb_build_object('lid', lid))
    )
$$;
CREATE FUNCTION casussen_bewaak_vaststelling() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wissen text[] := string_to_array(current_setting('handreiking.wissen', true), ':');
BEGIN
    IF TG_OP = 'DELETE' AND wissen[1] = 'casus' AND wissen[2] = OLD.casus_id::text THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND wissen[1] = 'gezinslid'
        AND to_jsonb(NEW) - 'inhoud' = to_jsonb(OLD) - 'inhoud'
        AND casussen_geraamte(NEW.inhoud, wissen[2]) = casussen_geraamte(OLD.inhoud, wissen[2])
        AND position(wissen[2] IN NEW.inhoud::text) = 0
        AND EXISTS (SELECT FROM casussen_gezinslid WHERE id::text = wissen[2] AND casus_id = OLD.casus_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% op % is niet toegestaan', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
DROP TRIGGER vaststelling_onveranderlijk ON casussen_vaststelling;
CREATE TRIGGER vaststelling_onveranderlijk BEFORE UPDATE OR DELETE ON casussen_vaststelling
    FOR EACH ROW EXECUTE FUNCTION casussen_bewaak_vaststelling();
CREATE TRIGGER vaststelling_niet_leegmaken BEFORE TRUNCATE ON casussen_vaststelling
    FOR EACH STATEMENT EXECUTE FUNCTION casussen_weiger();
"""

BACKWARD = """
DROP TRIGGER vaststelling_niet_leegmaken ON casussen_vaststelling;
DROP TRIGGER vaststelling_onveranderlijk ON casussen_vaststelling;
CREATE TRIGGER vaststelling_onveranderlijk BEFORE UPDATE ON casussen_vaststelling
    FOR EACH ROW EXECUTE FUNCTION casussen_weiger();
DROP FUNCTION casussen_bewaak_vaststelling();
DROP FUNCTION casussen_geraamte(jsonb, text);
"""


class Migration(migrations.Migration):
    """Nothing but SQL: Django has no triggers of its own."""

    dependencies = [("casussen", "0003_veilig")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
