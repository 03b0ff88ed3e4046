//! The exchanges of a case over real servers: a report comes by mail, its sender has no key, a provider has one, and the network
//! breaks whenever it hurts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use relais_core::api::view::LineSecurity;
use relais_tests::servers::{BreakingLine, Imap, SECRET, Smtp};
use serde_json::Value;
use thirtyfour::By;

use crate::correspondent::{Correspondent, take_apart, unlocked_text};
use crate::finding::plain;
use crate::harness::{Outcome, Window, journey};

/// The address of the known team's profile; the servers of this journey take it for any.
const TEAM: &str = "cyberassistance@paysdelaloire.fr";
const COMPANY: &str = "Menuiserie Batardière";
const BENEFICIARY: &str = "Gaëtan Morvault";
const PROVIDER: &str = "Maëlle Tréhour";
const PROVIDER_MAIL: &str = "maelle.trehour@remparts.example";
/// Words that only their readers may see: no server, no file.
const TO_THE_BENEFICIARY: &str = "bergeronnette-printaniere";
const TO_THE_PROVIDER: &str = "martinet-a-ventre-blanc";
const FROM_THE_PROVIDER: &str = "rousserolle-effarvatte";

const REPORT: &str = "From: =?utf-8?q?Ga=C3=ABtan_Morvault?= <g.morvault@batardiere.example>\r\n\
    To: cyberassistance@paysdelaloire.fr\r\nSubject: [URGENT] Plus rien ne s'ouvre\r\nDate: Thu, 12 Mar 2026 08:12:00 +0100\r\n\
    Message-ID: <appel-1@batardiere.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
    Content-Transfer-Encoding: 8bit\r\n\r\n\
    Bonjour,\r\n\r\nEntreprise : Menuiserie Batardière\r\nEffectif : 46\r\nTéléphone : 02 61 91 44 08\r\n\
    Machines touchées : 21\r\nConséquences et impact : l'atelier est à l'arrêt\r\n\r\n\
    Une note de rançon est sur le serveur de plans. Que faire ?\r\n";

struct Post {
    smtp: Smtp,
    imap: Imap,
    /// What the account knows of them: lines that break.
    to_smtp: BreakingLine,
    to_imap: BreakingLine,
}

impl Post {
    fn open(window: &Window) -> Outcome<Self> {
        let smtp = Smtp::start(LineSecurity::StartTls);
        let imap = Imap::start();
        let mut trusted = fs::read_to_string(smtp.room.path().join("tls.crt"))?;
        trusted.push_str(&fs::read_to_string(imap.room.path().join("tls.crt"))?);
        fs::write(window.trusted(), trusted)?;
        let post = Self {
            to_smtp: BreakingLine::to(smtp.port),
            to_imap: BreakingLine::to(imap.tls),
            smtp,
            imap,
        };
        post.mend();
        Ok(post)
    }

    fn mend(&self) {
        self.to_smtp.break_after(i64::MAX, i64::MAX);
        self.to_imap.break_after(i64::MAX, i64::MAX);
    }

    /// The one message that was taken for this address.
    fn taken_for(&self, mail: &str) -> Outcome<(String, PathBuf)> {
        let all = self.smtp.mailbox();
        let found: Vec<&Value> = all
            .iter()
            .filter(|one| {
                one["to"]
                    .as_array()
                    .is_some_and(|to| to.iter().any(|each| each == mail))
            })
            .collect();
        let [one] = found[..] else {
            return Err(format!("{} messages were taken for {mail}", found.len()).into());
        };
        let (Some(id), Some(sha256)) = (one["message_id"].as_str(), one["sha256"].as_str()) else {
            return Err("a message without a name".into());
        };
        Ok((
            id.to_owned(),
            self.smtp.room.path().join(format!("{sha256}.eml")),
        ))
    }
}

