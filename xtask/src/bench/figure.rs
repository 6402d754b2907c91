//! One line of the result.

use serde_json::{Value, json};

/// The limit a figure was built to keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Budget {
    AtMost(f64),
    AtLeast(f64),
}

impl Budget {
    /// Whether a value keeps it.
    pub(super) fn is_met_by(self, value: f64) -> bool {
        match self {
            Budget::AtMost(most) => value <= most,
            Budget::AtLeast(least) => value >= least,
        }
    }
}

/// One measured figure.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) name: String,
    pub(super) unit: &'static str,
    pub(super) value: f64,
    /// What this machine can do at best, and how that was found.
    pub(super) limit: Option<(f64, &'static str)>,
    pub(super) budget: Option<Budget>,
}

impl Figure {
    /// A figure with neither limit nor budget.
    pub(super) fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Figure {
        Figure {
            name: name.into(),
            unit,
            value,
            limit: None,
            budget: None,
        }
    }

    /// Puts the upper limit beside it.
    pub(super) fn beside(mut self, limit: f64, what: &'static str) -> Figure {
        self.limit = Some((limit, what));
        self
    }

    /// Judges it.
    pub(super) fn within(mut self, budget: Budget) -> Figure {
        self.budget = Some(budget);
        self
    }

    /// Whether its budget, if any, is kept.
    pub(super) fn is_within_budget(&self) -> bool {
        self.budget
            .is_none_or(|budget| budget.is_met_by(self.value))
    }

    /// The line of the table.
    pub(super) fn line(&self) -> String {
        let measured = format!("{} {}", number(self.value), self.unit);
        let limit = self
            .limit
            .map(|(limit, what)| format!("{} {what}", number(limit)))
            .unwrap_or_default();
        let verdict = if self.is_within_budget() {
            "met"
        } else {
            "MISSED"
        };
        let budget = match self.budget {
            None => String::new(),
            Some(Budget::AtMost(most)) => format!("<= {}: {verdict}", number(most)),
            Some(Budget::AtLeast(least)) => format!(">= {}: {verdict}", number(least)),
        };
        format!("{:<46} {measured:>16}   {limit:<26} {budget}", self.name)
            .trim_end()
            .to_owned()
    }

    /// The same for a program.
    pub(super) fn json(&self) -> Value {
        json!({
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "limit": self.limit.map(|(limit, _)| limit),
            "limitIs": self.limit.map(|(_, what)| what),
            "withinBudget": self.budget.map(|budget| budget.is_met_by(self.value)),
        })
    }
}

/// The middle one of several values; of an even number the upper middle one.
pub(super) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Three digits that matter, thousands apart: `0.42`, `17.3`, `18 500`.
fn number(value: f64) -> String {
    let decimals = if value.abs() < 10.0 {
        2
    } else {
        usize::from(value.abs() < 100.0)
    };
    let plain = format!("{value:.decimals$}");
    if decimals > 0 || plain.len() <= 3 {
        return plain;
    }
    let groups: Vec<&str> = plain
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_budget_is_told_in_its_line() {
        let figure = Figure::new("start", 61.24, "ms")
            .beside(2.5, "bare axum")
            .within(Budget::AtMost(50.0));
        assert!(!figure.is_within_budget());
        assert!(
            figure
                .line()
                .ends_with("61.2 ms   2.50 bare axum             <= 50.0: MISSED"),
            "{}",
            figure.line()
        );
    }

    #[test]
    fn numbers_show_as_many_digits_as_they_mean() {
        assert_eq!(
            [0.418, 17.26, 240.4, 18_512.3, 1_234_567.0].map(number),
            ["0.42", "17.3", "240", "18 512", "1 234 567"]
        );
    }

    #[test]
    fn one_bad_run_does_not_move_the_median() {
        assert_eq!(median([9.0, 1000.0, 10.0]).to_bits(), 10.0_f64.to_bits());
    }
}
