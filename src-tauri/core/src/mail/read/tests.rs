#![allow(clippy::unwrap_used)]

use chrono::TimeZone;

use super::*;

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 12, 9, 0, 0).unwrap()
}

/// A mail of Gaëtan's, with these headers and this body after it.
fn mail(rest: &str) -> String {
    format!(
        "From: =?utf-8?q?Ga=C3=ABtan_Morvault?= <secours@batardiere.example>\r\n\
         To: contact@csirt-estuaire.example\r\nDate: Thu, 12 Mar 2026 09:42:00 +0100\r\n\
         Message-ID: <un@batardiere.example>\r\n{}",
        rest.replace('\n', "\r\n")
    )
}

fn read_clear(raw: &str) -> Mail {
    read(
        raw.as_bytes(),
        Ring {
            keys: None,
            known: &Known::default(),
        },
        at(),
    )
    .unwrap()
}

#[test]
fn a_plain_mail_says_what_it_says_and_proves_nothing() {
    let mail = read_clear(&mail(
        "Subject: [URGENT] Serveur =?utf-8?q?chiffr=C3=A9?=\nReferences: <a@x.example> <b@y.example>\n\
         In-Reply-To: <b@y.example>\nContent-Type: text/plain; charset=utf-8\n\nBonjour,\n\nTout est coupé.\n",
    ));
    let reading = &mail.reading;
    assert_eq!(reading.from.as_ref().unwrap().name, "Gaëtan Morvault");
    assert_eq!(reading.subject, "[URGENT] Serveur chiffré");
    assert!(reading.is_urgent() && !reading.subject_protected);
    assert_eq!(reading.text, "Bonjour,\n\nTout est coupé.");
    assert_eq!(reading.message_id, "un@batardiere.example");
    assert_eq!(
        (reading.references.len(), reading.in_reply_to.len()),
        (2, 1)
    );
    assert_eq!(
        (reading.encryption, reading.signature.status),
        (Encryption::None, SignatureStatus::None)
    );
    assert_eq!(
        reading.date,
        Some(Utc.with_ymd_and_hms(2026, 3, 12, 8, 42, 0).unwrap())
    );
    assert_eq!(reading.warnings, []);
}

#[test]
fn of_two_forms_the_text_is_shown_and_the_html_is_made_harmless() {
    let mail = read_clear(&mail(
        "Subject: x\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nle texte\n--b\n\
         Content-Type: text/html\n\n<p>la page<img src=\"https://piste.example/1\"><script>x</script></p>\n--b--\n",
    ));
    assert_eq!(mail.reading.text, "le texte");
    assert_eq!(mail.reading.html.unwrap().trim(), "<p>la page</p>");
    assert_eq!(mail.reading.warnings, [Warning::RemoteContent]);
}

#[test]
fn html_alone_is_read_as_a_text() {
    let mail = read_clear(&mail(
        "Subject: x\nContent-Type: text/html; charset=utf-8\n\n<p>Bonjour,</p><p>coupé</p>\n",
    ));
    assert!(mail.reading.text.contains("Bonjour,") && mail.reading.text.contains("coupé"));
    assert_eq!(mail.reading.warnings, [Warning::OnlyHtml]);
}

#[test]
fn an_attachment_has_its_name_its_bytes_and_their_hash() {
    let mail = read_clear(&mail(
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nvoir la pièce\n--b\n\
         Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''rapport%20d%C3%A9taill%C3%A9.pdf\n\
         Content-Transfer-Encoding: base64\n\nJVBERi0xLjcK\n--b\nContent-Type: message/rfc822\n\nSubject: transmis\n\nancien\n--b--\n",
    ));
    let files: Vec<(&str, &[u8])> = mail
        .reading
        .attachments
        .iter()
        .map(|one| one.name.as_str())
        .zip(mail.files.iter().map(Vec::as_slice))
        .collect();
    assert_eq!(
        files,
        [
            ("rapport détaillé.pdf", &b"%PDF-1.7\n"[..]),
            ("piece-2", b"Subject: transmis\r\n\r\nancien")
        ]
    );
    assert_eq!(mail.reading.attachments[0].sha256.len(), 64);
    assert_eq!(mail.reading.text, "voir la pièce");
}

