"""The chain of the log: the clock of the database on every line, and a seal on every line at the end of its transaction.

A seal is sha256(the seal before it + its own day and number + the line as text). That text is a JSON array of the
columns; a column that comes later is added at its end, only when it is filled, or the lines of before lose their seal.
`casussen/overzicht/logketen.py` makes the same text without these functions.

Sealing takes a lock, so that the chain has one order. It must be the last lock of a transaction, or two of them could
wait for each other. A deferred trigger alone is not the last: foreign keys are checked at the end too, in the order in
which the rows were written, and such a check may have to wait for somebody. So the first round only notes the line in
casussen_logwacht; what that causes comes in the second round, when all else is done.

The functions run as the owner of the tables (SECURITY DEFINER), so that the application's own role can add a line but
never a seal.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION casussen_logregel_op() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.op := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE TRIGGER logregel_klok BEFORE INSERT ON casussen_logregel
    FOR EACH ROW EXECUTE FUNCTION casussen_logregel_op();

CREATE FUNCTION casussen_logtekst(regel casussen_logregel) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT pg_catalog.jsonb_build_array(
        regel.id, pg_catalog.to_char(regel.op AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), regel.actor_soort,
        regel.actor_id, regel.medewerker_id, regel.casus_id, regel.daad, regel.object_soort, regel.object_id,
        regel.namens_soort, regel.namens_id, regel.request_id, regel.bron::text, regel.velden
    )::text
$$;

CREATE UNLOGGED TABLE casussen_logwacht (logregel_id bigint PRIMARY KEY);

CREATE FUNCTION casussen_laat_verzegelen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO casussen_logwacht VALUES (NEW.id);
    RETURN NULL;
END
$$;

CREATE FUNCTION casussen_verzegel() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    regel casussen_logregel;
    vorig casussen_logzegel;
    dag date;
    nummer integer := 1;
BEGIN
    -- Any number will do, as long as nothing else takes it. Held until the end of the transaction.
    PERFORM pg_catalog.pg_advisory_xact_lock(70403);
    SELECT * INTO STRICT regel FROM casussen_logregel WHERE id = NEW.logregel_id;
    SELECT * INTO vorig FROM casussen_logzegel z ORDER BY z.dag DESC, z.nummer DESC LIMIT 1;
    -- The day of sealing, not of the line: a transaction that began before midnight may be sealed after it. The days
    -- of the chain never go back, also when the clock does.
    dag := greatest(vorig.dag, (pg_catalog.clock_timestamp() AT TIME ZONE 'Europe/Amsterdam')::date);
    IF dag = vorig.dag THEN
        nummer := vorig.nummer + 1;
    END IF;
    INSERT INTO casussen_logzegel (logregel_id, dag, nummer, hash) VALUES (
        regel.id, dag, nummer,
        encode(sha256(convert_to(
            coalesce(vorig.hash, ''::varchar)::text || to_char(dag, 'YYYY-MM-DD') || ' ' || nummer::text || ' '
                || casussen_logtekst(regel),
            'UTF8'
        )), 'hex')
    );
    DELETE FROM casussen_logwacht WHERE logregel_id = NEW.logregel_id;
    RETURN NULL;
END
$$;

-- A table of somebody's own session, or of another schema, can never stand in for ours.
DO $$
DECLARE
    functie text;
BEGIN
    FOREACH functie IN ARRAY ARRAY[
        'casussen_logregel_op()', 'casussen_laat_verzegelen()', 'casussen_verzegel()'
    ] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', functie, current_schema());
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', functie);
    END LOOP;
END
$$;

CREATE CONSTRAINT TRIGGER logregel_laat_verzegelen AFTER INSERT ON casussen_logregel
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casussen_laat_verzegelen();
CREATE CONSTRAINT TRIGGER logwacht_verzegel AFTER INSERT ON casussen_logwacht
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casussen_verzegel();

CREATE TRIGGER logzegel_alleen_toevoegen BEFORE UPDATE OR DELETE ON casussen_logzegel
    FOR EACH ROW EXECUTE FUNCTION casussen_weiger();
CREATE TRIGGER logzegel_niet_leegmaken BEFORE TRUNCATE ON casussen_logzegel
    FOR EACH STATEMENT EXECUTE FUNCTION casussen_weiger();

-- Lines from before get their seal now.
INSERT INTO casussen_logwacht SELECT id FROM casussen_logregel r
    WHERE NOT EXISTS (SELECT FROM casussen_logzegel z WHERE z.logregel_id = r.id) ORDER BY id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

# The seals stay: going forward again only seals what has none.
BACKWARD = """
DROP TRIGGER logzegel_niet_leegmaken ON casussen_logzegel;
DROP TRIGGER logzegel_alleen_toevoegen ON casussen_logzegel;
DROP TRIGGER logregel_laat_verzegelen ON casussen_logregel;
DROP TRIGGER logregel_klok ON casussen_logregel;
DROP TABLE casussen_logwacht;
DROP FUNCTION casussen_verzegel();
DROP FUNCTION casussen_laat_verzegelen();
DROP FUNCTION casussen_logtekst(casussen_logregel);
DROP FUNCTION casussen_logregel_op();
"""


class Migration(migrations.Migration):
    """Nothing but SQL: Django has no triggers of its own."""

    dependencies = [("casussen", "0004_wissen")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
