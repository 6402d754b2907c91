use model::{AppId, TargetPolicy};
use rusqlite::{Connection, OptionalExtension as _};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::store::Json;

/// Where an app is told, and by what it knows people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Endpoint {
    /// The `aud` of the org's assertion, to the letter.
    pub(crate) uri: String,
    #[serde(default)]
    pub(crate) subject: SubjectFormat,
}

/// How a person is named to an app (RFC 9493 §3.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum SubjectFormat {
    /// As in ID tokens: by issuer and subject.
    #[default]
    IssSub,
    /// By the address of their profile.
    Email,
}

/// An address that no request goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InvalidEndpoint {
    #[error("it is not an absolute URI of ASCII characters with at most 1024 of them")]
    NotAbsolute,
    #[error(
        "it has a query or a fragment, which the audience of the request cannot have; remove it"
    )]
    NotPlain,
    #[error("it carries a user name or password; remove it")]
    Credentials,
    #[error("{0}; use https, and a public address unless the org is on this machine")]
    Target(&'static str),
}

/// In characters.
const LENGTH: usize = 1024;

/// Checks an address before it is registered.
pub(crate) fn check_endpoint(uri: &str, targets: &TargetPolicy) -> Result<(), InvalidEndpoint> {
    let is_plain = uri.len() <= LENGTH && uri.chars().all(|c| c.is_ascii_graphic());
    let url = Url::parse(uri).ok().filter(|_| is_plain);
    let url = url.ok_or(InvalidEndpoint::NotAbsolute)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(InvalidEndpoint::NotPlain);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InvalidEndpoint::Credentials);
    }
    targets
        .check(&url)
        .map_err(|refused| InvalidEndpoint::Target(refused.0))
}

/// Says where the app is told, or that it is not.
pub(crate) fn set_endpoint(
    db: &Connection,
    app: &AppId,
    endpoint: Option<&Endpoint>,
) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE apps SET universal_logout = ?2 WHERE id = ?1")?
        .execute((app.as_str(), endpoint.map(Json)))?;
    Ok(())
}

/// Where the app is told.
pub(crate) fn find_endpoint(db: &Connection, app: &AppId) -> rusqlite::Result<Option<Endpoint>> {
    let found = db
        .prepare_cached("SELECT universal_logout FROM apps WHERE id = ?1")?
        .query_row([app.as_str()], |row| {
            row.get::<_, Option<Json<Endpoint>>>(0)
        })
        .optional()?;
    Ok(found.flatten().map(|endpoint| endpoint.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_for(org: &str, uri: &str) -> Result<(), InvalidEndpoint> {
        check_endpoint(
            uri,
            &TargetPolicy::for_issuer(&Url::parse(org).expect("a URL")),
        )
    }

    #[test]
    fn a_public_org_calls_public_addresses_and_one_on_this_machine_those_of_this_machine_too() {
        let (public, local) = ("https://org.example.com", "http://localhost:7000");
        assert_eq!(
            check_for(public, "https://app.example.com/universal-logout"),
            Ok(())
        );
        assert_eq!(
            check_for(local, "http://127.0.0.1:3000/universal-logout"),
            Ok(())
        );
        for uri in [
            "http://127.0.0.1:3000/universal-logout",
            "https://169.254.169.254/latest/meta-data",
            "https://10.0.0.1/",
            "https://[::1]/",
            "https://localhost/",
            "http://app.example.com/",
        ] {
            let refused = check_for(public, uri);
            assert!(
                matches!(refused, Err(InvalidEndpoint::Target(_))),
                "{uri}: {refused:?}"
            );
        }
    }

    #[test]
    fn an_address_is_one_that_can_be_an_audience() {
        for (uri, expected) in [
            ("/universal-logout", InvalidEndpoint::NotAbsolute),
            ("https://app.example.com/a b", InvalidEndpoint::NotAbsolute),
            ("https://app.example.com/?a=b", InvalidEndpoint::NotPlain),
            ("https://app.example.com/#a", InvalidEndpoint::NotPlain),
            (
                "https://me:secret@app.example.com/",
                InvalidEndpoint::Credentials,
            ),
        ] {
            assert_eq!(
                check_for("https://org.example.com", uri),
                Err(expected),
                "{uri}"
            );
        }
        let long = format!("https://app.example.com/{}", "a".repeat(1024));
        let refused = check_for("https://org.example.com", &long);
        assert_eq!(refused, Err(InvalidEndpoint::NotAbsolute));
    }
}
