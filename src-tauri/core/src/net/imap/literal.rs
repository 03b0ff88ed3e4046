//! The lengths that a server announces before it says them (RFC 9051 §4.3).
//!
//! The library makes room for a length as soon as it reads it: what is more than was asked for has to be found before.

/// The longest beginning that tells a line of words from one of data.
const HEAD_BYTES: usize = 10;

/// How far an announcement was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    /// None has begun.
    #[default]
    Outside,
    /// `{`, and so many digits of a length.
    Digits(u64, bool),
    /// `}`.
    Closed(u64),
    /// A carriage return: the next byte decides.
    Returned(u64),
}

/// Follows what a server says from its first byte on.
#[derive(Debug, Default)]
pub struct Literals {
    head: Vec<u8>,
    step: Step,
    /// Bytes of the announced text that are still to come.
    inside: u64,
}

impl Literals {
    /// Reads on; gives the first announced length beyond `most`.
    pub fn read(&mut self, mut bytes: &[u8], most: usize) -> Option<u64> {
        loop {
            let skipped = usize::try_from(self.inside).unwrap_or(usize::MAX);
            let skipped = skipped.min(bytes.len());
            self.inside -= skipped as u64;
            bytes = &bytes[skipped..];
            let (byte, rest) = bytes.split_first()?;
            bytes = rest;
            if let Some(length) = self.step_on(*byte) {
                if length > most as u64 {
                    return Some(length);
                }
                self.inside = length;
            }
        }
    }

    fn step_on(&mut self, byte: u8) -> Option<u64> {
        if self.head.len() < HEAD_BYTES {
            self.head.push(byte);
        }
        let before = self.step;
        self.step = match (before, byte) {
            (Step::Digits(length, _), b'0'..=b'9') => {
                let digit = u64::from(byte - b'0');
                Step::Digits(length.saturating_mul(10).saturating_add(digit), true)
            }
            (Step::Digits(length, true), b'}') => Step::Closed(length),
            (Step::Closed(length), b'\r') => Step::Returned(length),
            (_, b'{') => Step::Digits(0, false),
            _ => Step::Outside,
        };
        if byte != b'\n' {
            return None;
        }
        if let Step::Returned(length) = before
            && !self.says_words()
        {
            return Some(length);
        }
        self.head.clear();
        None
    }

    /// Whether the line ends in words for people, where a brace announces nothing.
    fn says_words(&self) -> bool {
        let Some(rest) = self.head.strip_prefix(b"* ") else {
            return true;
        };
        ["OK ", "NO ", "BAD ", "BYE ", "PREAUTH "]
            .iter()
            .any(|word| {
                rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word.as_bytes())
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the pieces in which it comes.
    fn found(said: &[u8], most: usize) -> Option<u64> {
        let whole = Literals::default().read(said, most);
        let mut literals = Literals::default();
        let in_pieces = said.iter().find_map(|byte| literals.read(&[*byte], most));
        assert_eq!(whole, in_pieces);
        whole
    }

    #[test]
    fn a_length_beyond_what_was_asked_for_is_found_where_it_is_announced() {
        assert_eq!(
            found(b"* 1 FETCH (UID 10 BODY[] {500000000}\r\n", 1000),
            Some(500_000_000)
        );
        assert_eq!(found(b"* LIST () \"/\" {2000}\r\n", 1000), Some(2000));
        let beyond_numbers = b"* 1 FETCH (BODY[] {99999999999999999999999}\r\n";
        assert_eq!(found(beyond_numbers, 1000), Some(u64::MAX));
    }

    #[test]
    fn what_a_mail_says_announces_nothing() {
        let mail =
            b"* 1 FETCH (BODY[] {13}\r\nx {90000}\r\n\r\n UID 7)\r\n* 2 FETCH (BODY[] {5000}\r\n";
        assert_eq!(found(mail, 1000), Some(5000));
        assert_eq!(found(&mail[..mail.len() - 26], 1000), None);
    }

    #[test]
    fn words_for_people_announce_nothing_and_hide_nothing() {
        let said =
            b"* OK {5000}\r\nA1 OK {5000}\r\n+ {5000}\r\n* ok {20}\r\n* 1 FETCH (BODY[] {5000}\r\n";
        let until = said.len() - 26;
        assert_eq!(found(&said[..until], 1000), None);
        assert_eq!(found(said, 1000), Some(5000));
    }
}