#[tokio::test]
async fn a_report_by_mail_becomes_a_case_and_its_exchanges_are_safe() -> Outcome {
    journey("mail", async |window| {
        window.found_vault().await?;
        let post = Post::open(window)?;
        set_the_account(window, &post).await?;
        let reference = a_report_comes_by_mail(window, &post).await?;
        write_to_the_beneficiary(window, &reference).await?;
        let passphrase = the_line_breaks_and_it_leaves_once(window, &post).await?;
        what_the_beneficiary_gets(&post, &passphrase, &reference)?;

        let provider = Correspondent::new(PROVIDER, PROVIDER_MAIL)?;
        verify_the_provider(window, &provider).await?;
        write_to_the_provider(window, &reference).await?;
        let id = what_the_provider_gets(window, &post, &provider, &reference)?;
        the_answer_files_itself(window, &post, &provider, &id).await?;
        nothing_is_readable(window, &passphrase)?;
        window.click("link", "Équipe et réglages").await?;
        window.click("link", "Vérification du journal").await?;
        window
            .click("button", "Vérifier toutes les chaînes")
            .await?;
        window.find("heading", "Le journal est intact.").await?;
        Ok(())
    })
    .await
}

async fn set_the_account(window: &Window, post: &Post) -> Outcome {
    window.click("link", "Équipe et réglages").await?;
    window.click("link", "Courriel").await?;
    let smtp = ("group", "Serveur d’envoi (SMTP)");
    let imap = ("group", "Serveur de réception (IMAP)");
    window
        .click_in(smtp, "checkbox", "Envoyer par un serveur")
        .await?;
    window
        .click_in(imap, "checkbox", "Relever un serveur")
        .await?;
    window.click_in(smtp, "radio", "STARTTLS").await?;
    window.click_in(imap, "radio", "TLS").await?;
    for (place, port) in [(smtp, post.to_smtp.port), (imap, post.to_imap.port)] {
        window.fill_in(place, "Nom du serveur", "localhost").await?;
        window.fill_in(place, "Port", &port.to_string()).await?;
    }
    window.fill("Identifiant", "csirt").await?;
    window.fill("Mot de passe", "pas le bon").await?;
    window.click("button", "Essayer").await?;
    window
        .says("Refuse l’identifiant ou le mot de passe.")
        .await?;
    window.fill("Mot de passe", SECRET).await?;
    window.click("button", "Essayer").await?;
    window.says("Répond et accepte l’identifiant.").await?;
    window.says_no_more("Refuse l’identifiant").await?;
    window.axe().await?;
    window.shots("courriel-compte").await?;
    window.click("button", "Enregistrer le compte").await?;
    window.says("Compte enregistré.").await
}

/// Nobody knows the sender: it asks to be filed, stands above for its urgency, and becomes a report in two clicks.
async fn a_report_comes_by_mail(window: &Window, post: &Post) -> Outcome<String> {
    post.imap.deliver("1.appel", REPORT.as_bytes());
    window.click_starting("link", "Messagerie").await?;
    window.click("button", "Relever").await?;
    window
        .click_starting("option", "Non lu Gaëtan Morvault")
        .await?;
    window.says("Ni chiffré ni signé").await?;
    window.says("URGENT").await?;
    window.axe().await?;
    window.shots("courriel-a-classer").await?;
    window
        .click("button", "Nouveau signalement depuis ce message")
        .await?;
    window.find("form", "Formulaire de signalement").await?;
    for (label, told) in [
        ("Nom de l’organisation", COMPANY),
        ("Effectif", "46"),
        ("Prénom et nom", BENEFICIARY),
        ("Téléphone", "02 61 91 44 08"),
        ("Machines touchées", "21"),
    ] {
        assert_eq!(plain(&window.value(label).await?), told, "{label}");
    }
    window.says("[URGENT]").await?;
    window.press("Control+Shift+Enter").await?;
    window.click("button", "Terminer et créer le cas").await?;
    window.find("tab", "Résumé").await?;
    let reference = format!("PDL-{}-0001", chrono::Datelike::year(&chrono::Utc::now()));
    window.says(&reference).await?;
    window.click_starting("tab", "Échanges").await?;
    window.says("Plus rien ne s'ouvre").await?;
    Ok(reference)
}

