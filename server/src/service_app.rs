//! The service app by which campaigns use the org's API: whose key it is, and where that comes from.

use std::fs;
use std::path::Path;

use bff::{ClientKey, ServiceCredentials};
use model::Entropy;
use org::Org;
use secrecy::{ExposeSecret, SecretString};

use crate::config::Remote;
use crate::start_error::StartError;

/// The file in the app's data directory that keeps the key made at the first start.
const KEY_FILE: &str = "service-key.pem";

/// The service app of the local org. Its key is made at the first start, and its public half registered: what an administrator
/// does by hand at a real org. `None` where the org's seed has no such app.
pub async fn local(
    org: &Org,
    folder: &Path,
    entropy: &dyn Entropy,
) -> Result<Option<ServiceCredentials>, StartError> {
    let key = ClientKey::load_or_create(&folder.join(KEY_FILE), entropy)?;
    let Some(public) = key.public_jwk() else {
        return Ok(None);
    };
    let id = org.register_service_key(public).await?;
    Ok(id.map(|id| ServiceCredentials {
        client_id: id.to_string(),
        key,
    }))
}

/// The service app of an org elsewhere, where the settings name one.
pub fn remote(remote: &Remote) -> Result<Option<ServiceCredentials>, StartError> {
    let Some((client_id, key, id)) = &remote.service else {
        return Ok(None);
    };
    let unusable = |reason: String| StartError::Setting {
        key: "OKTA_SERVICE_KEY",
        reason,
    };
    let text = read(key).map_err(|error| unusable(format!("the file cannot be read: {error}")))?;
    let key =
        ClientKey::parse(text.expose_secret()).map_err(|error| unusable(error.to_string()))?;
    Ok(Some(ServiceCredentials {
        client_id: client_id.clone(),
        key: match id {
            Some(id) => key.with_id(id),
            None => key,
        },
    }))
}

/// The key itself, or what stands in the file that it names.
fn read(key: &SecretString) -> std::io::Result<SecretString> {
    let text = key.expose_secret().trim();
    if text.starts_with('{') || text.contains("-----BEGIN") {
        return Ok(key.clone());
    }
    fs::read_to_string(text).map(SecretString::from)
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use testkit::{SeededEntropy, TestDir};

    use super::*;
    use crate::config::Cli;

    fn configured(key: &str) -> Result<Option<ServiceCredentials>, StartError> {
        let cli = Cli::try_parse_from([
            "portico",
            "--okta-issuer",
            "https://example.okta.com",
            "--okta-client-id",
            "app",
            "--okta-service-client-id",
            "service",
            &format!("--okta-service-key={key}"),
        ]);
        remote(&cli.expect("options").okta.remote().expect("an org"))
    }

    #[test]
    fn the_key_is_taken_from_a_file_or_from_the_setting_itself() {
        let dir = TestDir::new();
        let path = dir.path().join("key.pem");
        ClientKey::load_or_create(&path, &SeededEntropy::new(1)).expect("a key");
        let text = fs::read_to_string(&path).expect("PEM");
        for key in [path.to_str().expect("a path"), &text] {
            let service = configured(key).expect("usable").expect("a service app");
            assert_eq!(service.client_id, "service");
        }
    }

    #[test]
    fn a_key_that_cannot_be_used_is_named_and_not_shown() {
        for key in ["/nowhere/key.pem", "{\"kty\":\"hush\"}"] {
            let error = configured(key).expect_err("refused").to_string();
            assert!(error.starts_with("OKTA_SERVICE_KEY"), "{error}");
            assert!(!error.contains("hush"), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_key_of_the_first_start_is_kept_for_this_user_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = TestDir::new();
        let path = dir.path().join("app").join(KEY_FILE);
        let entropy = SeededEntropy::new(1);
        let first = ClientKey::load_or_create(&path, &entropy).expect("a key");
        let second = ClientKey::load_or_create(&path, &entropy).expect("a key");
        assert_eq!(first.public_jwk(), second.public_jwk());
        let mode = fs::metadata(&path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
