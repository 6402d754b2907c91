use http::Method;
use jiff::{SignedDuration, Timestamp};

use super::asker::{Asker, Deed};
use super::bucket;
use super::settings::{ClientMode, LimitSettings, Share, UseCase};
use super::verdict::{Case, Mark, Verdict};
use super::window::{Key, Windows};
use super::{Limits, RateLimits};

const START: Timestamp = Timestamp::UNIX_EPOCH;

fn after(seconds: i64) -> Timestamp {
    START + SignedDuration::from_secs(seconds)
}

fn path_of(method: &Method, path: &str) -> Option<&'static str> {
    bucket::find(method, path).map(|index| bucket::ALL[index].path)
}

#[test]
fn an_exact_path_comes_before_a_prefix_and_a_longer_prefix_before_a_shorter_one() {
    for (method, path, expected) in [
        (Method::GET, "/api/v1/users", Some("/api/v1/users")),
        (Method::GET, "/api/v1/users/00u1", Some("/api/v1/users/{}")),
        (Method::POST, "/api/v1/users/00u1", Some("/api/v1/users*")),
        (
            Method::GET,
            "/api/v1/users/00u1/groups",
            Some("/api/v1/users*"),
        ),
        (Method::GET, "/api/v1/usersettings", Some("/api/v1*")),
        (Method::GET, "/api/v1/policies/x/rules", Some("/api/v1*")),
        (
            Method::POST,
            "/oauth2/default/v1/token",
            Some("/oauth2/{}/v1/token"),
        ),
        (Method::POST, "/oauth2/v1/token", Some("/oauth2/v1/token")),
        (Method::POST, "/oauth2/v1/interact", Some("/oauth2/v1*")),
        (
            Method::POST,
            "/oauth2/default/v1/interact",
            Some("/oauth2*"),
        ),
        (Method::POST, "/idp/idx/challenge/answer", Some("/idp/idx*")),
        (Method::GET, "/.well-known/openid-configuration", None),
        (
            Method::GET,
            "/oauth2/default/.well-known/openid-configuration",
            None,
        ),
        (Method::GET, "/oauth2/v1/keys", None),
        (Method::OPTIONS, "/oauth2/v1/token", None),
        (Method::GET, "/", None),
        (Method::GET, "/livez", None),
        (Method::GET, "/dev/limits", None),
    ] {
        assert_eq!(path_of(&method, path), expected, "{method} {path}");
    }
}

struct Trial {
    limits: Limits,
    settings: LimitSettings,
    asker: Asker,
    principal: Option<(String, Share)>,
}

impl Trial {
    fn new() -> Self {
        Self {
            limits: Limits::new(RateLimits::Developer),
            settings: LimitSettings::default(),
            asker: Asker::default(),
            principal: None,
        }
    }

    fn send(&self, method: &Method, path: &str, now: Timestamp) -> Verdict {
        self.limits.judge(&Case {
            bucket: bucket::find(method, path).expect("a bucket"),
            asker: &self.asker,
            principal: self.principal.clone(),
            settings: &self.settings,
            now,
        })
    }

    /// How many of so many requests are answered, and what is written of them.
    fn answered(&self, path: &str, requests: u32, now: Timestamp) -> (u32, Vec<(u32, Mark)>) {
        let (mut answered, mut marks) = (0, Vec::new());
        for number in 1..=requests {
            let verdict = self.send(&Method::GET, path, now);
            answered += u32::from(verdict.run.is_ok());
            marks.extend(verdict.marks.into_iter().map(|mark| (number, mark)));
        }
        (answered, marks)
    }
}

#[test]
fn a_bucket_answers_its_limit_warns_before_and_begins_anew_a_minute_after_its_first_request() {
    let trial = Trial::new();
    let first = trial.send(&Method::GET, "/api/v1/apps", after(30)).told;
    assert_eq!(
        (first.limit, first.remaining, first.reset_at),
        (20, 19, after(90))
    );
    let (answered, marks) = trial.answered("/api/v1/apps", 30, after(89));
    assert_eq!(answered, 19);
    assert_eq!(marks, [(17, Mark::Warning), (20, Mark::Violation)]);
    assert_eq!(trial.answered("/api/v1/apps", 30, after(90)).0, 20);
    // Another bucket is another matter.
    assert!(
        trial
            .send(&Method::GET, "/api/v1/apps/x", after(90))
            .run
            .is_ok()
    );
}

#[test]
fn a_bucket_for_sign_ins_goes_to_five_times_its_limit() {
    let trial = Trial::new();
    let (answered, marks) = trial.answered("/oauth2/v1/token", 1600, START);
    assert_eq!(answered, 1500);
    assert_eq!(
        marks,
        [
            (270, Mark::Warning),
            (301, Mark::Burst),
            (1501, Mark::Violation)
        ]
    );
}

