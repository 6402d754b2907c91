//! The accounts: yours, John Doe's, the service's, and Alex Doe's.

use secrecy::SecretString;
use serde_json::{Value, json};

use crate::Fault;
use crate::paths::{self, USERS};
use crate::walk::{Address, Create, Find, Id, Object, Secret, Undo, Update, Walk};

/// An account of the guide.
struct Account<'a> {
    first_name: &'a str,
    last_name: &'a str,
    login: &'a str,
    password: Option<SecretString>,
}

impl Account<'_> {
    fn address(&self) -> String {
        format!("{USERS}/{}", paths::part(self.login))
    }

    fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    fn profile(&self, second_email: &str) -> Value {
        json!({
            "firstName": self.first_name, "lastName": self.last_name,
            "login": self.login, "email": self.login, "secondEmail": second_email,
        })
    }

    fn secret(&self) -> Secret {
        Secret {
            login: self.login.to_owned(),
            chosen: self.password.clone(),
        }
    }
}

fn john_of<'a>(walk: &Walk<'a>) -> Account<'a> {
    let values = &walk.guide.values;
    Account {
        first_name: &values.john_first_name,
        last_name: &values.john_last_name,
        login: &values.john_email,
        password: values.john_password.clone(),
    }
}

fn service_of<'a>(walk: &Walk<'a>) -> Account<'a> {
    let values = &walk.guide.values;
    Account {
        first_name: "Okta",
        last_name: "Service",
        login: &values.service_email,
        password: values.service_password.clone(),
    }
}

/// The account exists already: it is the one whose token this is. Signing up for an org has no API.
pub(super) async fn your_account(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let login = walk.guide.admin.login.clone();
    let list = format!("{USERS}/{}/roles", walk.guide.admin.id);
    let roles = Find::by(list, "/type", "SUPER_ADMIN");
    if walk.look(&roles, "SUPER_ADMIN").await?.is_some() {
        return Ok(());
    }
    let instruction = format!(
        "{login} is not a Super Administrator: use the API token of an account that is, such as the one you signed up with."
    );
    walk.manual("Use the token of a Super Administrator", instruction)
}

pub(super) async fn john(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let account = john_of(walk);
    ensure(walk, &account).await
}

pub(super) async fn service(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let account = service_of(walk);
    ensure(walk, &account).await
}

pub(super) async fn alex(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let values = &walk.guide.values;
    let account = Account {
        first_name: "Alex",
        last_name: "Doe",
        login: &values.alex_email,
        password: values.alex_password.clone(),
    };
    ensure(walk, &account).await?;
    ensure_active(walk, &account).await
}

async fn ensure(walk: &mut Walk<'_>, account: &Account<'_>) -> Result<(), Fault> {
    let guide = walk.guide;
    let second = guide
        .values
        .admin_email
        .as_ref()
        .unwrap_or(&guide.admin.email);
    let wanted = json!({"profile": account.profile(second)});
    let mut create = Create::post(format!("{USERS}?activate=true"), wanted.clone());
    create.secret = Some(account.secret());
    let object = Object {
        kind: "user",
        name: account.login.to_owned(),
        promise: format!(
            "{} can be reached as {}, and you as the second address.",
            account.name(),
            account.login
        ),
        find: Find::At(account.address()),
        create: Some(create),
        wanted,
        address: Address::Below(USERS.to_owned()),
        update: Update::Fields,
        undo: Undo::DeleteUser,
        warning: None,
    };
    walk.ensure(object).await.map(drop)
}

/// The service account administers the org, and its API token is what automation uses.
pub(super) async fn permissions(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let account = service_of(walk);
    let user = find_user(walk, &account).await?;
    let roles = format!("{USERS}/{}/roles", user.text());
    let object = Object {
        kind: "role",
        name: format!("Super Administrator of {}", account.login),
        promise: "Okta Service is a Super Administrator.".to_owned(),
        find: user.find(|_| Find::by(&*roles, "/type", "SUPER_ADMIN")),
        create: Some(Create::post(&*roles, json!({"type": "SUPER_ADMIN"}))),
        wanted: json!({"type": "SUPER_ADMIN"}),
        address: Address::Below(roles),
        update: Update::Never,
        undo: Undo::Delete,
        warning: None,
    };
    walk.ensure(object).await?;
    if walk.guide.target.is_local() {
        return Ok(());
    }
    let instruction = format!(
        "Sign in to {} as {}, open Security > API > Tokens and select Create token. Okta shows it once; \
         use it as OKTA_API_TOKEN from then on. There is no API that creates tokens.",
        walk.guide.target.admin_console(),
        account.login
    );
    walk.manual("Create an API token of the service account", instruction)
}

pub(super) async fn activate(walk: &mut Walk<'_>) -> Result<(), Fault> {
    for account in [john_of(walk), service_of(walk)] {
        ensure_active(walk, &account).await?;
    }
    Ok(())
}

async fn ensure_active(walk: &mut Walk<'_>, account: &Account<'_>) -> Result<(), Fault> {
    let user = find_user(walk, account).await?;
    if user.known().is_none() {
        // It will be made active.
        return Ok(());
    }
    let object = Object {
        kind: "account",
        name: account.login.to_owned(),
        promise: format!("{} is active and can sign in.", account.name()),
        find: user.find(|_| Find::At(account.address())),
        create: None,
        wanted: json!({"status": "ACTIVE"}),
        address: Address::Below(USERS.to_owned()),
        update: Update::Life {
            login: account.login.to_owned(),
            chosen: account.password.clone(),
        },
        undo: Undo::Nothing,
        warning: None,
    };
    walk.ensure(object).await.map(drop)
}

async fn find_user(walk: &mut Walk<'_>, account: &Account<'_>) -> Result<Id, Fault> {
    let find = Find::At(account.address());
    walk.reference(&find, account.login).await
}

/// John Doe, to whom other steps refer.
pub(super) async fn john_id(walk: &mut Walk<'_>) -> Result<Id, Fault> {
    let account = john_of(walk);
    find_user(walk, &account).await
}

/// The admins whom the rules for others exclude: you and the service account.
pub(super) async fn admin_ids(walk: &mut Walk<'_>) -> Result<Vec<String>, Fault> {
    let account = service_of(walk);
    let service = find_user(walk, &account).await?;
    let mut ids = vec![walk.guide.admin.id.clone(), service.text().to_owned()];
    ids.dedup();
    Ok(ids)
}
