//! What time it is. No floor below this one knows.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Says what time it is; a test puts its own in the place of the machine's.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still.
#[derive(Clone, Copy, Debug)]
pub struct StoppedClock(pub Timestamp);

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// A moment as an entry's `at` holds it: UTC, to the second.
pub fn utc(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An entry's `at` in the zone of this machine, `2026-11-22 22:40`; as it came where it is no moment.
pub fn local(at: &str) -> String {
    match at.parse::<Timestamp>() {
        Ok(moment) => moment.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => at.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_utc_to_the_second() {
        let moment: Timestamp = "2026-11-22T22:40:02.75+09:00".parse().unwrap();
        assert_eq!(utc(moment), "2026-11-22T13:40:02Z");
        assert_eq!(local("yesterday"), "yesterday");
    }
}
