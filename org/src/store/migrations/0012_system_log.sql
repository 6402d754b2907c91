-- The System Log as it is asked: by type, actor, target and transaction, and by words.

ALTER TABLE events ADD COLUMN actor_id TEXT GENERATED ALWAYS AS (json_extract(event, '$.actor.id')) VIRTUAL;
ALTER TABLE events ADD COLUMN transaction_id TEXT GENERATED ALWAYS AS (json_extract(event, '$.transaction.id')) VIRTUAL;
-- Every text of the event in lower case, for `q`.
ALTER TABLE events ADD COLUMN words TEXT NOT NULL DEFAULT '';
UPDATE events SET words = lower(event);
CREATE INDEX events_by_type ON events (type, seq);
CREATE INDEX events_by_actor ON events (actor_id, seq);
CREATE INDEX events_by_transaction ON events (transaction_id, seq);

CREATE TABLE event_targets (
  seq INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  alternate_id TEXT NOT NULL,
  display_name TEXT NOT NULL,
  PRIMARY KEY (seq, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_targets_by_id ON event_targets (id, seq);
INSERT INTO event_targets (seq, place, id, type, alternate_id, display_name)
SELECT
  seq, target.key, coalesce(target.value ->> '$.id', ''), coalesce(target.value ->> '$.type', ''),
  coalesce(target.value ->> '$.alternateId', ''), coalesce(target.value ->> '$.displayName', '')
FROM events, json_each(event, '$.target') AS target
WHERE json_type(event, '$.target') = 'array';