#[test]
fn several_senders_are_nobody() {
    let two = "From: a@un.example, b@deux.example\r\nSubject: x\r\nDate: Thu, 12 Mar 2026 09:42:00 +0100\r\n\r\nx";
    let reading = read_clear(two).reading;
    assert_eq!(
        (reading.from, reading.warnings),
        (None, vec![Warning::SeveralSenders])
    );
    let twice = "From: a@un.example\r\nFrom: b@deux.example\r\nDate: Thu, 12 Mar 2026 09:42:00 +0100\r\n\r\nx";
    assert_eq!(
        read_clear(twice).reading.warnings,
        [Warning::SeveralSenders, Warning::RepeatedHeader]
    );
}

#[test]
fn a_name_that_plays_an_address_is_told() {
    let raw = "From: \"contact@csirt-estuaire.example\" <a@autre.example>\r\nReply-To: b@ailleurs.example\r\n\
               Date: Thu, 12 Mar 2026 09:42:00 +0100\r\n\r\nx";
    assert_eq!(
        read_clear(raw).reading.warnings,
        [Warning::ReplyElsewhere, Warning::NameLooksLikeAddress]
    );
}

#[test]
fn a_name_that_plays_an_address_with_other_letters_is_told() {
    for name in [
        "contact＠csirt-estuaire.example",
        "contact﹫csirt-estuaire.example",
        "contact@csirt-estuaire․example",
        "contact@csirt-estuaire。example",
        "contact@csirt-estuaire｡example",
    ] {
        let raw = format!(
            "From: \"{name}\" <a@autre.example>\r\nDate: Thu, 12 Mar 2026 09:42:00 +0100\r\n\r\nx"
        );
        let warnings = read_clear(&raw).reading.warnings;
        assert_eq!(warnings, [Warning::NameLooksLikeAddress], "{name}");
    }
}

#[test]
fn an_answer_to_another_mailbox_of_the_same_domain_is_told() {
    let to = |reply: &str| {
        let raw = format!("Reply-To: {reply}\nSubject: x\n\nx");
        read_clear(&mail(&raw)).reading.warnings
    };
    assert_eq!(to("Secours <SECOURS@batardiere.example>"), []);
    assert_eq!(to("autre@batardiere.example"), [Warning::ReplyElsewhere]);
}

#[test]
fn smime_that_is_only_signed_is_not_called_encrypted() {
    let body = "AAEC\n";
    for (mime, encryption) in [
        (
            "application/pkcs7-mime; smime-type=signed-data",
            Encryption::None,
        ),
        (
            "application/x-pkcs7-mime; smime-type=Signed-Data",
            Encryption::None,
        ),
        (
            "application/pkcs7-mime; smime-type=certs-only",
            Encryption::None,
        ),
        (
            "application/x-pkcs7-mime; smime-type=enveloped-data",
            Encryption::Partial,
        ),
        (
            "application/pkcs7-mime; name=smime.p7m",
            Encryption::Partial,
        ),
    ] {
        let part = format!("Content-Type: {mime}\nContent-Transfer-Encoding: base64\n\n{body}");
        let inside = read_clear(&mail(&format!(
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntexte\n--b\n{part}--b--\n"
        )));
        assert_eq!(inside.reading.encryption, encryption, "{mime}");
        assert!(inside.reading.warnings.contains(&Warning::InnerProtection));
        let whole = read_clear(&mail(&format!("Subject: x\n{part}"))).reading;
        let outer = match encryption {
            Encryption::Partial => Encryption::Failed,
            other => other,
        };
        assert_eq!(whole.encryption, outer, "{mime}");
        assert_eq!(
            whole.warnings.contains(&Warning::SignatureUnsupported),
            outer == Encryption::None
        );
    }
}

#[test]
fn an_openpgp_block_in_html_is_told() {
    for mark in ["MESSAGE", "SIGNED MESSAGE"] {
        for html in [
            format!(
                "<div>un</div><div style=\"display:none\">-----BEGIN PGP {mark}-----<br>x</div>"
            ),
            format!("<pre>&#45;----BEGIN PGP {mark}-----\nx</pre>"),
        ] {
            let mail = read_clear(&mail(&format!(
                "Subject: x\nContent-Type: text/html\n\n{html}\n"
            )));
            assert_eq!(
                mail.reading.warnings,
                [Warning::InnerProtection, Warning::OnlyHtml],
                "{html}"
            );
        }
    }
}

