use crate::policy::PolicyType;

/// Where one of several stands. The system one is never among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) id: String,
    pub(super) priority: u32,
}

/// How the priorities of several are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// All are alike: policies for apps.
    None,
    /// One, two, three, and so on.
    Dense,
    /// As they are asked for, from zero on and before the last rule, which stands at 99.
    Sparse,
}

/// The last priority before that of the catch-all rule.
const LAST: u32 = 98;

impl Order {
    pub(super) const fn of_policies(policy_type: PolicyType) -> Self {
        if policy_type.is_for_apps() {
            Self::None
        } else {
            Self::Dense
        }
    }

    pub(super) const fn of_rules(policy_type: PolicyType) -> Self {
        if policy_type.is_for_apps() {
            Self::Sparse
        } else {
            Self::Dense
        }
    }

    /// Puts one among the others, which are in order. Who stands at the wanted place, or behind it, moves back; a place
    /// behind the last is the last.
    pub(super) fn put(self, places: &mut Vec<Place>, id: &str, wanted: Option<u32>) {
        places.retain(|place| place.id != id);
        let next = places.last().map_or(0, |last| last.priority + 1);
        let at = match (self, wanted) {
            (Self::Dense, Some(wanted)) => (wanted.max(1) - 1) as usize,
            (Self::Sparse, Some(wanted)) => places.partition_point(|place| place.priority < wanted),
            (_, None) | (Self::None, _) => places.len(),
        };
        let priority = wanted.unwrap_or(next).min(LAST);
        let id = id.to_owned();
        places.insert(at.min(places.len()), Place { id, priority });
        self.number(places);
    }

    /// Closes gaps where there may be none.
    pub(super) fn number(self, places: &mut [Place]) {
        match self {
            Self::None => places.iter_mut().for_each(|place| place.priority = 1),
            Self::Dense => {
                for (place, number) in places.iter_mut().zip(1..) {
                    place.priority = number;
                }
            }
            Self::Sparse => spread(places),
        }
    }
}

/// No two at one place: first those behind move back, then, at the end of the scale, those before move forward.
fn spread(places: &mut [Place]) {
    let mut free = 0;
    for place in places.iter_mut() {
        place.priority = place.priority.max(free);
        free = place.priority + 1;
    }
    let mut last = LAST;
    for place in places.iter_mut().rev() {
        place.priority = place.priority.min(last);
        last = place.priority.saturating_sub(1);
    }
}
