use super::*;

const CASES: &str = include_str!("cases.tsv");

fn is_yes(word: &str) -> bool {
    match word {
        "yes" => true,
        "no" => false,
        other => panic!("neither yes nor no: {other}"),
    }
}

fn factors(word: &str) -> FactorFacts {
    let numbers: Vec<u8> = word
        .split('/')
        .filter_map(|number| number.parse().ok())
        .collect();
    match numbers[..] {
        [have, offered, lacking, lacking_offered] => FactorFacts {
            is_told: true,
            have,
            offered,
            lacking,
            lacking_offered,
        },
        _ => FactorFacts::default(),
    }
}

fn facts(cells: &[&str]) -> OnboardingFacts {
    OnboardingFacts {
        is_welcomed: is_yes(cells[1]),
        email: match cells[2] {
            "verified" => EmailFact::Verified,
            "unverified" => EmailFact::Unverified,
            _ => EmailFact::Untold,
        },
        is_email_wanted: is_yes(cells[3]),
        is_email_put_off: is_yes(cells[4]),
        is_profile_saved: cells[5] != "none",
        lacks_attribute: cells[5] == "lacks",
        factors: factors(cells[6]),
        are_factors_put_off: is_yes(cells[7]),
        is_finished: is_yes(cells[8]),
    }
}

fn in_words(steps: &[Step]) -> String {
    let words = steps.iter().map(|step| {
        let state = match step.state {
            StepState::Done => "+",
            StepState::Current => ">",
            StepState::Waiting => ".",
        };
        let skip = if step.is_skippable { "?" } else { "" };
        [state, step.kind.as_str(), skip].concat()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_facts_say_which_steps_there_are_and_which_is_next() {
    let rows = CASES.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut count = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        assert_eq!(cells.len(), 11, "{row}");
        let steps = onboarding_steps(&facts(&cells), StepKind::find(cells[9]));
        assert_eq!(in_words(&steps), cells[10], "{}", cells[0]);
        count += 1;
    }
    assert!(count >= 40, "{count}");
}

/// Every combination of facts, with a few numbers for authenticators.
fn all_facts() -> impl Iterator<Item = OnboardingFacts> {
    const EMAIL: [EmailFact; 3] = [
        EmailFact::Untold,
        EmailFact::Verified,
        EmailFact::Unverified,
    ];
    const FACTORS: [&str; 8] = [
        "-", "0/0/0/0", "0/2/0/0", "1/0/0/0", "0/2/1/1", "0/1/1/0", "1/1/1/1", "1/0/1/0",
    ];
    (0..128_u32).flat_map(|bits| {
        EMAIL.into_iter().flat_map(move |email| {
            FACTORS.into_iter().map(move |words| OnboardingFacts {
                is_welcomed: bits & 1 != 0,
                email,
                is_email_wanted: bits & 2 != 0,
                is_email_put_off: bits & 4 != 0,
                is_profile_saved: bits & 8 != 0,
                lacks_attribute: bits & 16 != 0,
                factors: factors(words),
                are_factors_put_off: bits & 32 != 0,
                is_finished: bits & 64 != 0,
            })
        })
    })
}

#[test]
fn no_combination_of_facts_leads_into_a_dead_end_or_past_what_is_demanded() {
    let asked = || StepKind::ALL.into_iter().map(Some).chain([None]);
    for (facts, asked) in all_facts().flat_map(|facts| asked().map(move |asked| (facts, asked))) {
        let steps = onboarding_steps(&facts, asked);
        let current: Vec<_> = steps
            .iter()
            .filter(|step| step.state == StepState::Current)
            .collect();
        assert!(steps.is_sorted_by_key(|step| step.kind), "{facts:?}");
        if facts.is_finished {
            assert!(current.is_empty() && steps.iter().all(|step| step.is_done));
            continue;
        }
        let [current] = current[..] else {
            panic!("one is shown: {facts:?}");
        };
        let before = steps.iter().take_while(|step| step.kind < current.kind);
        assert!(before.clone().all(|step| step.is_done), "{facts:?}");
        let can_be_done = match current.kind {
            StepKind::Email => facts.email != EmailFact::Untold,
            StepKind::Factors => facts.factors.lacking == 0 || facts.factors.lacking_offered > 0,
            StepKind::Welcome | StepKind::Profile | StepKind::Preferences => true,
        };
        assert!(can_be_done || current.is_skippable, "{facts:?}");
        let missing = steps
            .iter()
            .find(|step| !step.is_done && !step.is_skippable && step.kind != StepKind::Preferences);
        assert_eq!(
            facts.missing_before_the_end(),
            missing.map(|step| step.kind),
            "{facts:?}"
        );
    }
}

#[test]
fn a_step_is_read_back_from_its_word() {
    for kind in StepKind::ALL {
        assert_eq!(StepKind::find(kind.as_str()), Some(kind));
    }
    assert_eq!(StepKind::find("<script>"), None);
}