#[test]
fn what_an_exchange_server_did_not_make_loses_no_part() {
    let blank = "--b\nContent-Type: text/plain\n\n\n";
    let message = "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n\
                   Content-Type: application/octet-stream\n\n\
                   -----BEGIN PGP MESSAGE-----\n\nwcBM\n-----END PGP MESSAGE-----\n";
    let with = |more: &str| {
        read_clear(&mail(&format!(
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n{}{message}{more}--b--\n",
            blank.repeat(6)
        )))
    };
    assert_eq!(with("").reading.encryption, Encryption::Failed);
    let more = with("--b\nContent-Type: text/plain\n\nla neuvième partie\n");
    assert_eq!(more.reading.encryption, Encryption::Partial);
    assert!(more.reading.text.contains("la neuvième partie"));
    assert_eq!(more.files.len(), 1);
}

#[test]
fn an_encrypted_mail_without_the_key_shows_nothing_and_keeps_all() {
    let mail = read_clear(&mail(
        "Subject: ...\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\n\
         Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n\
         -----BEGIN PGP MESSAGE-----\n\nwcBM\n-----END PGP MESSAGE-----\n--b--\n",
    ));
    assert_eq!(mail.reading.encryption, Encryption::Failed);
    assert_eq!(mail.reading.warnings, [Warning::MailKeyAbsent]);
    assert_eq!(mail.reading.text, "");
    assert!(mail.files[0].starts_with(b"-----BEGIN PGP MESSAGE-----"));
}

#[test]
fn an_encrypted_part_inside_is_an_attachment_and_never_opened_in_its_place() {
    let mail = read_clear(&mail(
        "Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/html\n\n<img src=\"https://piste.example/\n--a\n\
         Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\n\
         Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n\
         -----BEGIN PGP MESSAGE-----\n\nwcBM\n-----END PGP MESSAGE-----\n--b--\n--a--\n",
    ));
    assert_eq!(mail.reading.encryption, Encryption::Partial);
    assert!(mail.reading.warnings.contains(&Warning::InnerProtection));
    assert_eq!(mail.files.len(), 1);
}

#[test]
fn what_nests_without_end_is_cut_and_told() {
    let mut deep = String::from("Subject: x\n");
    for level in 0..60 {
        deep += &format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
    }
    assert!(
        read_clear(&mail(&deep))
            .reading
            .warnings
            .contains(&Warning::TooDeep)
    );
    let nested = "Content-Type: message/rfc822\n\n".repeat(100_000);
    assert_eq!(
        read_clear(&mail(&format!("Subject: x\n{nested}")))
            .files
            .len(),
        1
    );
    let many = format!(
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n{}--b--\n",
        "--b\n\nx\n".repeat(20_000)
    );
    assert!(
        read_clear(&mail(&many))
            .reading
            .warnings
            .contains(&Warning::TooManyParts)
    );
}

#[test]
fn what_is_no_mail_is_refused_and_what_is_half_a_mail_is_read() {
    let known = Known::default();
    let ring = Ring {
        keys: None,
        known: &known,
    };
    assert_eq!(read(b"", ring, at()).unwrap_err(), Unreadable::NotAMail);
    assert_eq!(
        read(b"%PDF-1.7\n\0\0", ring, at()).unwrap_err(),
        Unreadable::NotAMail
    );
    assert_eq!(
        read(&vec![b'x'; MAX_MAIL_BYTES + 1], ring, at()).unwrap_err(),
        Unreadable::TooLarge
    );
    let cut = mail("Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nBonj");
    let reading = read_clear(&cut).reading;
    assert_eq!(
        (reading.text.as_str(), reading.warnings),
        ("Bonj", vec![Warning::Malformed])
    );
}

#[test]
fn an_autocrypt_key_is_taken_from_its_owner_alone() {
    let with = |headers: &str| read_clear(&mail(&format!("{headers}Subject: x\n\nx")));
    let key = "Autocrypt: addr=Secours@batardiere.example; prefer-encrypt=mutual; keydata=\n AAEC\n Aw==\n";
    assert_eq!(with(key).autocrypt, Some(vec![0, 1, 2, 3]));
    for bad in [
        "Autocrypt: addr=autre@batardiere.example; keydata=AAEC\n",
        "Autocrypt: addr=secours@batardiere.example; keydata=@@\n",
        "Autocrypt: addr=secours@batardiere.example; inconnu=1; keydata=AAEC\n",
        &key.repeat(2),
    ] {
        let mail = with(bad);
        assert_eq!(
            (mail.autocrypt, mail.reading.warnings),
            (None, vec![Warning::AutocryptIgnored]),
            "{bad}"
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600)) {
        let mut raw = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n".to_vec();
        raw.extend(&bytes);
        let known = Known::default();
        let ring = Ring { keys: None, known: &known };
        proptest::prop_assert!(read(&raw, ring, at()).is_ok());
        let _ = read(&bytes, ring, at());
    }
}