/// Under TLP:AMBER nothing leaves in clear: the mail is stopped, the way out is chosen, and the text stays what it was.
async fn write_to_the_beneficiary(window: &Window, reference: &str) -> Outcome {
    window.click("button", "Écrire").await?;
    window
        .find("button", &format!("Retirer {BENEFICIARY}"))
        .await?;
    window.click_starting("button", "Modèle").await?;
    window.click("menuitem", "Premier contact").await?;
    window.says("Modèle « Premier contact » repris.").await?;
    let text = window.value("Corps du message").await?;
    assert!(text.contains(COMPANY) && text.contains(reference), "{text}");
    window.fill("Objet", "Vos premières mesures").await?;
    window.fill("Corps du message", "Bonjour,").await?;
    window.press("Enter").await?;
    window.press("Enter").await?;
    let measure = format!("Débranchez le serveur de plans. Mot convenu : {TO_THE_BENEFICIARY}.");
    window.type_text(&measure).await?;
    let written = window.value("Corps du message").await?;
    assert_eq!(written, format!("Bonjour,\n\n{measure}"));
    window.click("radio", "TLP:AMBER").await?;
    window
        .says("Sous TLP:AMBER, rien ne part en clair.")
        .await?;
    window.says("n’a pas de clé.").await?;
    window.axe().await?;
    window.shots("courriel-sans-cle").await?;
    window
        .click_starting("radio", "PDF chiffré et phrase de passe par téléphone")
        .await?;
    window.says("Verrouillé par phrase de passe").await?;
    window.says("Brouillon enregistré à").await
}

/// There is no network while the passphrase is told. Back again, the line breaks once the server has
/// the message and before it says so: Relais asks instead of sending twice, and the beneficiary has it.
async fn the_line_breaks_and_it_leaves_once(window: &Window, post: &Post) -> Outcome<String> {
    post.to_smtp.break_after(300, i64::MAX);
    window.click("button", "Préparer le PDF chiffré").await?;
    window.says("Dites maintenant la phrase de passe.").await?;
    let passphrase = passphrase(window).await?;
    window.axe().await?;
    window.shots("courriel-phrase").await?;
    window.click("radio", "Dictée par téléphone").await?;
    window
        .fill("À qui", "Gaëtan Morvault, au 02 61 91 44 08")
        .await?;
    window.click("button", "Inscrire au journal").await?;
    window.says("Transmission inscrite au journal.").await?;
    window.click("button", "Fermer").await?;
    window.click_starting("link", "Messagerie").await?;
    window.click_starting("link", "Boîte d’envoi").await?;
    window.says("En attente du réseau").await?;
    assert_eq!(post.smtp.mailbox(), Vec::<Value>::new());
    window.axe().await?;
    window.shots("courriel-boite-envoi").await?;
    post.mend();
    post.smtp.stop_at("before answering", 1);
    window.click("button", "Réessayer maintenant").await?;
    window
        .until("the server has the message", async || {
            Ok(post.smtp.has_reached())
        })
        .await?;
    post.to_smtp.break_after(0, 0);
    post.smtp.go_on();
    window.says("Il a peut-être pris le message.").await?;
    window.axe().await?;
    window.shots("courriel-incertain").await?;
    post.mend();
    window.click("button", "Il est parti").await?;
    window.says("Message noté comme parti.").await?;
    window.says("Rien n’attend de partir").await?;
    Ok(passphrase)
}

/// As it is to be typed.
async fn passphrase(window: &Window) -> Outcome<String> {
    let typed = window.page().find(By::Css(".passphrase-typed")).await?;
    Ok(typed.text().await?.trim().to_owned())
}

/// Outside, nothing of the case; inside, with the passphrase that was told, the message.
fn what_the_beneficiary_gets(post: &Post, passphrase: &str, reference: &str) -> Outcome {
    let (_, message) = post.taken_for("g.morvault@batardiere.example")?;
    let raw = fs::read_to_string(&message)?;
    for hidden in [TO_THE_BENEFICIARY, passphrase, "Vos premières mesures"] {
        assert!(!raw.contains(hidden), "{hidden} is readable on the way");
    }
    let parts = take_apart(&message)?;
    assert!(!parts.headers.contains(reference), "{}", parts.headers);
    let cover = parts.text("text.plain")?;
    assert!(
        !cover.contains(TO_THE_BENEFICIARY) && cover.contains("téléphone"),
        "{cover}"
    );
    let text = unlocked_text(&parts.leaf(".pdf")?, passphrase)?;
    assert!(
        text.contains(TO_THE_BENEFICIARY) && text.contains("TLP:AMBER"),
        "{text}"
    );
    Ok(())
}

