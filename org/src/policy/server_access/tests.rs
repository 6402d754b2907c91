use super::*;

fn rule() -> Rule {
    Rule {
        clients: vec![ALL_CLIENTS.to_owned()],
        conditions: RuleConditions::for_everyone(&["authorization_code"]),
        token: TokenLifetimes::default(),
    }
}

fn ids() -> (AppId, UserId, GroupId) {
    (
        AppId::parse("0oaAAAAAAAAAAAAAAAAA").expect("an id"),
        UserId::parse("00uAAAAAAAAAAAAAAAAA").expect("an id"),
        GroupId::parse("00gAAAAAAAAAAAAAAAAA").expect("an id"),
    )
}

fn minutes(rules: &[Rule], grant_type: &str, scopes: &[Scope]) -> Option<u32> {
    let (app, user, group) = ids();
    let request = AccessRequest {
        grant_type,
        scopes,
        app: &app,
        person: Some(Person {
            id: &user,
            groups: &[group],
        }),
    };
    evaluate(rules, &request).map(|token| token.access_token_lifetime_minutes)
}

#[test]
fn the_first_rule_that_matches_decides() {
    let mut strict = rule();
    strict.conditions.scopes.include = vec!["openid".to_owned()];
    strict.token.access_token_lifetime_minutes = 5;
    let rules = [strict, rule()];
    let minutes = |scopes: &[Scope]| minutes(&rules, "authorization_code", scopes);
    assert_eq!(minutes(&[Scope::Openid]), Some(5));
    assert_eq!(minutes(&[Scope::Email]), Some(60));
}

#[test]
fn a_grant_type_that_no_rule_names_gets_nothing() {
    assert_eq!(minutes(&[rule()], "password", &[]), None);
}

#[test]
fn a_rule_is_for_its_clients_its_people_and_nobody_else() {
    let (app, user, group) = ids();
    let grant = |change: &dyn Fn(&mut Rule)| {
        let mut changed = rule();
        change(&mut changed);
        minutes(&[changed], "authorization_code", &[Scope::Openid]).is_some()
    };
    let nobody = Members::default();
    let only = |id: &str| Members {
        include: vec![id.to_owned()],
        exclude: Vec::new(),
    };
    assert!(grant(&|rule| rule.clients = vec![app.to_string()]));
    assert!(!grant(
        &|rule| rule.clients = vec!["0oaBBBBBBBBBBBBBBBBB".to_owned()]
    ));
    assert!(!grant(&|rule| rule.clients.clear()));
    assert!(grant(
        &|rule| rule.conditions.people.groups = only(group.as_str())
    ));
    assert!(!grant(
        &|rule| rule.conditions.people.groups = only("00gBBBBBBBBBBBBBBBBB")
    ));
    assert!(!grant(
        &|rule| rule.conditions.people.groups = nobody.clone()
    ));
    assert!(grant(&|rule| {
        rule.conditions.people.groups = nobody.clone();
        rule.conditions.people.users = only(user.as_str());
    }));
    assert!(!grant(
        &|rule| rule.conditions.people.users.exclude = vec![user.to_string()]
    ));
    assert!(!grant(
        &|rule| rule.conditions.people.groups.exclude = vec![group.to_string()]
    ));
    assert!(!grant(&|rule| rule.conditions.scopes.include.clear()));
}
