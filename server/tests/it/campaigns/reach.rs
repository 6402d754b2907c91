//! A group administrator whose role is limited to some groups of the org.

use super::{ADMIN, House, act, make, post, sign_in, upload};
use crate::support::at;
use org::RateLimits;

const LIMITED: &str = "user_admin@example.com";

/// Longer than the org's word on a role counts, in seconds.
const LATER: i64 = 6;

/// Adds a group to those that the role is limited to.
fn limit_to(house: &House, group: &str) {
    let added = house.org.execute(
        "INSERT INTO role_targets (holder_id, role, kind, target) \
         SELECT users.id, 'USER_ADMIN', 'GROUP', groups.id FROM users, groups WHERE login = ?1 AND groups.name = ?2",
        [LIMITED, group],
    );
    assert_eq!(added, 1, "{group}");
    house.org.clock.advance_seconds(LATER);
}

fn group_id(house: &House, name: &str) -> String {
    let database = house.org.database();
    let found = database.query_row("SELECT id FROM groups WHERE name = ?1", [name], |row| {
        row.get(0)
    });
    found.expect("a group of the seed")
}

#[tokio::test]
async fn who_administers_some_groups_works_on_their_campaigns_and_knows_of_no_others() {
    let house = House::build(RateLimits::Off).await;
    let app = house.open().await;
    let mut admin = sign_in(&house, &app, ADMIN).await;
    let id = make(&mut admin, "link").await;
    let mut limited = sign_in(&house, &app, LIMITED).await;
    let list = limited.get(&at("/campaigns")).await;
    assert!(list.text().contains("Spring"), "no limits yet");

    limit_to(&house, "Staff");
    let list = limited.get(&at("/campaigns")).await;
    assert_eq!(list.status, 200);
    assert!(!list.text().contains("Spring"));
    for path in ["", "/preview", "/delete"] {
        let page = limited.get(&at(&format!("/campaigns/{id}{path}"))).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(!page.text().contains("Spring"), "{path}");
    }
    let export = limited.get(&at(&format!("/campaigns/{id}/export"))).await;
    assert_eq!(export.status, 404);
    let people = b"email,first,last\na@rows.example.com,A,B\n";
    let refused = upload(&mut limited, id, people).await;
    assert!(!refused.text().contains("Spring"));
    assert_eq!(app.campaigns.find(id).await.expect("a campaign").drafts, 0);
    let taken = upload(&mut admin, id, people).await;
    assert_eq!(taken.status, 200, "{}", taken.text());
    for what in ["import", "discard", "delete"] {
        act(&mut limited, id, what).await;
    }
    let untouched = app.campaigns.find(id).await.expect("it is still there");
    assert_eq!((untouched.drafts, untouched.people.total), (1, 0));

    let new = limited.get(&at("/campaigns/new")).await.text();
    assert!(new.contains(">Staff<") && !new.contains(">Retailers<"));
    let retailers = group_id(&house, "Retailers");
    let fields = [
        ("name", "Beyond"),
        ("group", retailers.as_str()),
        ("landing", "profile"),
        ("start", "link"),
    ];
    let refused = post(&mut limited, "/api/campaigns/make", &fields).await;
    assert_eq!(refused.header("location"), "/campaigns/new#outcome");
    assert_eq!(app.campaigns.list().await.expect("a list").len(), 1);

    limit_to(&house, "Retailers");
    let page = limited.get(&at(&format!("/campaigns/{id}"))).await;
    assert_eq!(page.status, 200);
    act(&mut limited, id, "discard").await;
    assert_eq!(app.campaigns.find(id).await.expect("a campaign").drafts, 0);
}
