//! The only place where these commands read a clock.

use std::time::{Duration, Instant};

/// Time since it was started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts at zero.
    #[expect(
        clippy::disallowed_methods,
        reason = "measuring is what the developer's tools do; the product takes its clock as a parameter"
    )]
    pub(crate) fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// The time since the start.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// `850 ms`, `12 s`, `3 min 05 s`.
pub(crate) fn in_words(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0 => format!("{} ms", time.as_millis()),
        1..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_told_in_the_unit_a_person_would_choose() {
        let told: Vec<String> = [850, 12_000, 185_000]
            .map(|millis| in_words(Duration::from_millis(millis)))
            .into();
        assert_eq!(told, ["850 ms", "12 s", "3 min 05 s"]);
    }
}
