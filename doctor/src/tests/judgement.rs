use std::collections::BTreeSet;

use super::{Damage, damages, healthy};
use crate::{Area, Ending, Facts, Grade, Managed, Report, Severity, Skip, State};

/// The ids and severities of what was found.
fn found(facts: &Facts) -> Vec<(&'static str, Severity)> {
    let report = Report::of(facts, &[]);
    let flaws = report.findings.iter();
    flaws
        .filter_map(|finding| Some((finding.check.id, finding.severity()?)))
        .collect()
}

#[test]
fn what_is_healthy_has_no_finding_but_a_note_that_the_app_does_not_use_the_interaction_code() {
    let report = Report::of(&healthy::real(), &[]);
    assert_eq!(
        found(&healthy::real()),
        [("REG-GRANT-UNUSED", Severity::Note)]
    );
    assert_eq!((report.not_checked(), report.grade()), (0, Grade::A));
    assert_eq!(report.ending(true), Ending::Fine);
    assert_eq!(found(&healthy::local()), []);
}

#[test]
fn each_damage_is_found_by_its_own_check_and_by_no_other() {
    for Damage {
        id,
        severity,
        to,
        how,
    } in damages()
    {
        let mut facts = to();
        let before = found(&facts);
        how(&mut facts);
        let mut after = found(&facts);
        for known in before {
            if let Some(index) = after.iter().position(|one| *one == known) {
                after.remove(index);
            }
        }
        assert_eq!(after, [(*id, *severity)], "{id}");
    }
}

#[test]
fn every_check_has_a_damage_of_the_worst_kind_it_tells_of() {
    for check in crate::checks() {
        let own = damages().filter(|damage| damage.id == check.id);
        let worst = own.map(|damage| damage.severity).min();
        assert_eq!(worst, Some(check.worst), "{}", check.id);
    }
}

#[test]
fn ids_are_unique_and_checks_stand_area_by_area() {
    let ids: Vec<&str> = crate::checks().map(|check| check.id).collect();
    let unique: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    assert!(crate::checks().is_sorted_by_key(|check| check.area));
}

#[test]
fn what_is_not_known_is_not_a_pass() {
    let mut facts = healthy::real();
    facts.managed = Managed::unknown(&Skip::NotChecked("no API token".to_owned()));
    let report = Report::of(&facts, &[]);
    let of_token = [Area::Registration, Area::Server, Area::Policy, Area::Admin];
    for finding in report
        .findings
        .iter()
        .filter(|one| of_token.contains(&one.check.area))
    {
        let reason = "no API token".to_owned();
        assert_eq!(
            finding.state,
            State::NotChecked { reason },
            "{}",
            finding.check.id
        );
    }
    assert_eq!(report.ending(false), Ending::Incomplete);
    assert_eq!(report.ending(false).code(), 2);
}

#[test]
fn warnings_fail_only_where_they_are_said_to_and_errors_always() {
    let of = |id: &str| {
        let damage = damages().find(|damage| damage.id == id).expect("a damage");
        let mut facts = (damage.to)();
        (damage.how)(&mut facts);
        Report::of(&facts, &[])
    };
    let warning = of("REG-REFRESH-LEEWAY");
    assert_eq!(
        (warning.ending(false), warning.ending(true)),
        (Ending::Fine, Ending::Failed)
    );
    assert_eq!(warning.grade(), Grade::B);
    let error = of("REG-GRANT-PASSWORD");
    assert_eq!((error.ending(false).code(), error.grade()), (1, Grade::D));
}

#[test]
fn checks_are_left_out_by_the_beginning_of_their_ids() {
    let mut facts = healthy::real();
    facts.managed.tokens = Err(Skip::NotChecked("no right".to_owned()));
    let skip = ["TOKEN-".to_owned(), String::new()];
    let report = Report::of(&facts, &skip);
    assert_eq!(report.not_checked(), 0);
    assert!(report.findings.len() > 70);
}