#[test]
fn a_token_has_half_of_a_bucket_and_leaves_the_other_half() {
    let mut trial = Trial::new();
    let share = Share {
        requests: 50,
        concurrency: 50,
    };
    trial.principal = Some(("00Tone".to_owned(), share));
    let (answered, marks) = trial.answered("/api/v1/users", 60, START);
    assert_eq!((answered, marks), (50, vec![(51, Mark::Violation)]));
    let told = trial.send(&Method::GET, "/api/v1/users", START).told;
    assert_eq!((told.limit, told.remaining), (50, 0));
    trial.principal = Some(("00Tother".to_owned(), share));
    // What was refused counts as well.
    assert_eq!(trial.answered("/api/v1/users", 60, START).0, 39);
}

#[test]
fn a_browser_is_limited_as_the_setting_says() {
    for (mode, answered, mark) in [
        (ClientMode::Enforce, 60, Some(Mark::ClientViolation)),
        (ClientMode::Preview, 70, Some(Mark::ClientNotification)),
        (ClientMode::Disable, 70, None),
    ] {
        let mut trial = Trial::new();
        trial.settings.default_mode = ClientMode::Disable;
        let overrides = &mut trial.settings.use_case_mode_overrides;
        overrides.insert(UseCase::LoginPage, mode);
        trial.asker.browser = Some(([1; 32], UseCase::LoginPage));
        let (count, marks) = trial.answered("/signin/x", 70, START);
        assert_eq!(count, answered, "{mode:?}");
        assert_eq!(marks.first().map(|(_, mark)| *mark), mark, "{mode:?}");
        trial.asker.browser = Some(([2; 32], UseCase::LoginPage));
        assert!(trial.send(&Method::GET, "/signin/x", START).run.is_ok());
    }
}

#[test]
fn one_sign_in_gets_ten_answers_in_five_seconds() {
    let mut trial = Trial::new();
    trial.asker.interaction = Some([7; 32]);
    assert_eq!(trial.answered("/idp/idx/identify", 20, START).0, 10);
    assert_eq!(trial.answered("/idp/idx/identify", 20, after(5)).0, 10);
}

#[test]
fn requests_at_the_same_time_are_limited_until_some_are_answered() {
    let mut trial = Trial::new();
    let share = Share {
        requests: 100,
        concurrency: 50,
    };
    trial.principal = Some(("00Tone".to_owned(), share));
    let mut running = Vec::new();
    for _ in 0..17 {
        running.push(
            trial
                .send(&Method::GET, "/api/v1/users", START)
                .run
                .expect("room"),
        );
    }
    let refused = trial.send(&Method::GET, "/api/v1/users", START);
    assert_eq!(refused.marks, [Mark::ConcurrencyViolation]);
    assert_eq!((refused.told.limit, refused.told.remaining), (0, 0));
    trial.principal = None;
    while let Ok(run) = trial.send(&Method::GET, "/api/v1/users", START).run {
        running.push(run);
    }
    assert_eq!((running.len(), trial.limits.running()), (35, 35));
    running.pop();
    assert!(trial.send(&Method::GET, "/api/v1/users", START).run.is_ok());
    drop(running);
    assert_eq!(trial.limits.running(), 0);
}

#[test]
fn a_clock_that_is_moved_back_shuts_nobody_out() {
    let trial = Trial::new();
    trial.answered("/api/v1/apps", 30, after(1_000_000));
    assert_eq!(trial.answered("/api/v1/apps", 30, START).0, 20);
}

#[test]
fn ever_more_browsers_take_no_more_memory_and_the_buckets_of_the_org_stay() {
    let windows = Windows::default();
    let minute = SignedDuration::from_mins(1);
    windows.count(Key::Org(0), minute, START);
    for number in 0..50_000_u32 {
        windows.count(
            Key::Client(0, Key::part(&number.to_string())),
            minute,
            START,
        );
    }
    assert!(windows.len() <= 20_000);
    assert_eq!(windows.count(Key::Org(0), minute, START).count, 2);
}

#[test]
fn a_user_is_counted_over_all_of_their_sign_ins_and_apart_in_renewals() {
    let mut trial = Trial::new();
    let path = "/idp/idx/challenge/answer";
    trial.asker.user = Some(("00u1".to_owned(), Deed::SignIn));
    for number in 0..20_u8 {
        trial.asker.interaction = Some([number; 32]);
        assert!(
            trial.send(&Method::POST, path, after(0)).run.is_ok(),
            "{number}"
        );
    }
    assert!(trial.send(&Method::POST, path, after(4)).run.is_err());
    trial.asker.user = Some(("00u2".to_owned(), Deed::SignIn));
    assert!(trial.send(&Method::POST, path, after(4)).run.is_ok());
    trial.asker.user = Some(("00u1".to_owned(), Deed::SignIn));
    assert!(trial.send(&Method::POST, path, after(5)).run.is_ok());

    trial.asker = Asker::default();
    trial.asker.user = Some(("00u1".to_owned(), Deed::Renewal));
    for _ in 0..4 {
        let verdict = trial.send(&Method::POST, "/oauth2/v1/token", after(5));
        assert!(verdict.run.is_ok());
    }
    assert!(
        trial
            .send(&Method::POST, "/oauth2/v1/token", after(5))
            .run
            .is_err()
    );
    assert!(
        trial
            .send(&Method::POST, "/oauth2/v1/token", after(6))
            .run
            .is_ok()
    );
}
