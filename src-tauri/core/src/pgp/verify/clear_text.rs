//! A text that contains its signature (RFC 9580 §7), such as a signed `security.txt`.
//!
//! Only what stands between the marks was signed. Text before, after or between two such blocks
//! would be read as signed by the eye, so a file that has any is refused.

use chrono::{DateTime, Utc};
use openpgp::{
    Packet, Result as LibraryResult,
    packet::Signature,
    parse::{PacketParserBuilder, PacketParserResult, Parse},
};
use sequoia_openpgp as openpgp;

use super::{
    CLEARSIGNED, Found, MAX_SIGNATURES, Signed, Verdict, Verification, detached, judge_all,
    packets, read,
};
use crate::pgp::Certificate;

/// The most that is read as a clear-signed text, signature included.
pub const MAX_CLEAR_TEXT_BYTES: usize = 1024 * 1024;

const SIGNATURE: &[u8] = b"-----BEGIN PGP SIGNATURE-----";
const END: &[u8] = b"-----END PGP SIGNATURE-----";

/// The verdict on a clear-signed text, and the text that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearTextVerification {
    /// What was signed: without the escapes before dashes, the blanks at the ends of lines and the last
    /// line's end. What is not UTF-8 is replaced. Nothing if the file is no clear-signed text.
    pub text: Option<String>,
    /// Who signed it.
    pub verification: Verification,
}

/// Checks a clear-signed text with the keys of `certificates`, as known at `at`. Any input gets
/// a verdict. Show `text` and not the file: the frame may carry lines that nobody signed.
pub fn verify_clear_text(
    file: &[u8],
    certificates: &[Certificate],
    at: DateTime<Utc>,
) -> ClearTextVerification {
    match framed(file) {
        Ok((text, signatures)) => ClearTextVerification {
            verification: judge_all(Signed::File(&text), &signatures, certificates, at),
            text: Some(String::from_utf8_lossy(&text).into_owned()),
        },
        Err(found) => {
            let verdict = Verdict::NotASignature(found);
            ClearTextVerification {
                text: None,
                verification: Verification {
                    signatures: vec![verdict.clone()],
                    verdict,
                },
            }
        }
    }
}

/// The text and its signatures, if the file is one frame and nothing else.
fn framed(file: &[u8]) -> Result<(Vec<u8>, Vec<Signature>), Found> {
    if file.len() > MAX_CLEAR_TEXT_BYTES {
        return Err(Found::TooLarge);
    }
    let file = file.trim_ascii();
    if !file.starts_with(CLEARSIGNED) {
        return Err(match read(file) {
            // A frame with something before it.
            Err(Found::ClearsignedText) => Found::Damaged,
            Err(found) => found,
            Ok(_) => Found::DetachedSignature,
        });
    }
    // Lines of the text that begin with a dash are escaped, so these are the frame's.
    let marks: Vec<&[u8]> = file
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii_end)
        .filter(|line| line.starts_with(b"-----"))
        .collect();
    match marks[..] {
        [CLEARSIGNED, SIGNATURE, END] if file.ends_with(END) => {}
        [CLEARSIGNED] | [CLEARSIGNED, SIGNATURE] => return Err(Found::Truncated),
        _ => return Err(Found::Damaged),
    }
    if !says_hashes_only(file) {
        return Err(Found::Damaged);
    }
    let mut text = None;
    let mut signatures = Vec::new();
    for packet in transformed(file).map_err(|error| packets::broken(&error, true))? {
        match packet {
            // The library's own announcement of the signatures that follow.
            Packet::OnePassSig(_) => {}
            Packet::Literal(literal) => text = Some(literal.body().to_vec()),
            signature => signatures.push(detached(signature)?),
        }
    }
    match (text, signatures.len()) {
        (Some(text), 1..=MAX_SIGNATURES) => Ok((text, signatures)),
        (Some(_), 0) | (None, _) => Err(Found::Damaged),
        _ => Err(Found::TooLarge),
    }
}

