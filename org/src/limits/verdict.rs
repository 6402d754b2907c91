//! Whether a request is answered.

use jiff::{SignedDuration, Timestamp};

use super::asker::{Asker, Deed};
use super::bucket::{ALL, BURST, Bucket};
use super::running::{Run, Whose};
use super::settings::{ClientMode, LimitSettings, Share};
use super::window::{Key, Window};
use super::{Limits, RateLimits};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// Of one browser: requests in a minute, and at the same time.
const CLIENT: (u32, u32) = (60, 5);
/// About one sign-in.
const INTERACTION: (u32, SignedDuration) = (10, SignedDuration::from_secs(5));
/// About one user: answers of their sign-ins, and uses of their refresh tokens.
const SIGN_INS: (u32, SignedDuration) = (20, SignedDuration::from_secs(5));
const RENEWALS: (u32, SignedDuration) = (4, SignedDuration::from_secs(1));
/// About one name.
const USERNAME: (u32, SignedDuration) = (4, SignedDuration::from_secs(1));

/// What is written to the System Log of a counter that comes to one of its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Warning,
    Burst,
    Violation,
    ClientViolation,
    /// A browser that would be refused if its limit were enforced.
    ClientNotification,
    ConcurrencyViolation,
}

/// What an answer says of the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) limit: u32,
    pub(super) remaining: u32,
    pub(super) reset_at: Timestamp,
}

/// The outcome for one request.
#[derive(Debug)]
pub(super) struct Verdict {
    /// `Err`: it is refused.
    pub(super) run: Result<Run, ()>,
    pub(super) told: Told,
    pub(super) marks: Vec<Mark>,
}

/// Everything that decides about one request, besides what was counted.
pub(super) struct Case<'a> {
    pub(super) bucket: usize,
    pub(super) asker: &'a Asker,
    pub(super) principal: Option<(String, Share)>,
    pub(super) settings: &'a LimitSettings,
    pub(super) now: Timestamp,
}

/// The counting of one request.
struct Tally {
    is_over: bool,
    told: Option<Told>,
    marks: Vec<Mark>,
}

impl Tally {
    /// The answer tells of the counter that ends first.
    fn note(&mut self, window: Window, limit: u32, most: u32) -> bool {
        let told = Told {
            limit,
            remaining: limit.saturating_sub(window.count),
            reset_at: window.reset_at,
        };
        if self
            .told
            .is_none_or(|earlier| told.remaining < earlier.remaining)
        {
            self.told = Some(told);
        }
        let is_over = window.count > most;
        self.is_over |= is_over;
        is_over
    }
}

impl Limits {
    /// Counts the request everywhere, and says whether it is answered.
    pub(super) fn judge(&self, case: &Case<'_>) -> Verdict {
        let mut tally = Tally {
            is_over: false,
            told: None,
            marks: Vec::new(),
        };
        if let Some(bucket) = ALL.get(case.bucket) {
            self.count_org(case, bucket, &mut tally);
            self.count_principal(case, bucket, &mut tally);
        }
        self.count_client(case, &mut tally);
        self.count_persons(case, &mut tally);
        let told = tally.told.unwrap_or(Told {
            limit: 0,
            remaining: 0,
            reset_at: case.now,
        });
        if tally.is_over {
            return Verdict {
                run: Err(()),
                told,
                marks: tally.marks,
            };
        }
        if let Ok(run) = self.running.begin(self.concurrency(case)) {
            return Verdict {
                run: Ok(run),
                told,
                marks: tally.marks,
            };
        }
        tally.marks.push(Mark::ConcurrencyViolation);
        // Okta's sign of it: no limit, and a guess when there will be room.
        let soon = case.now.saturating_add(SignedDuration::from_secs(1));
        Verdict {
            run: Err(()),
            told: Told {
                limit: 0,
                remaining: 0,
                reset_at: soon.unwrap_or(case.now),
            },
            marks: tally.marks,
        }
    }

