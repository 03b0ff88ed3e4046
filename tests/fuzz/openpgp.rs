//! A message, a signature, a text that contains its signature: whichever the bytes are.

use relais_core::domain::mail::Encryption;
use relais_core::pgp::{
    MAX_SIGNATURES, MailKeys, OpenedMessage, Verdict, Verification, open_message,
    open_with_passphrase, verify, verify_clear_text,
};

use crate::desk::{DESK, NOW, TEXT};
use crate::mime::{check, was_said};
use crate::sealed::wrap;

/// The most that is taken out of one message: enough for the fuzzer's, so that a bomb is one.
const LIMIT_BYTES: usize = 1024 * 1024;

/// Opens it, checks it as a signature and as a signed text, and reads a mail around it.
pub fn openpgp(bytes: &[u8]) {
    message(bytes);
    signature(bytes);
    clear_text(bytes);
    let locked = open_with_passphrase(bytes, "un autre galet", LIMIT_BYTES, NOW);
    assert!(locked.is_err(), "by a passphrase that nobody ever gave");
    // The reader finds what it reads by lines; the bytes may hold some that end it early.
    let mail = wrap(bytes);
    let mail = relais_core::mail::read::read(&mail, DESK.ring(), NOW).expect("it has headers");
    check(&mail);
    if mail.reading.encryption == Encryption::Failed {
        assert!(mail.reading.text.is_empty() && mail.reading.html.is_none());
    }
}

fn message(bytes: &[u8]) {
    let open = || {
        open_message(
            bytes,
            &DESK.keys,
            DESK.known.certificates(),
            LIMIT_BYTES,
            NOW,
        )
    };
    match (open(), open()) {
        (Ok(opened), Ok(again)) => {
            assert!(opened.content == again.content && opened.encrypted == again.encrypted);
            assert_eq!(opened.verification, again.verification);
            assert_eq!(opened.opened_by, again.opened_by);
            it_is_what_was_sent(&opened);
        }
        (Err(why), Err(again)) => assert_eq!(why, again),
        (Err(why), Ok(_)) | (Ok(_), Err(why)) => panic!("once opened, once {why:?}"),
    }
    // Who holds no key opens nothing that is encrypted.
    let nobody = MailKeys::open([]).expect("no key at all");
    if let Ok(opened) = open_message(bytes, &nobody, &[], LIMIT_BYTES, NOW) {
        assert!(!opened.encrypted && !is_good(opened.verification.as_ref()));
    }
}

/// Nobody but the makers of the seeds ever encrypted anything to the team; nobody but Gaëtan signed.
fn it_is_what_was_sent(opened: &OpenedMessage) {
    assert!(opened.content.len() <= LIMIT_BYTES);
    assert_eq!(opened.encrypted, opened.opened_by.is_some());
    if opened.encrypted {
        assert_eq!(*opened.content, TEXT.as_bytes(), "a changed ciphertext");
    }
    if let Some(verification) = &opened.verification {
        consistent(verification);
        assert!(opened.encrypted || !opened.for_others);
    }
    if is_good(opened.verification.as_ref()) {
        assert!(was_said(&String::from_utf8_lossy(&opened.content)));
    }
}

fn signature(bytes: &[u8]) {
    let check = |file: &[u8]| verify(file, bytes, DESK.known.certificates(), NOW);
    let verification = check(TEXT.as_bytes());
    consistent(&verification);
    assert_eq!(verification, check(TEXT.as_bytes()));
    // Of another file, and by nobody who is known.
    assert!(!is_good(Some(&check("Tout est réparé.".as_bytes()))));
    assert!(!is_good(Some(&verify(TEXT.as_bytes(), bytes, &[], NOW))));
}

fn clear_text(bytes: &[u8]) {
    let checked = verify_clear_text(bytes, DESK.known.certificates(), NOW);
    assert_eq!(
        checked,
        verify_clear_text(bytes, DESK.known.certificates(), NOW)
    );
    consistent(&checked.verification);
    if is_good(Some(&checked.verification)) {
        let text = checked.text.expect("the text that is good");
        assert!(was_said(text.trim_end()), "{text:?}");
    }
}

/// The sentence for all of them is never better than what each is.
fn consistent(verification: &Verification) {
    let all = &verification.signatures;
    assert!((1..=MAX_SIGNATURES).contains(&all.len()));
    assert!(all.contains(&verification.verdict));
    let bad = |verdict: &Verdict| matches!(verdict, Verdict::Bad { .. });
    assert!(!(is_good(Some(verification)) && all.iter().any(bad)));
}

fn is_good(verification: Option<&Verification>) -> bool {
    let verdict = verification.map(|verification| &verification.verdict);
    if let Some(Verdict::Good(signer)) = verdict {
        assert_eq!(signer.certificate, DESK.gaetan.fingerprint());
    }
    matches!(verdict, Some(Verdict::Good(_)))
}
