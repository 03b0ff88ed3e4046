//! Which case a mail belongs to: sure enough to file it, or a question to somebody.
//!
//! Anybody can write a reference into a subject, so it decides only together with a sender whom the case knows, and only
//! where the subject itself was protected (RFC 9788): the one that servers see can be changed around any signature, and is
//! a suggestion. An answer to one of our mails names an identifier that only its recipients know: that is enough by itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Why a mail seems to belong to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FilingReason {
    /// It answers a mail of the case.
    Thread,
    /// Its subject bears the case's reference.
    Reference,
    /// Its sender is a contact of the case.
    Sender,
}

/// What speaks for one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The case.
    pub case: Uuid,
    /// It answers a mail of the case.
    pub thread: bool,
    /// Its subject bears the case's reference.
    pub reference: bool,
    /// That subject was protected with the mail.
    pub inner: bool,
    /// Its sender is a contact of the case, or has written in it.
    pub sender: bool,
    /// Whether the case is closed.
    pub closed: bool,
}

impl Candidate {
    /// What speaks for it, the strongest.
    #[must_use]
    pub const fn reason(&self) -> FilingReason {
        if self.thread {
            FilingReason::Thread
        } else if self.reference {
            FilingReason::Reference
        } else {
            FilingReason::Sender
        }
    }

    const fn is_sure(&self) -> bool {
        self.thread || self.reference && self.inner && self.sender
    }

    /// How much speaks for it, for the order of a question.
    fn weight(&self) -> u8 {
        8 * u8::from(self.thread)
            + 4 * u8::from(self.reference && self.inner)
            + 2 * u8::from(self.reference)
            + u8::from(self.sender && !self.closed)
    }
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filing {
    /// Into this case, by itself.
    Into(Candidate),
    /// Somebody decides; the likeliest first, none if nothing is known.
    Ask(Vec<Candidate>),
}

/// Decides. Two cases that are both sure are a question; a sender alone decides when they belong to one open case only.
#[must_use]
pub fn filing(mut candidates: Vec<Candidate>) -> Filing {
    candidates.retain(|one| one.weight() > 0 || one.sender);
    candidates.sort_by_key(|one| std::cmp::Reverse(one.weight()));
    let sure: Vec<&Candidate> = candidates.iter().filter(|one| one.is_sure()).collect();
    if let [only] = sure[..] {
        return Filing::Into(*only);
    }
    if let [only] = candidates[..]
        && only.sender
        && !only.closed
    {
        return Filing::Into(only);
    }
    Filing::Ask(candidates)
}

/// The references that a subject bears ("PDL-2026-0042"), in capitals.
#[must_use]
pub fn references_in(subject: &str) -> Vec<String> {
    let words = subject.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let is_reference = |word: &&str| {
        let mut parts = word.split('-');
        let (prefix, year, number) = (parts.next(), parts.next(), parts.next());
        let digits = |part: &str, least: usize| {
            part.len() >= least && part.chars().all(|c| c.is_ascii_digit())
        };
        prefix.is_some_and(|p| (2..=8).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphabetic()))
            && year.is_some_and(|y| y.len() == 4 && digits(y, 4))
            // A second laptop's numbers begin with its letter.
            && number.is_some_and(|n| digits(n.trim_start_matches(|c: char| c.is_ascii_alphabetic()), 4))
            && parts.next().is_none()
    };
    words.filter(is_reference).map(str::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(number: u128, thread: bool, reference: bool, sender: bool) -> Candidate {
        Candidate {
            case: Uuid::from_u128(number),
            thread,
            reference,
            inner: true,
            sender,
            closed: false,
        }
    }

    #[test]
    fn an_answer_files_itself_wherever_it_comes_from() {
        let answer = case(1, true, false, false);
        assert_eq!(
            filing(vec![case(2, false, false, true), answer]),
            Filing::Into(answer)
        );
    }

    #[test]
    fn a_reference_alone_is_a_question_since_anybody_can_write_one() {
        let named = case(1, false, true, false);
        assert_eq!(filing(vec![named]), Filing::Ask(vec![named]));
        let known = case(1, false, true, true);
        assert_eq!(filing(vec![known]), Filing::Into(known));
    }

    #[test]
    fn a_reference_that_only_servers_saw_is_a_question_even_from_a_known_sender() {
        let outer = Candidate {
            inner: false,
            ..case(1, false, true, true)
        };
        let other = case(2, false, false, true);
        assert_eq!(filing(vec![other, outer]), Filing::Ask(vec![outer, other]));
        // One open case of the sender's is enough without any reference.
        assert_eq!(filing(vec![outer]), Filing::Into(outer));
        let closed = Candidate {
            closed: true,
            ..outer
        };
        assert_eq!(filing(vec![closed]), Filing::Ask(vec![closed]));
    }

    #[test]
    fn a_sender_of_one_open_case_is_enough_of_two_is_a_question() {
        let (one, two) = (case(1, false, false, true), case(2, false, false, true));
        assert_eq!(filing(vec![one]), Filing::Into(one));
        assert_eq!(filing(vec![one, two]), Filing::Ask(vec![one, two]));
        let closed = Candidate {
            closed: true,
            ..one
        };
        assert_eq!(filing(vec![closed]), Filing::Ask(vec![closed]));
    }

    #[test]
    fn a_mail_that_answers_two_cases_is_a_question() {
        let (one, two) = (case(1, true, false, false), case(2, true, true, true));
        assert_eq!(filing(vec![one, two]), Filing::Ask(vec![two, one]));
    }

    #[test]
    fn a_reference_is_found_wherever_it_stands_in_a_subject() {
        assert_eq!(
            references_in("Re: [PDL-2026-0042] [TLP:AMBER] Point"),
            ["PDL-2026-0042"]
        );
        assert_eq!(
            references_in("suite pdl-2026-B0007, merci"),
            ["PDL-2026-B0007"]
        );
        assert_eq!(
            references_in("CVE-2026-12345-1 du 12-03-2026"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_mail_of_which_nothing_is_known_is_a_question_without_an_answer() {
        assert_eq!(filing(vec![]), Filing::Ask(vec![]));
    }
}