/// Whether nothing but hashes stands between the first mark and the text (RFC 9580 §7): no signature covers these lines, and
/// the eye would read any other as part of the text.
fn says_hashes_only(file: &[u8]) -> bool {
    let lines = file.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    lines
        .skip(1)
        .take_while(|line| !line.is_empty())
        .all(|line| line.starts_with(b"Hash:"))
}

/// The library undoes the frame: as if the text had been signed in one message.
fn transformed(file: &[u8]) -> LibraryResult<Vec<Packet>> {
    let mut result = PacketParserBuilder::from_bytes(file)?
        .process_csf_message(true)
        .buffer_unread_content()
        .build()?;
    let mut packets = Vec::new();
    while let PacketParserResult::Some(parser) = result {
        // It would be unfolded into the memory, however much it holds.
        if let Packet::CompressedData(_) = parser.packet {
            return Err(openpgp::Error::MalformedMessage("compressed".into()).into());
        }
        let (packet, next) = parser.next()?;
        packets.push(packet);
        result = next;
    }
    Ok(packets)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pgp::testing::{day, lead, team};

    const TEXT: &str =
        "RFC 2350 – CSIRT Estuaire\n\n- Téléphone\n-----BEGIN PGP SIGNATURE-----\nFrom: nous";

    fn seen() -> DateTime<Utc> {
        day(2026, 6, 1)
    }

    fn signed(text: &str) -> (Certificate, String) {
        let team = team();
        let framed = lead(&team).clear_sign(text, day(2026, 3, 2)).unwrap();
        (team.certificate(), framed)
    }

    fn found(file: &[u8]) -> Found {
        let seen = verify_clear_text(file, &[], seen());
        assert_eq!(seen.text, None);
        match seen.verification.verdict {
            Verdict::NotASignature(found) => found,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_leads_text_is_good_and_comes_back_to_the_letter() {
        let (certificate, framed) = signed(TEXT);
        for file in [
            framed.clone(),
            framed.replace('\n', "\r\n"),
            format!("\n{framed}\n\n"),
        ] {
            let seen =
                verify_clear_text(file.as_bytes(), std::slice::from_ref(&certificate), seen());
            let text = seen.text.unwrap().replace("\r\n", "\n");
            assert_eq!(text, TEXT);
            assert!(
                matches!(seen.verification.verdict, Verdict::Good(_)),
                "{:?}",
                seen.verification
            );
        }
    }

    #[test]
    fn one_changed_letter_or_line_is_bad_and_blanks_at_a_lines_end_are_not() {
        let (certificate, framed) = signed(TEXT);
        let verdict = |file: String| {
            let certificate = std::slice::from_ref(&certificate);
            verify_clear_text(file.as_bytes(), certificate, seen())
                .verification
                .verdict
        };
        for (from, to) in [
            ("Estuaire", "Estuaires"),
            ("\n\n- - T", "\n- - T"),
            ("From", " From"),
        ] {
            let altered = framed.replacen(from, to, 1);
            assert_ne!(altered, framed);
            assert!(matches!(verdict(altered), Verdict::Bad { .. }), "{from}");
        }
        let padded = framed.replacen("Estuaire\n", "Estuaire \t\n", 1);
        assert!(matches!(verdict(padded), Verdict::Good(_)));
    }

    #[test]
    fn what_stands_outside_the_frame_is_never_taken_for_signed() {
        let (certificate, framed) = signed(TEXT);
        let header = framed.replacen(
            "Hash: SHA512\n",
            "Hash: SHA512\nNote: le contraire est vrai\n",
            1,
        );
        assert_ne!(header, framed);
        assert_eq!(found(header.as_bytes()), Found::Damaged);
        let blank = framed.replacen(
            "Hash: SHA512\n",
            "Hash: SHA512\n \t\nNote: le contraire est vrai\n",
            1,
        );
        let shown = verify_clear_text(blank.as_bytes(), &[certificate], seen());
        assert!(!matches!(shown.verification.verdict, Verdict::Good(_)));
        assert_eq!(found(format!("Avant\n{framed}").as_bytes()), Found::Damaged);
        assert_eq!(found(format!("{framed}Après\n").as_bytes()), Found::Damaged);
        assert_eq!(
            found(format!("{framed}Entre\n{framed}").as_bytes()),
            Found::Damaged
        );
        let detached = lead(&team()).sign(b"x", day(2026, 3, 2)).unwrap();
        assert_eq!(
            found(format!("{framed}Entre\n{detached}").as_bytes()),
            Found::Damaged
        );
    }

    #[test]
    fn another_teams_text_is_of_an_unknown_key() {
        let (_, framed) = signed(TEXT);
        let seen = verify_clear_text(framed.as_bytes(), &[team().certificate()], seen());
        assert!(matches!(
            seen.verification.verdict,
            Verdict::UnknownKey { .. }
        ));
    }

    #[test]
    fn what_is_no_clear_signed_text_is_named() {
        let (_, framed) = signed(TEXT);
        let detached = lead(&team()).sign(b"x", day(2026, 3, 2)).unwrap();
        assert_eq!(found(b""), Found::Empty);
        assert_eq!(found(b"bonjour"), Found::Garbage);
        assert_eq!(found(detached.as_bytes()), Found::DetachedSignature);
        assert_eq!(
            found(team().certificate().armoured().unwrap().as_bytes()),
            Found::Key
        );
        assert_eq!(
            found(&vec![b'x'; MAX_CLEAR_TEXT_BYTES + 1]),
            Found::TooLarge
        );
        let key = team().certificate().armoured().unwrap();
        let (_, block) = key.split_once("\n\n").unwrap();
        let (text, _) = framed
            .split_once("-----BEGIN PGP SIGNATURE-----\n\n")
            .unwrap();
        let stuffed = format!("{text}-----BEGIN PGP SIGNATURE-----\n\n{block}")
            .replace("END PGP PUBLIC KEY BLOCK", "END PGP SIGNATURE");
        assert!(matches!(
            found(stuffed.as_bytes()),
            Found::Damaged | Found::Key
        ));
    }

    #[test]
    fn no_cut_of_a_text_is_good() {
        let (certificate, framed) = signed(TEXT);
        for end in 0..framed.trim_end().len() {
            let cut = &framed.as_bytes()[..end];
            let seen = verify_clear_text(cut, std::slice::from_ref(&certificate), seen());
            assert!(
                matches!(seen.verification.verdict, Verdict::NotASignature(_)),
                "{end}"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_comes_back_without_its_trailing_blanks(text in "[- \\ta-zéA\\n\\r]{0,40}") {
            let (certificate, framed) = signed(&text);
            let seen = verify_clear_text(framed.as_bytes(), &[certificate], seen());
            prop_assert!(matches!(seen.verification.verdict, Verdict::Good(_)), "{framed}\n{seen:?}");
            let lines = text.replace("\r\n", "\n").replace('\r', "\n");
            let lines = lines.strip_suffix('\n').unwrap_or(&lines).split('\n');
            let stripped: Vec<&str> = lines.map(|l| l.trim_end_matches([' ', '\t'])).collect();
            prop_assert_eq!(seen.text.unwrap(), stripped.join("\n"));
        }

        #[test]
        fn any_frame_gets_a_verdict(inside in "[ -~\\n]{0,200}") {
            let file = format!("-----BEGIN PGP SIGNED MESSAGE-----\n{inside}\n-----BEGIN PGP SIGNATURE-----\n\n{inside}\n-----END PGP SIGNATURE-----");
            let verdict = verify_clear_text(file.as_bytes(), &[], seen()).verification.verdict;
            prop_assert!(matches!(verdict, Verdict::NotASignature(_)));
        }
    }
}
