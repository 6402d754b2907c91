use super::healthy::{KEY, SECRET};
use super::{damages, healthy};
use crate::{Report, render};

#[test]
fn the_documentation_lists_every_check_as_it_is() {
    let document = include_str!("../../../docs/DOCTOR.md");
    assert!(
        document.contains(render::catalogue().trim()),
        "put the output of `portico doctor --list` into docs/DOCTOR.md"
    );
}

#[test]
fn no_report_shows_a_secret() {
    for damage in damages() {
        let mut facts = (damage.to)();
        (damage.how)(&mut facts);
        let report = Report::of(&facts, &[]);
        let text = render::text(&facts, &report, true, true) + &render::json(&facts, &report);
        for secret in [SECRET, KEY, "your-client-secret", "kTz8mWp5rXs7yBn4"] {
            assert!(!text.contains(secret), "{}", damage.id);
        }
    }
}

#[test]
fn every_finding_says_what_to_do_in_one_sentence_and_names_a_place_or_a_command() {
    for damage in damages() {
        let mut facts = (damage.to)();
        (damage.how)(&mut facts);
        for finding in Report::of(&facts, &[]).findings {
            let crate::State::Found { cause, remedy, .. } = finding.state else {
                continue;
            };
            assert!(remedy.ends_with('.') && !remedy.contains(". "), "{remedy}");
            assert!(!cause.ends_with('.') && !cause.contains("null"), "{cause}");
        }
    }
}

#[test]
fn the_worst_comes_first_and_colours_only_where_they_are_wanted() {
    let mut facts = healthy::real();
    for id in ["SITE-HOST", "REG-GRANT-IMPLICIT"] {
        let damage = damages().find(|damage| damage.id == id).expect("a damage");
        (damage.how)(&mut facts);
    }
    let report = Report::of(&facts, &[]);
    let text = render::text(&facts, &report, false, false);
    let place = |what: &str| text.find(what).expect(what);
    assert!(place("Errors\n  REG-GRANT-IMPLICIT") < place("Warnings\n  SITE-HOST"));
    assert!(place("Warnings\n  SITE-HOST") < place("Notes\n  REG-GRANT-UNUSED"));
    assert!(text.contains(
        "In https://example-admin.okta.com, open Applications > Applications > Portico > General > Grant type and clear Implicit"
    ));
    assert!(
        text.ends_with("fine.\n") && text.contains("Grade D: 1 error, 1 warning, 1 note, "),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'));
    assert!(render::text(&facts, &report, true, false).contains("\u{1b}[31mREG-GRANT-IMPLICIT"));
}
