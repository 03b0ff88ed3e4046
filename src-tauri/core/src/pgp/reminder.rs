//! What ends soon, said in time.

use chrono::{DateTime, Utc};

use super::{Certificate, Fingerprint, KeyEntry, KeyRole, days_left};

/// How near an expiry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// 60 days or fewer: time to renew and to publish.
    Soon,
    /// 15 days or fewer: correspondents may not fetch the renewed key in time.
    Urgent,
    /// Past.
    Expired,
}

impl Nearness {
    /// The first days of each step.
    const SOON_DAYS: i64 = 60;
    const URGENT_DAYS: i64 = 15;

    fn of(expires: DateTime<Utc>, at: DateTime<Utc>) -> Option<Self> {
        let days = days_left(expires, at);
        if expires <= at {
            Some(Self::Expired)
        } else if days <= Self::URGENT_DAYS {
            Some(Self::Urgent)
        } else {
            (days <= Self::SOON_DAYS).then_some(Self::Soon)
        }
    }
}

/// One key to renew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Which.
    pub key: Fingerprint,
    /// What it is for.
    pub role: KeyRole,
    /// When it ends: by itself, or with its certificate.
    pub expires: DateTime<Utc>,
    /// Whole days left, rounded down; negative once it is past.
    pub days: i64,
    /// How loud.
    pub nearness: Nearness,
}

impl Certificate {
    /// The keys that end within 60 days of `at` or have ended, primary first. An ended key that another
    /// of the same role has replaced is left in peace, as is a revoked certificate.
    pub fn reminders(&self, at: DateTime<Utc>) -> Vec<Reminder> {
        let mut keys = self.keys(at);
        keys.retain(|key| !key.revoked && !key.weak);
        let replaced = |ended: &KeyEntry| {
            keys.iter()
                .any(|key| key.role == ended.role && key.is_usable(at))
        };
        let reminder = |key: &KeyEntry| {
            let expires = key.expires?;
            let nearness = Nearness::of(expires, at)?;
            if nearness == Nearness::Expired && replaced(key) {
                return None;
            }
            Some(Reminder {
                key: key.fingerprint.clone(),
                role: key.role,
                expires,
                days: days_left(expires, at),
                nearness,
            })
        };
        keys.iter().filter_map(reminder).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::pgp::{
        RevocationReason, Rotation,
        testing::{day, team},
    };

    fn steps(certificate: &Certificate, at: DateTime<Utc>) -> Vec<(KeyRole, Nearness, i64)> {
        let reminders = certificate.reminders(at).into_iter();
        reminders.map(|r| (r.role, r.nearness, r.days)).collect()
    }

    #[test]
    fn every_key_speaks_sixty_days_before_its_end_and_not_earlier() {
        let certificate = team().certificate();
        let end = day(2028, 3, 1);
        assert_eq!(steps(&certificate, end - Duration::days(61)), []);
        let roles = [
            KeyRole::Certification,
            KeyRole::Documents,
            KeyRole::Mail,
            KeyRole::Encryption,
        ];
        for (days, nearness) in [
            (60, Nearness::Soon),
            (16, Nearness::Soon),
            (15, Nearness::Urgent),
            (1, Nearness::Urgent),
            (0, Nearness::Expired),
            (-30, Nearness::Expired),
        ] {
            let expected = roles.map(|role| (role, nearness, days));
            assert_eq!(
                steps(&certificate, end - Duration::days(days)),
                expected,
                "{days}"
            );
        }
        let last_hour = steps(&certificate, end - Duration::hours(1));
        assert_eq!(last_hour[0], (KeyRole::Certification, Nearness::Urgent, 0));
    }

    #[test]
    fn an_extension_silences_them() {
        let at = day(2028, 2, 1);
        let extended = team().extend(day(2030, 3, 1), at).unwrap().key;
        assert_eq!(team().certificate().reminders(day(2028, 2, 2)).len(), 4);
        assert_eq!(extended.certificate().reminders(day(2028, 2, 2)), []);
    }

    #[test]
    fn a_subkey_that_ends_before_its_certificate_speaks_alone_until_it_is_replaced() {
        let brief = team()
            .rotate(Rotation::Mail, day(2026, 6, 1), day(2026, 4, 1))
            .unwrap()
            .key;
        let mail = |nearness, days| [(KeyRole::Mail, nearness, days)];
        let certificate = brief.certificate();
        assert_eq!(
            steps(&certificate, day(2026, 5, 22)),
            mail(Nearness::Urgent, 10)
        );
        assert_eq!(
            steps(&certificate, day(2026, 7, 1)),
            mail(Nearness::Expired, -30)
        );
        let replaced = brief.rotate(Rotation::Mail, day(2027, 6, 1), day(2026, 7, 1));
        assert_eq!(
            steps(&replaced.unwrap().key.certificate(), day(2026, 7, 2)),
            []
        );
    }

    #[test]
    fn a_revoked_certificate_asks_for_nothing() {
        let revoked = team()
            .revoke(RevocationReason::Retired, "", day(2028, 2, 1))
            .unwrap()
            .key;
        assert_eq!(revoked.certificate().reminders(day(2028, 2, 2)), []);
    }
}
