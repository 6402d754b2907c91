use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

/// What an address may look like, for whoever wrote another one.
const FORMS: &str = "use `sqlite:`, `sqlite:<path>`, `redis://[user:password@]host[:port][/database]`, \
    `redis+cluster://[user:password@]host[:port],host[:port]`, or `rediss` in place of `redis` for TLS, \
    with `?ca=<file>` for a certificate authority of your own and `?timeout=<seconds>` for a store that is far away";

/// How long a server that is near may take to connect, and to answer a command.
const PATIENCE: Duration = Duration::from_secs(1);
/// Nobody waits longer for a page.
const LONGEST_PATIENCE_SECONDS: u64 = 30;

/// Where sessions are kept (`APP_SESSION_STORE`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreAddress {
    /// A SQLite file. It and its folder are created when missing.
    Sqlite(PathBuf),
    /// A Redis or Valkey server, or a cluster of them.
    Redis(RedisAddress),
}

/// A Redis or Valkey server, or some nodes of a cluster. `Debug` leaves passwords out.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisAddress {
    /// Each as `redis://…` or `rediss://…`. More than one only for a cluster, which tells of its other nodes itself.
    pub(crate) nodes: Vec<Url>,
    pub(crate) is_cluster: bool,
    /// A PEM file with the authorities that are trusted in place of the system's.
    pub(crate) authorities: Option<PathBuf>,
    /// How long one connection may take to come about, and one command to be answered.
    pub(crate) patience: Duration,
}

/// A text that is not an address of a store. It does not repeat the text, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}; {FORMS}")]
pub struct InvalidStoreAddress {
    reason: &'static str,
}

impl StoreAddress {
    /// Reads an address. `default_file` is meant by `sqlite:` alone.
    pub fn parse(text: &str, default_file: &Path) -> Result<Self, InvalidStoreAddress> {
        let (scheme, rest) = text
            .split_once(':')
            .ok_or_else(|| invalid("it has no scheme"))?;
        match scheme {
            "sqlite" if rest.is_empty() => Ok(Self::Sqlite(default_file.to_owned())),
            "sqlite" => Ok(Self::Sqlite(rest.into())),
            "redis" => RedisAddress::parse("redis", rest, false).map(Self::Redis),
            "rediss" => RedisAddress::parse("rediss", rest, false).map(Self::Redis),
            "redis+cluster" => RedisAddress::parse("redis", rest, true).map(Self::Redis),
            "rediss+cluster" => RedisAddress::parse("rediss", rest, true).map(Self::Redis),
            _ => Err(invalid("its scheme is of no store that there is")),
        }
    }
}

impl RedisAddress {
    fn parse(
        scheme: &'static str,
        rest: &str,
        is_cluster: bool,
    ) -> Result<Self, InvalidStoreAddress> {
        let rest = rest
            .strip_prefix("//")
            .ok_or_else(|| invalid("`//` is missing after the scheme"))?;
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (mut authorities, mut patience) = (None, PATIENCE);
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("ca", file)) if scheme == "rediss" && !file.is_empty() => {
                    authorities = Some(PathBuf::from(file));
                }
                Some(("timeout", text)) => patience = seconds(text)?,
                _ => {
                    return Err(invalid(
                        "there are only the parameters `timeout`, and for TLS `ca`",
                    ));
                }
            }
        }
        let (credentials, hosts) = match place.rsplit_once('@') {
            Some((credentials, hosts)) => (format!("{credentials}@"), hosts),
            None => (String::new(), place),
        };
        let nodes = hosts
            .split(',')
            .map(|host| node(&format!("{scheme}://{credentials}{host}")))
            .collect::<Result<Vec<_>, _>>()?;
        if nodes.len() > 1 && !is_cluster {
            return Err(invalid("several hosts are a cluster"));
        }
        if is_cluster && nodes.iter().any(|node| !matches!(node.path(), "" | "/")) {
            return Err(invalid("a cluster has no numbered databases"));
        }
        Ok(Self {
            nodes,
            is_cluster,
            authorities,
            patience,
        })
    }
}

