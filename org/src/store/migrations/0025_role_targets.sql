-- What administrator roles are limited to. A role without a line here is for the whole org.

CREATE TABLE role_targets (
  -- Whoever the role was given to: a user, a group or an app.
  holder_id TEXT NOT NULL,
  role TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('GROUP', 'APP', 'APP_INSTANCE')),
  -- The id of a group or an app, or the name of a kind of apps. The line stays when the group or the app goes: a role that was
  -- limited does not become one for everything by that.
  target TEXT NOT NULL,
  PRIMARY KEY (holder_id, role, kind, target)
) STRICT, WITHOUT ROWID;

-- The limits of a role go with it, so that the next one of that name is a new one.
CREATE TRIGGER role_of_user_goes AFTER DELETE ON admin_roles BEGIN
  DELETE FROM role_targets WHERE holder_id = OLD.user_id AND role = OLD.role;
END;
CREATE TRIGGER role_of_group_goes AFTER DELETE ON group_roles BEGIN
  DELETE FROM role_targets WHERE holder_id = OLD.group_id AND role = OLD.role;
END;
CREATE TRIGGER role_of_app_goes AFTER DELETE ON app_roles BEGIN
  DELETE FROM role_targets WHERE holder_id = OLD.app_id AND role = OLD.role;
END;
