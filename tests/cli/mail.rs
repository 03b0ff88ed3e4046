//! Mail and the keys of correspondents on the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::demo::{Demo, program};
use crate::{code, text};

const GAETAN: &str = "secours@batardiere.example";
const REPORT: &str = r#"{"urgent": true, "categories": ["ransomware"], "narrative": "Note de rançon à l’écran.",
    "requester": {"name": "Gaëtan Morvault", "mail": "secours@batardiere.example", "phone": "02 61 91 44 08"},
    "organisation": {"name": "Menuiserie Batardière", "headcount": 46}}"#;

/// A demonstration vault with one case more, and a gpg of Gaëtan's beside it.
struct Desk {
    demo: Demo,
    reference: String,
}

impl Desk {
    fn new() -> Self {
        let demo = Demo::of(1);
        let report = demo.folder.path().join("report.json");
        std::fs::write(&report, REPORT).unwrap();
        let made = demo.json("analyste", &["case", "new", "--from", text(&report)]);
        let reference = made["reference"].as_str().unwrap().to_owned();
        Self { demo, reference }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.demo.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn compose(&self, out: &Path, more: &[&str]) -> Output {
        let words = self.write(
            "texte.txt",
            "Bonjour,\n\nLa sauvegarde est intacte.\n".as_bytes(),
        );
        let mut arguments = vec!["mail", "compose", "--case", &self.reference, "--to", GAETAN];
        arguments.extend(["--subject", "Point de situation", "--text", text(&words)]);
        arguments.extend(["--out", text(out)]);
        arguments.extend(more);
        self.demo.run("analyste", &arguments)
    }

    fn gpg(&self, arguments: &[&str]) -> Output {
        let home = self.path("gnupg");
        std::fs::create_dir_all(&home).unwrap();
        let run = Command::new("sh")
            .args([
                "-c",
                r#"chmod 700 "$0" && exec gpg --homedir "$0" --batch --quiet "$@""#,
            ])
            .arg(&home)
            .args(arguments)
            .output();
        run.unwrap()
    }

    /// Gaëtan's public key, made by gpg.
    fn key(&self) -> PathBuf {
        let made = self.gpg(&[
            "--passphrase",
            "",
            "--quick-gen-key",
            &format!("Gaëtan Morvault <{GAETAN}>"),
            "future-default",
            "default",
            "1y",
        ]);
        assert!(made.status.success(), "{made:?}");
        self.write("gaetan.asc", &self.gpg(&["--armor", "--export"]).stdout)
    }
}

fn said(output: &Output) -> Value {
    let refused = String::from_utf8_lossy(&output.stdout).into_owned();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{refused} {output:?}"))
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn keys_of(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn plain(subject: &str) -> String {
    format!(
        "From: =?utf-8?q?Ga=C3=ABtan?= <{GAETAN}>\r\nTo: csirt@region.example\r\nSubject: {subject}\r\n\
         Date: Thu, 12 Mar 2026 09:30:00 +0100\r\nMessage-ID: <{subject}@x.example>\r\n\r\nbonjour\r\n"
    )
}

#[test]
fn a_mail_is_written_for_who_has_a_key_and_their_gpg_reads_it() {
    let desk = Desk::new();
    let key = desk.key();
    assert_eq!(
        code(
            &desk
                .demo
                .run("analyste", &["keyring", "import", text(&key)])
        ),
        0
    );
    let out = desk.path("point.eml");
    let written = desk.compose(&out, &[]);
    assert_eq!(code(&written), 0, "{}", complained(&written));
    assert_eq!(said(&written)["files"], json!(["point.eml"]));
    let mail = std::fs::read_to_string(&out).unwrap();
    assert!(mail.contains("\r\nSubject: [...]\r\n") && !mail.contains("sauvegarde"));
    let begin = mail.find("-----BEGIN PGP MESSAGE-----").unwrap();
    let armour = desk.write("armour.asc", &mail.as_bytes()[begin..]);
    let opened = desk.gpg(&[
        "--passphrase",
        "",
        "--pinentry-mode",
        "loopback",
        "--decrypt",
        text(&armour),
    ]);
    let inside = String::from_utf8_lossy(&opened.stdout).into_owned();
    assert!(inside.contains("La sauvegarde est intacte."), "{opened:?}");
    assert!(inside.contains(&format!(
        "[{}] [TLP:AMBER] Point de situation",
        desk.reference
    )));
    // The team reads it, too: encrypted to its own key, signed by it.
    let reading = said(&desk.demo.run("analyste", &["mail", "read", text(&out)]));
    assert_eq!(reading["encryption"], "full");
    assert_eq!(reading["signature"]["status"], "good");
    let listed = desk.demo.json("analyste", &["mail", "list", "sauvegarde"]);
    assert_eq!(listed.as_array().unwrap().len(), 1, "the case keeps it");
    // What is there is never written over.
    let again = desk.compose(&out, &[]);
    assert_eq!(said(&again)["files"], json!(["point (2).eml"]));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), mail);
}

#[test]
fn who_has_no_key_is_named_and_nothing_is_written_until_it_is_locked() {
    let desk = Desk::new();
    let out = desk.path("point.eml");
    let refused = desk.compose(&out, &[]);
    assert_eq!(code(&refused), 1);
    let complaint = complained(&refused);
    assert!(
        complaint.contains(GAETAN) && complaint.contains("--locked"),
        "{complaint}"
    );
    assert!(
        complaint.contains("\"code\":\"mail_blocked\"") && complaint.contains("keyless_undecided")
    );
    assert!(!out.exists() && refused.stdout.is_empty());
    assert_eq!(desk.demo.json("analyste", &["mail", "list"]), json!([]));
    let operator = desk.demo.run(
        "operateur",
        &[
            "mail",
            "compose",
            "--case",
            &desk.reference,
            "--out",
            text(&out),
        ],
    );
    assert_eq!(code(&operator), 1);
    assert!(complained(&operator).contains("not_allowed"));
    let locked = desk.compose(&out, &["--locked"]);
    assert_eq!(code(&locked), 0, "{}", complained(&locked));
    let reading = said(&desk.demo.run("operateur", &["mail", "read", text(&out)]));
    assert_eq!(reading["subject"], "Un fichier protégé pour vous");
    assert_eq!(reading["attachments"][0]["name"], "message-protege.pdf");
    for (more, why) in [
        (&["--template", "nulle-part"][..], "no such template"),
        (&["--attach", "/nowhere"], "/nowhere"),
        (&["--to", "sans-arobase"], "sans-arobase"),
    ] {
        let wrong = desk.compose(&desk.path("autre.eml"), more);
        assert_eq!(code(&wrong), 2, "{}", complained(&wrong));
        assert!(complained(&wrong).contains(why), "{}", complained(&wrong));
    }
    let nowhere = [
        "mail",
        "compose",
        "--case",
        "PDL-1999-0001",
        "--out",
        text(&out),
    ];
    assert_eq!(code(&desk.demo.run("analyste", &nowhere)), 2);
}

#[test]
fn a_template_begins_a_mail_and_the_words_it_lacks_are_asked_for() {
    let desk = Desk::new();
    let out = desk.path("cle.eml");
    let to = [
        "--case",
        &desk.reference,
        "--to",
        GAETAN,
        "--out",
        text(&out),
    ];
    let locked = [
        &["mail", "compose", "--template", "key_exchange", "--locked"][..],
        &to,
    ]
    .concat();
    let written = desk.demo.run("analyste", &locked);
    assert_eq!(code(&written), 0, "{}", complained(&written));
    let reading = said(&desk.demo.run("analyste", &["mail", "read", text(&out)]));
    let names: Vec<&str> = reading["attachments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"cle-openpgp.asc"), "{names:?}");
    let open = desk.path("prestataires.eml");
    let to = [
        "--case",
        &desk.reference,
        "--to",
        GAETAN,
        "--out",
        text(&open),
    ];
    let list = [
        &["mail", "compose", "--template", "short_list", "--locked"][..],
        &to,
    ]
    .concat();
    let refused = desk.demo.run("analyste", &list);
    assert_eq!(code(&refused), 1);
    assert!(
        complained(&refused).contains("placeholder_left"),
        "{}",
        complained(&refused)
    );
}

#[test]
fn what_is_read_of_a_mail_has_the_names_that_scripts_rely_on() {
    let desk = Desk::new();
    let file = desk.write("a.eml", plain("Serveur").as_bytes());
    let reading = said(&desk.demo.run("operateur", &["mail", "read", text(&file)]));
    let names = [
        "encryption",
        "signature",
        "from",
        "subject",
        "subject_protected",
        "text",
        "attachments",
        "warnings",
    ];
    assert_eq!(keys_of(&reading), names);
    assert_eq!(
        keys_of(&reading["signature"]),
        ["status", "fingerprint", "signer"]
    );
    let expected = json!({
        "encryption": "none",
        "signature": { "status": "none", "fingerprint": null, "signer": null },
        "from": format!("Gaëtan <{GAETAN}>"),
        "subject": "Serveur",
        "subject_protected": false,
        "text": "bonjour",
        "attachments": [],
        "warnings": [],
    });
    assert_eq!(reading, expected);
    assert_eq!(
        desk.demo.json("operateur", &["mail", "list"]),
        json!([]),
        "nothing is kept"
    );

    let mailbox = |count: usize| -> Vec<u8> {
        let mail = |n: usize| {
            format!(
                "From x Thu Mar 12 09:30:00 2026\n{}\n",
                plain(&n.to_string())
            )
        };
        (0..count).map(mail).collect::<String>().into_bytes()
    };
    let one = desk.write("un.mbox", &mailbox(1));
    let reading = said(&desk.demo.run("operateur", &["mail", "read", text(&one)]));
    assert_eq!(reading["text"], "bonjour");
    let two = desk.write("deux.mbox", &mailbox(2));
    let pdf = desk.write("a.pdf", b"%PDF-1.7\n\0\0");
    for (file, why) in [
        (two, "a mailbox of 2 mails: import it"),
        (pdf, "invalid"),
        (desk.demo.folder.path().to_owned(), "directory"),
        (desk.path("nulle-part.eml"), "not_found"),
    ] {
        let refused = desk.demo.run("operateur", &["mail", "read", text(&file)]);
        assert_eq!(code(&refused), 2, "{}", complained(&refused));
        assert!(
            complained(&refused).contains(why),
            "{}",
            complained(&refused)
        );
        assert!(refused.stdout.is_empty());
    }
}

#[test]
fn mails_come_in_from_files_once_and_what_cannot_be_read_is_a_negative_answer() {
    let desk = Desk::new();
    let mails: String = (0..3)
        .map(|n| {
            format!(
                "From x Thu Mar 12 09:30:00 2026\n{}\n",
                plain(&n.to_string())
            )
        })
        .collect();
    let mails = mails.replace(GAETAN, "inconnu@ailleurs.example");
    let mailbox = desk.write("boite.mbox", mails.as_bytes());
    let import = |path: &Path| desk.demo.run("operateur", &["mail", "import", text(path)]);
    let first = import(&mailbox);
    assert_eq!(code(&first), 0);
    assert_eq!(
        said(&first),
        json!({ "new": 3, "filed": 0, "known": 0, "unreadable": 0 })
    );
    assert_eq!(said(&import(&mailbox))["known"], 3);
    let listed = desk.demo.json("operateur", &["mail", "list", "--unfiled"]);
    assert_eq!(listed.as_array().unwrap().len(), 3);
    let rubbish = desk.write("a.eml", b"%PDF-1.7\n\0\0");
    let refused = import(&rubbish);
    assert_eq!(
        (code(&refused), said(&refused)["unreadable"].clone()),
        (1, json!(1))
    );
    assert_eq!(code(&import(&desk.path("nulle-part"))), 2);
    assert_eq!(code(&import(desk.demo.folder.path())), 2);
    assert_eq!(
        code(
            &desk
                .demo
                .run_with("operateur", "pas la bonne", &["mail", "list"])
        ),
        3
    );
}

#[test]
fn keys_are_taken_in_listed_and_verified_by_who_may() {
    let desk = Desk::new();
    let key = desk.key();
    let ring =
        |user: &str, arguments: &[&str]| desk.demo.run(user, &[&["keyring"], arguments].concat());
    assert_eq!(said(&ring("operateur", &["list"])), json!([]));
    let taken = ring("operateur", &["import", text(&key)]);
    assert_eq!(code(&taken), 0);
    assert_eq!(said(&taken)["new"].as_array().unwrap().len(), 1);
    let again = ring("operateur", &["import", text(&key)]);
    assert_eq!(
        (
            code(&again),
            said(&again)["known"].as_array().unwrap().len()
        ),
        (0, 1)
    );
    let listed = said(&ring("operateur", &["list", "--query", "batardiere"]));
    assert_eq!(
        (listed[0]["trust"].as_str(), listed[0]["fitness"].as_str()),
        (Some("seen"), Some("fit"))
    );
    let fingerprint = listed[0]["fingerprint"].as_str().unwrap();
    let verify = |user: &str, with: &str| ring(user, &["verify", fingerprint, "--with", with]);
    assert_eq!(code(&verify("operateur", "Gaëtan, 02 61 91 44 08")), 1);
    assert_eq!(code(&verify("analyste", " ")), 1, "with whom is part of it");
    let verified = verify("analyste", "Gaëtan, 02 61 91 44 08");
    assert_eq!(code(&verified), 0, "{}", complained(&verified));
    assert_eq!(said(&verified)["trust"], "verified");
    assert_eq!(
        said(&verified)["verification"]["with"],
        "Gaëtan, 02 61 91 44 08"
    );
    let exported = said(&ring("operateur", &["export", fingerprint]));
    assert!(
        exported["armoured"]
            .as_str()
            .unwrap()
            .contains("BEGIN PGP PUBLIC KEY BLOCK")
    );
    for (arguments, exit) in [
        (&["verify", "0000 1111", "--with", "x"][..], 2),
        (&["verify", &"0".repeat(40), "--with", "x"], 2),
        (&["export", "pas une empreinte"], 2),
        (&["import", "/nowhere"], 2),
        (&["import", text(&desk.write("rien.asc", b"rien"))], 1),
        (&["verify", fingerprint], 2),
    ] {
        let refused = ring("analyste", arguments);
        assert_eq!(
            code(&refused),
            exit,
            "{arguments:?}: {}",
            complained(&refused)
        );
    }
}

#[test]
fn a_full_disk_while_mails_come_in_says_so_and_the_vault_takes_them_later() {
    // The vault on a small file system of one process: an import that runs out of room, then one that has it.
    const SMALL: &str = r#"
        small=$1; vault=$2; shift 2
        mount -t tmpfs -o size=8m tmpfs "$small" || exit 99
        cp -r "$vault/." "$small" || exit 98
        "$@" mail import "$MAILS" > "$small.first" 2> "$small.first.err"; echo $? > "$small.first.code"
        mount -o remount,size=300m "$small" || exit 97
        "$@" mail import "$MAILS" > "$small.second" || exit 96
        "$@" journal verify > "$small.verified"
    "#;
    let desk = Desk::new();
    let line = "0123456789 une ligne de plus\n".repeat(60_000);
    let mails: String = (0..6)
        .map(|n| {
            format!(
                "From x Thu Mar 12 09:30:00 2026\n{}{n}{line}\n",
                plain(&n.to_string())
            )
        })
        .collect();
    let mailbox = desk.write("boite.mbox", mails.as_bytes());
    let small = desk.path("small");
    std::fs::create_dir(&small).unwrap();
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", SMALL, "sh"])
        .args([&small, &desk.demo.vault(), &program()])
        .arg("--vault")
        .arg(&small)
        .args(["--user", "lead", "--json"])
        .env("RELAIS_PASSPHRASE", desk.demo.passphrase("lead"))
        .env("MAILS", &mailbox)
        .output()
        .unwrap();
    let told = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap_or_default();
    assert!(
        output.status.success(),
        "{output:?} {}",
        told("small.first.err")
    );
    assert_eq!(told("small.first.code").trim(), "1");
    assert!(
        told("small.first.err").contains("\"code\":\"disk_full\""),
        "{}",
        told("small.first.err")
    );
    let second: Value = serde_json::from_str(&told("small.second")).unwrap();
    let count = |name: &str| second[name].as_u64().unwrap();
    assert_eq!(count("new") + count("known"), 6, "{second}");
    assert!(count("new") >= 1 && count("unreadable") == 0, "{second}");
    let verified: Value = serde_json::from_str(&told("small.verified")).unwrap();
    assert_eq!(verified["good"], true);
}
