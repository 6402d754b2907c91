//! What lies in the data directories, and who can reach the local org.

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::{Facts, KeptFile, Skip};

/// The permission bits of everybody but the owner.
const OTHERS: u32 = 0o077;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "APP-FILES",
        area: Area::App,
        promise: "Keys, sessions and databases can be read by their owner alone (0600, folders 0700).",
        worst: Severity::Error,
        source: "RFC 9700 §4.10, OWASP ASVS 5.0 V13.3",
        judge: files,
    },
    Check {
        id: "APP-DEV-PAGES",
        area: Area::App,
        promise: "The pages for developers are not demanded where others can reach the local org.",
        worst: Severity::Error,
        source: "docs/SECURITY.md",
        judge: dev_pages,
    },
    Check {
        id: "APP-LOCAL-ORG",
        area: Area::App,
        promise: "The local org is for this machine alone.",
        worst: Severity::Warning,
        source: "docs/SECURITY.md, Known limits",
        judge: local_org,
    },
    Check {
        id: "APP-RATE-LIMITS",
        area: Area::App,
        promise: "A local org that others can reach limits how often it is asked.",
        worst: Severity::Warning,
        source: "Okta: Rate limits; NIST SP 800-63B §3.2.2",
        judge: rate_limits,
    },
];

fn files(facts: &Facts) -> Verdict {
    let files = &facts.settings.files;
    if files.is_empty() {
        return Err(Skip::not_checked(
            "there are no data directories yet; they are made at the first start",
        ));
    }
    if files.iter().all(|file| file.mode.is_none()) {
        return Err(Skip::not_checked("this system has no permission bits"));
    }
    let open_folders: Vec<&KeptFile> = files
        .iter()
        .filter(|file| file.is_folder && is_open(file))
        .collect();
    Ok(open_folders
        .iter()
        .flat_map(|folder| flaws_in(folder, files))
        .collect())
}

fn is_open(file: &KeptFile) -> bool {
    file.mode.is_some_and(|mode| mode & OTHERS != 0)
}

/// Nobody reaches what is in a folder that is closed, so only what is in an open one counts.
fn flaws_in(folder: &KeptFile, files: &[KeptFile]) -> Vec<Flaw> {
    let is_inside = |file: &&KeptFile| !file.is_folder && file.path.starts_with(&folder.path);
    let open = files.iter().filter(is_inside).filter(|file| is_open(file));
    let flaw = |file: &KeptFile, wanted: &str, seen: &str| {
        let (path, mode) = (file.path.display(), file.mode.unwrap_or_default() & 0o777);
        let cause =
            format!("{path} has the mode {mode:04o}, so other people of this machine see {seen}");
        (cause, format!("Run `chmod {wanted} {path}`."))
    };
    let mut flaws: Vec<Flaw> = open
        .map(|file| flaw(file, "600", "what is in it"))
        .map(|(cause, remedy)| Flaw::error(cause, remedy))
        .collect();
    if flaws.is_empty() {
        let (cause, remedy) = flaw(folder, "700", "the names of its files");
        flaws.push(Flaw::note(cause, remedy));
    }
    flaws
}

fn local(facts: &Facts) -> Result<bool, Skip> {
    if !facts.settings.uses_local_org() {
        return Err(Skip::DoesNotApply("the app signs in at a real org"));
    }
    Ok(facts.settings.is_local_org_public())
}

fn reached_by(facts: &Facts) -> String {
    match facts.settings.org_listen {
        Some(socket) => format!(
            "ORG_URL is {} and ORG_LISTEN {socket}",
            facts.settings.org_url
        ),
        None => format!("ORG_URL is {}", facts.settings.org_url),
    }
}

fn dev_pages(facts: &Facts) -> Verdict {
    let is_wrong = local(facts)? && facts.settings.dev_pages == Some(true);
    when(is_wrong, || {
        Flaw::error(
            format!(
                "PORTICO_DEV is true and {}: anybody could sign in as anybody",
                reached_by(facts)
            ),
            "Take PORTICO_DEV out of the environment, or set ORG_URL=http://localhost:7000 and ORG_LISTEN=127.0.0.1:7000.",
        )
    })
}

fn local_org(facts: &Facts) -> Verdict {
    when(local(facts)?, || {
        Flaw::warning(
            format!(
                "{}: others can reach an org that is made for development",
                reached_by(facts)
            ),
            "Set ORG_URL=http://localhost:7000 and ORG_LISTEN=127.0.0.1:7000, or use a real org by OKTA_ISSUER.",
        )
    })
}

fn rate_limits(facts: &Facts) -> Verdict {
    let is_wrong = local(facts)? && !facts.settings.has_rate_limits;
    when(is_wrong, || {
        Flaw::warning(
            format!("ORG_RATE_LIMITS is off and {}", reached_by(facts)),
            "Set ORG_RATE_LIMITS=production.",
        )
    })
}