    fn count_org(&self, case: &Case<'_>, bucket: &Bucket, tally: &mut Tally) {
        let limit = bucket.limit(self.profile);
        let most = if bucket.may_burst {
            limit.saturating_mul(BURST)
        } else {
            limit
        };
        let window = self.windows.count(Key::Org(case.bucket), MINUTE, case.now);
        tally.note(window, limit, most);
        let warning = share_of(limit, case.settings.warning_threshold.into());
        let marks = [
            (warning, Mark::Warning),
            (limit + 1, Mark::Burst),
            (most + 1, Mark::Violation),
        ];
        let reached = marks.into_iter().filter(|(count, mark)| {
            *count == window.count && (*mark != Mark::Burst || bucket.may_burst)
        });
        tally.marks.extend(reached.map(|(_, mark)| mark));
    }

    fn count_principal(&self, case: &Case<'_>, bucket: &Bucket, tally: &mut Tally) {
        let Some((principal, share)) = &case.principal else {
            return;
        };
        let limit = share_of(bucket.limit(self.profile), share.requests);
        let most = if bucket.may_burst {
            limit.saturating_mul(BURST)
        } else {
            limit
        };
        let key = Key::Principal(case.bucket, principal.clone());
        let window = self.windows.count(key, MINUTE, case.now);
        tally.note(window, limit, most);
        if window.count == most + 1 {
            tally.marks.push(Mark::Violation);
        }
    }

    fn count_client(&self, case: &Case<'_>, tally: &mut Tally) {
        let Some((browser, use_case)) = case.asker.browser else {
            return;
        };
        let mode = case.settings.mode(use_case);
        if mode == ClientMode::Disable {
            return;
        }
        let key = Key::Client(case.bucket, browser);
        let window = self.windows.count(key, MINUTE, case.now);
        let (limit, _) = CLIENT;
        match mode {
            ClientMode::Enforce => {
                tally.note(window, limit, limit);
                if window.count == limit + 1 {
                    tally.marks.push(Mark::ClientViolation);
                }
            }
            ClientMode::Preview if window.count == limit + 1 => {
                tally.marks.push(Mark::ClientNotification);
            }
            ClientMode::Preview | ClientMode::Disable => {}
        }
    }

    fn count_persons(&self, case: &Case<'_>, tally: &mut Tally) {
        let interaction = case.asker.interaction.map(Key::Interaction);
        let username = case.asker.username.map(Key::Username);
        let user = case.asker.user.clone();
        let pace = match &user {
            Some((_, Deed::Renewal)) => RENEWALS,
            Some((_, Deed::SignIn)) | None => SIGN_INS,
        };
        let user = user.map(|(id, deed)| Key::User(id, deed));
        for (key, (limit, span)) in [
            (interaction, INTERACTION),
            (username, USERNAME),
            (user, pace),
        ] {
            let Some(key) = key else { continue };
            let window = self.windows.count(key, span, case.now);
            // These are about a moment; the answer tells of them only when they refuse.
            if window.count > limit {
                tally.note(window, limit, limit);
            }
        }
    }

    fn concurrency(&self, case: &Case<'_>) -> Vec<(Whose, u32)> {
        let most = RateLimits::concurrency(self.profile);
        let mut limits = vec![(Whose::Org, most)];
        if let Some((principal, share)) = &case.principal {
            let share = share_of(most, share.concurrency);
            limits.push((Whose::Principal(principal.clone()), share));
        }
        if let Some((browser, use_case)) = case.asker.browser
            && case.settings.mode(use_case) == ClientMode::Enforce
        {
            limits.push((Whose::Client(browser), CLIENT.1));
        }
        limits
    }
}

/// At least one: a share of nothing would be a ban.
fn share_of(limit: u32, percent: u32) -> u32 {
    let share = u64::from(limit) * u64::from(percent) / 100;
    u32::try_from(share).unwrap_or(u32::MAX).max(1)
}
