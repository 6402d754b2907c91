//! What must happen as one step. Every script touches keys of one place, so that a cluster can run it.

use std::sync::LazyLock;

use ::redis::Script;

/// A list of sessions and one of people get a new handle (`ARGV[2]`) and its owner (`ARGV[5]`) by the session's absolute end
/// (`ARGV[1]`), and lose what has passed `ARGV[3]`. They live `ARGV[4]` seconds more.
pub(super) static REMEMBER: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "for place, member in ipairs({ARGV[2], ARGV[5]}) do
             redis.call('ZREMRANGEBYSCORE', KEYS[place], '-inf', ARGV[3])
             redis.call('ZADD', KEYS[place], ARGV[1], member)
             redis.call('EXPIRE', KEYS[place], ARGV[4])
         end",
    )
});

/// A new session: the seconds it lives unless used, then fields and values.
pub(super) static OPEN: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "redis.call('HSET', KEYS[1], unpack(ARGV, 2))
         redis.call('EXPIRE', KEYS[1], ARGV[1])",
    )
});

/// A use at `ARGV[1]`: idle from `ARGV[2]` on, kept for `ARGV[3]` seconds.
pub(super) static TOUCH: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local seen = redis.call('HGET', KEYS[1], 'seen')
         if seen and tonumber(seen) < tonumber(ARGV[1]) then
             redis.call('HSET', KEYS[1], 'seen', ARGV[1], 'idle', ARGV[2])
             redis.call('EXPIRE', KEYS[1], ARGV[3])
         end",
    )
});

/// Ends a session at `ARGV[1]` and tells so. Gives whether it lived, and the tokens that were kept with it.
pub(super) static END: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local row = redis.call('HMGET', KEYS[1], 'idle', 'end', 'tokens')
         if not row[1] then return {0, false} end
         redis.call('DEL', KEYS[1])
         redis.call('PUBLISH', ARGV[2], ARGV[3])
         local now = tonumber(ARGV[1])
         if now >= tonumber(row[1]) or now >= tonumber(row[2]) then return {0, false} end
         return {1, row[3]}",
    )
});

/// Takes the lease for the holder `ARGV[3]` until `ARGV[4]`, if at `ARGV[1]` the tokens are of generation `ARGV[2]`. Asked twice
/// by one holder, because an answer was lost, it says yes twice.
pub(super) static TAKE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local row = redis.call('HMGET', KEYS[1], 'idle', 'end', 'generation', 'leased', 'paused', 'holder')
         if not row[1] then return 0 end
         local now = tonumber(ARGV[1])
         if now >= tonumber(row[1]) or now >= tonumber(row[2]) or row[3] ~= ARGV[2] then return 0 end
         if row[6] == ARGV[3] then return 1 end
         if tonumber(row[4]) > now or tonumber(row[5]) > now then return 0 end
         redis.call('HSET', KEYS[1], 'holder', ARGV[3], 'leased', ARGV[4])
         return 1",
    )
});

/// The holder `ARGV[2]` puts generation, claims and tokens, and gives the lease back. It may ask again when an answer was lost.
pub(super) static COMPLETE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local row = redis.call('HMGET', KEYS[1], 'end', 'holder', 'completed')
         if not row[1] or tonumber(ARGV[1]) >= tonumber(row[1]) then return 0 end
         if row[3] == ARGV[2] then return 1 end
         if row[2] ~= ARGV[2] then return 0 end
         redis.call('HSET', KEYS[1], 'generation', ARGV[3], 'claims', ARGV[4], 'tokens', ARGV[5],
                    'leased', 0, 'paused', 0, 'completed', ARGV[2])
         redis.call('HDEL', KEYS[1], 'holder')
         return 1",
    )
});

/// The holder `ARGV[1]` gives the lease back, and nobody takes it before `ARGV[2]`.
pub(super) static ABANDON: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then
             redis.call('HSET', KEYS[1], 'leased', 0, 'paused', ARGV[2])
             redis.call('HDEL', KEYS[1], 'holder')
         end",
    )
});

/// Ends the session, if `ARGV[1]` holds the lease.
pub(super) static END_BY_LEASE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
         redis.call('DEL', KEYS[1])
         redis.call('PUBLISH', ARGV[2], ARGV[3])
         return 1",
    )
});

/// The first step of onboarding, unless the last one is there.
pub(super) static SAVE_NAMES: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "if redis.call('HEXISTS', KEYS[1], 'finished') == 0 then
             redis.call('HSET', KEYS[1], 'first', ARGV[1], 'last', ARGV[2], 'locale', ARGV[3])
         end",
    )
});

/// The last step of onboarding, once, and after the first one.
pub(super) static FINISH: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "if redis.call('HEXISTS', KEYS[1], 'first') == 1 and redis.call('HEXISTS', KEYS[1], 'finished') == 0 then
             redis.call('HSET', KEYS[1], 'landing', ARGV[1], 'finished', ARGV[2])
         end",
    )
});

/// Something else that a person has seen or said in onboarding.
pub(super) static MARK: LazyLock<Script> =
    LazyLock::new(|| Script::new("redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])"));
