-- Policies decide who signs in how. `conditions`, `settings` and `actions` are JSON in Okta's shapes.

CREATE TABLE policies (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('OKTA_SIGN_ON', 'MFA_ENROLL', 'PASSWORD', 'PROFILE_ENROLLMENT', 'ACCESS_POLICY')),
  name TEXT NOT NULL COLLATE NOCASE,
  description TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  priority INTEGER NOT NULL,
  -- The one of its type that applies when no other does.
  system INTEGER NOT NULL,
  conditions TEXT NOT NULL,
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (type, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_rules (
  id TEXT PRIMARY KEY,
  policy_id TEXT NOT NULL REFERENCES policies (id) ON DELETE CASCADE,
  name TEXT NOT NULL COLLATE NOCASE,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  priority INTEGER NOT NULL,
  system INTEGER NOT NULL,
  conditions TEXT NOT NULL,
  actions TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (policy_id, name)
) STRICT, WITHOUT ROWID;

-- An app without a row of a type uses the system policy of that type.
CREATE TABLE app_policies (
  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('PROFILE_ENROLLMENT', 'ACCESS_POLICY')),
  policy_id TEXT NOT NULL REFERENCES policies (id),
  PRIMARY KEY (app_id, type)
) STRICT, WITHOUT ROWID;
CREATE INDEX app_policies_by_policy ON app_policies (policy_id);

-- Another value means that decisions may be others now. It is drawn, not counted: after a change that was undone, a counter
-- could reach the same value again with other policies.
CREATE TABLE policy_version (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL
) STRICT;
INSERT INTO policy_version (one, version) VALUES (1, random());

CREATE TRIGGER policies_inserted AFTER INSERT ON policies BEGIN UPDATE policy_version SET version = random(); END;
CREATE TRIGGER policies_updated AFTER UPDATE ON policies BEGIN UPDATE policy_version SET version = random(); END;
CREATE TRIGGER policies_deleted AFTER DELETE ON policies BEGIN UPDATE policy_version SET version = random(); END;
CREATE TRIGGER policy_rules_inserted AFTER INSERT ON policy_rules BEGIN UPDATE policy_version SET version = random(); END;
CREATE TRIGGER policy_rules_updated AFTER UPDATE ON policy_rules BEGIN UPDATE policy_version SET version = random(); END;
CREATE TRIGGER policy_rules_deleted AFTER DELETE ON policy_rules BEGIN UPDATE policy_version SET version = random(); END;
CREATE TRIGGER app_policies_inserted AFTER INSERT ON app_policies BEGIN UPDATE policy_version SET version = random(); END;
CREATE TRIGGER app_policies_updated AFTER UPDATE ON app_policies BEGIN UPDATE policy_version SET version = random(); END;
CREATE TRIGGER app_policies_deleted AFTER DELETE ON app_policies BEGIN UPDATE policy_version SET version = random(); END;
-- Explanations name groups and users.
CREATE TRIGGER policies_see_groups AFTER UPDATE OF name ON groups BEGIN UPDATE policy_version SET version = random(); END;
CREATE TRIGGER policies_see_users AFTER UPDATE OF login ON users BEGIN UPDATE policy_version SET version = random(); END;