/// Their key comes by a file; its fingerprint is read over the telephone, line by line.
async fn verify_the_provider(window: &Window, provider: &Correspondent) -> Outcome {
    let file = window.folder().join("cle.asc");
    provider.export_key(&file)?;
    window.click("link", "Trousseau").await?;
    window.click("button", "Importer une clé").await?;
    window
        .give_file_in(("dialog", "Importer une clé"), &file)
        .await?;
    window.says("Une clé ajoutée").await?;
    window.find("heading", PROVIDER).await?;
    window.click("button", "Vérifier au téléphone").await?;
    window
        .find("dialog", "Vérifier la clé au téléphone")
        .await?;
    window.axe().await?;
    window.shots("trousseau-verifier").await?;
    for line in window.names("checkbox").await? {
        window.click("checkbox", &line).await?;
    }
    window
        .fill("Avec qui", "Mme Tréhour, au 02 61 91 55 10")
        .await?;
    window.click("button", "Empreinte identique").await?;
    window.says("vérifiée.").await?;
    window.axe().await?;
    window.shots("trousseau").await
}

/// The whole way from the list of cases to the sent mail, without the mouse.
async fn write_to_the_provider(window: &Window, reference: &str) -> Outcome {
    window.press("Control+k").await?;
    window.type_text(reference).await?;
    window.find_starting("option", COMPANY).await?;
    window.press("Enter").await?;
    window.find_starting("tab", "Échanges").await?;
    window.press("5").await?;
    window.find("button", "Écrire").await?;
    window.press("e").await?;
    window
        .find("button", &format!("Retirer {BENEFICIARY}"))
        .await?;
    window.tab_to("Ajouter un destinataire").await?;
    window.press("Backspace").await?;
    window.press("Space").await?;
    window.type_text(PROVIDER_MAIL).await?;
    window.press("Enter").await?;
    // The name is that of the verified key.
    window
        .find("button", &format!("Retirer {PROVIDER}"))
        .await?;
    window.tab_to("Objet").await?;
    window.type_text("Intervention aux Herbiers").await?;
    window.tab_to("Corps du message").await?;
    window.type_text("Bonjour,").await?;
    window.press("Enter").await?;
    let question = format!("Pouvez-vous venir demain ? Mot convenu : {TO_THE_PROVIDER}.");
    window.type_text(&question).await?;
    let written = window.value("Corps du message").await?;
    assert_eq!(written, format!("Bonjour,\n{question}"));
    let file = window.folder().join("indicateurs.txt");
    fs::write(&file, "198.51.100.7\n")?;
    window.give_file_in(("form", "Message"), &file).await?;
    window.says("indicateurs.txt : joint.").await?;
    window.tab_to_starting("TLP:").await?;
    while window.focused().await? != "TLP:AMBER" {
        window.press("Right").await?;
    }
    window
        .says("Signé par l’équipe. Chiffré pour son destinataire.")
        .await?;
    window.says("Brouillon enregistré à").await?;
    window.axe().await?;
    window.shots("courriel-prestataire").await?;
    window.press("Control+Enter").await?;
    window
        .says("Message retenu quelques secondes avant l’envoi.")
        .await?;
    // Taken back, and sent again: it is one message.
    window.tab_to("Annuler l’envoi").await?;
    window.press("Enter").await?;
    window.says("Envoi annulé.").await?;
    window.find("button", "Envoyer").await?;
    window.press("Control+Enter").await?;
    window
        .says("Message retenu quelques secondes avant l’envoi.")
        .await?;
    window.click_starting("link", "Messagerie").await?;
    window.click_starting("link", "Boîte d’envoi").await?;
    window.says("Rien n’attend de partir").await
}

