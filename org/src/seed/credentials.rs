use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

use crate::private_file;

/// A user of the seed, with the password to sign in with.
#[derive(Debug, Clone)]
pub struct DemoUser {
    /// What to type as username.
    pub login: String,
    /// First and last name.
    pub name: String,
    /// Who this is, in one short phrase.
    pub role: String,
    /// The password as it was given or generated at first start. A later change of password is not followed.
    pub password: SecretString,
}

/// The `credentials` file of a data directory: the seeded users' passwords and Portico's secret, readable by the owner only.
///
/// The database keeps passwords hashed, so this file is how a newcomer learns the generated ones.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    pub(crate) users: Vec<DemoUser>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    login: String,
    name: String,
    role: String,
    password: String,
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("credentials")
}

impl Credentials {
    pub(crate) fn write(&self, data_dir: &Path) -> std::io::Result<()> {
        let entries: Vec<Entry> = self.users.iter().map(Entry::from).collect();
        let mut text = serde_json::to_string_pretty(&entries)?;
        text.push('\n');
        private_file::write(&path(data_dir), text.as_bytes())
    }

    /// Reads the file. Deleting it is allowed: then the org has no demo users to show.
    pub(crate) fn read(data_dir: &Path) -> std::io::Result<Self> {
        match std::fs::read_to_string(path(data_dir)) {
            Ok(text) => {
                let entries: Vec<Entry> = serde_json::from_str(&text)?;
                let users = entries.into_iter().map(DemoUser::from).collect();
                Ok(Self { users })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(Self { users: Vec::new() })
            }
            Err(error) => Err(error),
        }
    }
}

impl From<&DemoUser> for Entry {
    fn from(user: &DemoUser) -> Self {
        Self {
            login: user.login.clone(),
            name: user.name.clone(),
            role: user.role.clone(),
            password: user.password.expose_secret().to_owned(),
        }
    }
}

impl From<Entry> for DemoUser {
    fn from(entry: Entry) -> Self {
        Self {
            login: entry.login,
            name: entry.name,
            role: entry.role,
            password: entry.password.into(),
        }
    }
}
