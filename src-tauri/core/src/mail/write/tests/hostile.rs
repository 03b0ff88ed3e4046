//! Words that want to become headers, in every field of every kind of mail.

use super::*;

/// The names of the headers of the mail and of each of its parts, in order.
fn all_header_names(mail: &[u8]) -> Vec<Vec<String>> {
    let read = parsed(mail);
    let names = |part: &mail_parser::MessagePart<'_>| -> Vec<String> {
        part.headers
            .iter()
            .map(|one| one.name().to_owned())
            .collect()
    };
    read.parts.iter().map(names).collect()
}

/// What may end a line, hide in a quoted string or an encoded word, or begin a header, among plain words.
fn hostile_words() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("\r\n"),
            Just("\n"),
            Just("\r"),
            Just("\r\n "),
            Just("\n\t"),
            Just("\0"),
            Just("\u{85}"),
            Just("\u{2028}"),
            Just("\\"),
            Just("\""),
            Just("\\\r\n"),
            Just("=?utf-8?q?=0D=0A?="),
            Just("=0D=0A"),
            Just("Bcc: tous@exemple.example"),
            Just("\r\n\r\n--=_1_"),
            Just("; x=\""),
            Just("mot"),
            Just("é"),
        ],
        0..12,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_field_of_any_mail_makes_a_header_in_any_part(
        words in proptest::collection::vec(hostile_words(), 9),
        place in 0_usize..10,
    ) {
        static KEYS: std::sync::LazyLock<(TeamKey, MailKeys)> = std::sync::LazyLock::new(team);
        let (team, keys) = &*KEYS;
        let mut outgoing = sample();
        let mut words = words.into_iter();
        let mut next = || words.next().unwrap_or_default();
        // One field, or all of them at once.
        for field in 0..9 {
            let words = next();
            if place != field && place != 9 {
                continue;
            }
            match field {
                0 => outgoing.subject = words,
                1 => outgoing.from.name = words,
                2 => outgoing.to[0].name = words,
                3 => outgoing.cc[0].mail = format!("{words}@batardiere.example"),
                4 => outgoing.attachments[0].name = words,
                5 => outgoing.attachments[1].mime = format!("text/{words}"),
                6 => outgoing.in_reply_to = vec![format!("{words}@x.example")],
                7 => outgoing.references = vec![format!("a{words}@x.example")],
                _ => outgoing.text = words,
            }
        }
        // Names of messages that cannot be repeated are left out: fewer headers, never others.
        let within = |mail: &[u8], known: &[u8]| {
            let (found, known) = (all_header_names(mail), all_header_names(known));
            found.len() == known.len()
                && found.iter().zip(&known).all(|(found, known)| {
                    let mut known = known.iter();
                    found.iter().all(|name| known.any(|one| one == name))
                })
        };
        if let Ok(mail) = clear(&outgoing) {
            prop_assert!(travels_unchanged(&mail));
            prop_assert!(within(&mail, &clear(&sample()).unwrap()));
            let mail = signed(&outgoing, keys, now()).unwrap();
            prop_assert!(travels_unchanged(&mail));
            prop_assert!(within(&mail, &signed(&sample(), keys, now()).unwrap()));
            let mail = encrypted(&outgoing, &[], keys, now()).unwrap();
            prop_assert!(travels_unchanged(&mail));
            prop_assert!(within(&mail, &encrypted(&sample(), &[], keys, now()).unwrap()));
            let (inside, _) = opened(&mail, keys, team);
            let usual = encrypted(&sample(), &[], keys, now()).unwrap();
            prop_assert!(within(&inside, &opened(&usual, keys, team).0));
        }
    }
}
