-- What the org is called and looks like, where its calls may come from, and how many there may be.

-- Other origins that the org trusts. `scopes` is JSON in Okta's shape.
CREATE TABLE trusted_origins (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  origin TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
  scopes TEXT NOT NULL,
  is_cors INTEGER NOT NULL,
  is_redirect INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `settings` and `theme` are JSON in Okta's shapes.
CREATE TABLE brands (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  is_default INTEGER NOT NULL,
  settings TEXT NOT NULL,
  theme_id TEXT NOT NULL UNIQUE,
  theme TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO brands (id, name, is_default, settings, theme_id, theme, created_at) VALUES (
  'bnd' || substr(hex(randomblob(9)), 1, 17), 'Portico', 1, '{}', 'the' || substr(hex(randomblob(9)), 1, 17), '{}', 0
);

-- Pages of a brand as they were customized. `page` is JSON in Okta's shape.
CREATE TABLE brand_pages (
  brand_id TEXT NOT NULL REFERENCES brands (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('sign-in', 'sign-out', 'error')),
  variant TEXT NOT NULL CHECK (variant IN ('customized', 'preview')),
  page TEXT NOT NULL,
  PRIMARY KEY (brand_id, kind, variant)
) STRICT, WITHOUT ROWID;

-- The share of a limit that one API token or one app may use, in percent.
CREATE TABLE principal_rate_limits (
  id TEXT PRIMARY KEY,
  principal_id TEXT NOT NULL UNIQUE,
  principal_type TEXT NOT NULL CHECK (principal_type IN ('SSWS_TOKEN', 'OAUTH_CLIENT')),
  default_percentage INTEGER NOT NULL,
  default_concurrency_percentage INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
