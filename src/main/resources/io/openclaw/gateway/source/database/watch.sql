-- The topic that a template gives for a row; NULL if a column it needs is null or empty.
-- parts: literal, column, literal, column, ... The characters that part levels, and % itself, are percent-encoded.
CREATE OR REPLACE FUNCTION ${topic}(r jsonb, parts text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  filled text := '';
  value text;
BEGIN
  FOR i IN 1 .. array_length(parts, 1) LOOP
    IF i % 2 = 1 THEN
      filled := filled || parts[i];
    ELSE
      value := r ->> parts[i];
      IF value IS NULL OR value = '' THEN
        RETURN NULL;
      END IF;
      value := replace(replace(value, '%', '%25'), '/', '%2F');
      filled := filled || replace(replace(value, '+', '%2B'), '#', '%23');
    END IF;
  END LOOP;
  RETURN filled;
END
$body$;

-- Writes each change of a watched table into the outbox. Arguments: the key's column or '', then the topic's parts.
-- Runs as its owner, so that whoever may write the table need not be allowed to write the outbox.
CREATE OR REPLACE FUNCTION ${watch}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  before jsonb;
  after jsonb;
  change jsonb;
  parts text[];
  old_topic text;
  old_key text;
  new_topic text;
  new_key text;
BEGIN
  FOR i IN 1 .. TG_NARGS - 1 LOOP
    parts := parts || TG_ARGV[i];
  END LOOP;
  IF TG_OP <> 'INSERT' THEN
    before := to_jsonb(OLD);
    old_topic := ${topic}(before, parts);
    old_key := before ->> TG_ARGV[0];
  END IF;
  IF TG_OP <> 'DELETE' THEN
    after := to_jsonb(NEW);
    new_topic := ${topic}(after, parts);
    new_key := after ->> TG_ARGV[0];
  END IF;
  change := jsonb_build_object('op', lower(TG_OP), 'row', coalesce(after, before), 'before', before);
  IF TG_OP = 'DELETE'
      OR TG_OP = 'UPDATE' AND (old_topic, old_key) IS DISTINCT FROM (new_topic, new_key) THEN
    INSERT INTO ${outbox} (topic, key, data, removed) VALUES (old_topic, old_key, change, true);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO ${outbox} (topic, key, data) VALUES (new_topic, new_key, change);
  END IF;
  RETURN NULL;
END
$body$;