fn seconds(text: &str) -> Result<Duration, InvalidStoreAddress> {
    match text.parse() {
        Ok(seconds @ 1..=LONGEST_PATIENCE_SECONDS) => Ok(Duration::from_secs(seconds)),
        _ => Err(invalid("`timeout` is not a number of seconds from 1 to 30")),
    }
}

fn node(address: &str) -> Result<Url, InvalidStoreAddress> {
    let url = Url::parse(address).map_err(|_| invalid("it is not an address"))?;
    let database = url.path().trim_start_matches('/');
    if !url.has_host() || url.host_str() == Some("") {
        return Err(invalid("the host is missing"));
    }
    if !database.is_empty() && database.parse::<u16>().is_err() {
        return Err(invalid("the database is not a number"));
    }
    Ok(url)
}

fn invalid(reason: &'static str) -> InvalidStoreAddress {
    InvalidStoreAddress { reason }
}

impl fmt::Debug for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hosts: Vec<_> = self.nodes.iter().map(Url::host_str).collect();
        f.debug_struct("RedisAddress")
            .field("hosts", &hosts)
            .field("is_cluster", &self.is_cluster)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<StoreAddress, InvalidStoreAddress> {
        StoreAddress::parse(text, Path::new("data/app/sessions.sqlite"))
    }

    fn redis(text: &str) -> RedisAddress {
        match parse(text) {
            Ok(StoreAddress::Redis(address)) => address,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_file_is_where_it_says_or_in_the_data_directory() {
        let file = |path: &str| Ok(StoreAddress::Sqlite(path.into()));
        assert_eq!(parse("sqlite:"), file("data/app/sessions.sqlite"));
        assert_eq!(parse("sqlite:/srv/app.sqlite"), file("/srv/app.sqlite"));
    }

    #[test]
    fn every_node_of_a_cluster_has_the_credentials_and_the_transport() {
        let address = redis("rediss+cluster://app:s%40t@one:7001,two:7002?ca=/etc/ca.pem");
        let nodes: Vec<_> = address.nodes.iter().map(Url::as_str).collect();
        assert_eq!(
            nodes,
            ["rediss://app:s%40t@one:7001", "rediss://app:s%40t@two:7002"]
        );
        assert!(address.is_cluster);
        assert_eq!(address.authorities, Some("/etc/ca.pem".into()));
        assert!(!redis("redis://localhost/2").is_cluster);
    }

    #[test]
    fn a_store_that_is_far_away_has_the_time_it_needs() {
        let patience = |text| redis(text).patience.as_secs();
        assert_eq!(patience("redis://localhost"), 1);
        assert_eq!(patience("redis+cluster://one,two?timeout=5"), 5);
        let both = redis("rediss://one?timeout=30&ca=/etc/ca.pem");
        assert_eq!(both.patience, Duration::from_secs(30));
        assert_eq!(both.authorities, Some("/etc/ca.pem".into()));
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_forms_there_are_and_without_its_password() {
        for text in [
            "",
            "redis",
            "memcached://localhost",
            "redis:localhost",
            "redis://",
            "redis://user:hush@",
            "redis://user:hush@one,two",
            "redis://user:hush@one/first",
            "redis+cluster://user:hush@one/1",
            "redis://user:hush@one?ca=/etc/ca.pem",
            "rediss://user:hush@one?insecure=true",
            "redis://user:hush@one?timeout=0",
            "redis://user:hush@one?timeout=31",
            "redis://user:hush@one?timeout=long",
        ] {
            let error = parse(text).expect_err(text).to_string();
            assert!(
                error.contains("redis+cluster://") && !error.contains("hush"),
                "{error}"
            );
        }
        assert!(!format!("{:?}", redis("redis://user:hush@one")).contains("hush"));
    }
}