fn what_the_provider_gets(
    window: &Window,
    post: &Post,
    provider: &Correspondent,
    reference: &str,
) -> Outcome<String> {
    let (id, message) = post.taken_for(PROVIDER_MAIL)?;
    assert!(!fs::read_to_string(&message)?.contains(TO_THE_PROVIDER));
    // The team's key, as the exported WKD folder, the site or a first mail would give it: here, the Autocrypt header's own.
    provider.import(&team_key(window, &message)?)?;
    let inside = provider.open(&message)?;
    assert!(
        inside.headers.contains(&format!("[{reference}]")),
        "{}",
        inside.headers
    );
    assert!(
        inside.headers.contains("Intervention aux Herbiers"),
        "{}",
        inside.headers
    );
    let text = inside.text("text.plain")?;
    assert!(
        text.contains(TO_THE_PROVIDER) && text.starts_with("TLP:AMBER"),
        "{text}"
    );
    assert_eq!(inside.text("indicateurs.txt")?, "198.51.100.7\n");
    Ok(id)
}

/// The key that the message's Autocrypt header offers, in a file.
fn team_key(window: &Window, message: &Path) -> Outcome<PathBuf> {
    let headers = take_apart(message)?.headers;
    let autocrypt = headers
        .lines()
        .find_map(|line| line.strip_prefix("Autocrypt: "))
        .ok_or("no Autocrypt header")?;
    let (_, data) = autocrypt.split_once("keydata=").ok_or("no key in it")?;
    let data: String = data.split_whitespace().collect();
    let (digits, file) = (
        window.folder().join("equipe.base64"),
        window.folder().join("equipe.pgp"),
    );
    fs::write(&digits, data)?;
    let answer = Command::new("base64")
        .arg("--decode")
        .arg(&digits)
        .output()?;
    fs::write(&file, answer.stdout)?;
    Ok(file)
}

/// The line breaks while it is fetched; the next time it is there, once, opened, verified and in its case.
async fn the_answer_files_itself(
    window: &Window,
    post: &Post,
    provider: &Correspondent,
    id: &str,
) -> Outcome {
    post.to_imap.break_after(i64::MAX, 200);
    let text = format!("Demain 9 h, à l'atelier. Mot convenu : {FROM_THE_PROVIDER}.");
    let answer = provider.answer(TEAM, id, "Re: [...]", &text)?;
    post.imap.deliver("2.reponse", &answer);
    window.click_starting("link", "Reçus").await?;
    window.click("button", "Relever").await?;
    window.says("Dernière relève impossible.").await?;
    post.mend();
    window.click("button", "Relever").await?;
    window
        .click_starting("option", &format!("Non lu {PROVIDER}"))
        .await?;
    window.says("Chiffré et signé, clé vérifiée").await?;
    window.says(FROM_THE_PROVIDER).await?;
    window.says("journal.csv").await?;
    window.says("PDL-").await?;
    window.axe().await?;
    window.shots("courriel-reponse").await?;
    window.click("button", "Garder comme pièce du cas").await?;
    window.says("gardée comme pièce du cas").await?;
    // Fetched again: nothing is doubled.
    window.click("button", "Relever").await?;
    window
        .says("Relève terminée : aucun nouveau message.")
        .await?;
    assert_eq!(
        window.names("option").await?.len(),
        2,
        "two mails were received"
    );
    window.click_starting("link", "Envoyés").await?;
    window
        .until("two mails that were sent", async || {
            Ok(window.names("option").await?.len() == 2)
        })
        .await
}

/// What was written and read lies nowhere in clear: neither texts nor the passphrase nor the account's secret.
fn nothing_is_readable(window: &Window, passphrase: &str) -> Outcome {
    for canary in [
        TO_THE_BENEFICIARY,
        TO_THE_PROVIDER,
        FROM_THE_PROVIDER,
        passphrase,
        SECRET,
    ] {
        assert_eq!(
            window.files_with(canary)?,
            Vec::<PathBuf>::new(),
            "{canary}"
        );
    }
    Ok(())
}
