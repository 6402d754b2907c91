-- Whom an interaction is about, once somebody was named, so that it can end with their sessions.
ALTER TABLE interactions ADD COLUMN user_id TEXT;
UPDATE interactions SET user_id = json_extract(state, '$.who.User');
CREATE INDEX interactions_by_user ON interactions (user_id);
