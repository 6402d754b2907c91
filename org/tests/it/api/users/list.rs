use std::collections::BTreeSet;

use serde_json::{Value, json};
use testkit::TestOrg;

use super::super::{Answer, Api};
use super::{create, path, profile};

async fn people(api: &mut Api) {
    for (name, first, last, city) in [
        ("anna", "Anna", "Berg", "Bern"),
        ("bernd", "Bernd", "Adler", "Basel"),
        ("carla", "Carla", "berger", "Bern"),
        ("dora", "Dora", "Zweig", "Chur"),
    ] {
        let mut profile = profile(name);
        profile["firstName"] = first.into();
        profile["lastName"] = last.into();
        profile["city"] = city.into();
        let made = api
            .post("/api/v1/users?activate=false", json!({"profile": profile}))
            .await;
        assert_eq!(made.status, 200, "{}", made.body);
    }
}

fn names(answer: &Answer) -> Vec<&str> {
    let users = answer.body.as_array().expect("a list");
    users
        .iter()
        .map(|user| {
            let login = user["profile"]["login"].as_str().expect("a login");
            login.split('@').next().expect("a name")
        })
        .collect()
}

async fn found(api: &mut Api, query: &str) -> Vec<String> {
    let answer = api.get(&format!("/api/v1/users?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    names(&answer).into_iter().map(ToOwned::to_owned).collect()
}

fn search(text: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("search", text)
        .finish()
}

#[tokio::test]
async fn users_are_found_by_what_they_are() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    people(&mut api).await;
    for (text, expected) in [
        (r#"profile.lastName eq "BERG""#, vec!["anna"]),
        (r#"profile.lastName sw "berg""#, vec!["anna", "carla"]),
        (
            r#"profile.lastName co "erg" and profile.firstName sw "C""#,
            vec!["carla"],
        ),
        (
            r#"profile.city eq "Bern" or profile.login eq "dora@example.com""#,
            vec!["anna", "carla", "dora"],
        ),
        (
            r#"status eq "STAGED" and not (profile.city eq "Bern")"#,
            vec!["bernd", "dora"],
        ),
        (
            r#"profile.city pr and created gt "2026-01-01T00:00:00.000Z""#,
            vec!["anna", "bernd", "carla", "dora"],
        ),
        (r#"created gt "2027-01-01T00:00:00.000Z""#, vec![]),
    ] {
        let mut actual = found(&mut api, &search(text)).await;
        actual.sort();
        assert_eq!(actual, expected, "{text}");
    }
    for (query, expected) in [
        ("q=ber", vec!["anna", "bernd", "carla"]),
        ("q=dora", vec!["dora"]),
        ("q=%25", vec![]),
        ("filter=profile.lastName%20eq%20%22Zweig%22", vec!["dora"]),
    ] {
        let mut actual = found(&mut api, query).await;
        actual.sort();
        assert_eq!(actual, expected, "{query}");
    }
}

#[tokio::test]
async fn a_search_is_sorted_as_it_asks_and_its_pages_are_the_whole_of_it() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    people(&mut api).await;
    let staged = search(r#"status eq "STAGED""#);
    for (order, expected) in [
        (
            "sortBy=profile.lastName",
            ["bernd", "anna", "carla", "dora"],
        ),
        (
            "sortBy=profile.lastName&sortOrder=desc",
            ["dora", "carla", "anna", "bernd"],
        ),
        (
            "sortBy=profile.city&sortOrder=asc",
            ["bernd", "", "", "dora"],
        ),
    ] {
        let mut walked = Vec::new();
        let mut next = Some(format!("/api/v1/users?{staged}&{order}&limit=1"));
        while let Some(address) = next {
            let page = api.get(&address).await;
            assert_eq!(page.status, 200, "{}", page.body);
            walked.extend(names(&page).into_iter().map(ToOwned::to_owned));
            next = page.link("next");
        }
        assert_eq!(walked.len(), 4, "{order}: {walked:?}");
        for (actual, expected) in walked.iter().zip(expected) {
            assert!(
                expected.is_empty() || actual == expected,
                "{order}: {walked:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_walk_misses_nobody_and_meets_nobody_twice_while_others_come() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    people(&mut api).await;
    for order in [
        "",
        "&search=profile.login%20pr&sortBy=profile.email",
        "&search=id%20pr&sortBy=created",
    ] {
        let before: BTreeSet<String> = found(&mut api, "limit=200").await.into_iter().collect();
        let mut walked = Vec::new();
        let mut next = Some(format!("/api/v1/users?limit=2{order}"));
        let mut number = 0;
        while let Some(address) = next {
            let page = api.get(&address).await;
            walked.extend(names(&page).into_iter().map(ToOwned::to_owned));
            next = page.link("next");
            number += 1;
            if number < 5 {
                let name = format!("new{}x{number}", order.len());
                create(&mut api, &name).await;
            }
        }
        let unique: BTreeSet<String> = walked.iter().cloned().collect();
        assert_eq!(unique.len(), walked.len(), "{order}: nobody twice");
        assert!(unique.is_superset(&before), "{order}: nobody missed");
    }
}

#[tokio::test]
async fn those_who_are_deactivated_are_found_by_search_alone() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let made = create(&mut api, "erik").await;
    assert_eq!(api.delete(&path(&made)).await.status, 204);
    assert!(
        !found(&mut api, "limit=200")
            .await
            .contains(&"erik".to_owned())
    );
    let gone = search(r#"status eq "DEPROVISIONED""#);
    assert_eq!(found(&mut api, &gone).await, ["erik"]);
}

#[tokio::test]
async fn an_answer_has_no_more_than_was_asked_for() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    let login = "filter=profile.login%20eq%20%22john.doe%40example.com%22";
    let listed = api.get(&format!("/api/v1/users?{login}")).await;
    let links = listed.body[0]["_links"].as_object().expect("links");
    assert_eq!(links.keys().collect::<Vec<_>>(), ["self"]);
    let few = api
        .get(&format!(
            "/api/v1/users?{login}&fields=id,profile:(firstName,login)"
        ))
        .await;
    assert_eq!(
        few.body,
        json!([{"id": listed.body[0]["id"], "profile": {"firstName": "John", "login": "john.doe@example.com"}}])
    );
    let bare = api
        .call_with_header(
            http::Method::GET,
            &format!("/api/v1/users?{login}"),
            (
                "content-type",
                "application/json; okta-response=omitCredentials,omitCredentialsLinks",
            ),
            None,
        )
        .await;
    assert_eq!(bare.body[0].get("credentials"), None);
    assert_ne!(listed.body[0].get("credentials"), None::<&Value>);
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let org = TestOrg::start().await;
    let mut api = Api::admin(&org).await;
    for (query, code) in [
        ("limit=0", "E0000029"),
        ("limit=x", "E0000029"),
        ("after=no+cursor", "E0000029"),
        ("after=c.W10", "E0000029"),
        ("after=00u1", "E0000029"),
        // The keys "x" and "00u1".
        (
            "search=id+pr&sortBy=created&after=c.WyJ4IiwiMDB1MSJd",
            "E0000029",
        ),
        ("search=id+pr&sortBy=profile.login&after=00u1", "E0000029"),
        ("search=passwordHash%20pr", "E0000031"),
        ("search=profile.login", "E0000031"),
        ("search=profile.unknown%20pr", "E0000031"),
        ("filter=profile.city%20eq%20%22x%22", "E0000053"),
        ("filter=status", "E0000053"),
        ("q=a&search=id%20pr", "E0000001"),
        ("search=id%20pr&sortBy=profile.unknown", "E0000001"),
        ("search=id%20pr&sortBy=password_hash", "E0000001"),
        ("search=id%20pr&sortBy=id&sortOrder=up", "E0000001"),
        ("fields=profile:(", "E0000001"),
    ] {
        let answer = api.get(&format!("/api/v1/users?{query}")).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.body);
        assert_eq!(answer.body["errorCode"], code, "{query}");
    }
}
