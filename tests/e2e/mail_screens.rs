//! Every screen of the mail, of the key ring and of their settings, with mails that gpg wrote: pictures and axe-core.

use std::fs;

use chrono::{Duration, Utc};
use thirtyfour::By;

use crate::first_run::public_key;
use crate::harness::{Outcome, Window, journey};
use crate::screens::{Tour, open_the_gravest_case};

#[path = "../judges/gpg/programs.rs"]
mod programs;

#[path = "../judges/mail_in/post.rs"]
#[allow(dead_code, reason = "the judges take the rest")]
mod post;

use post::GAETAN;
use programs::Gpg;

/// The address of the demonstration's team.
const DEMONSTRATION: &str = "csirt@demonstration.example";
/// The text of the mail that was encrypted.
const SEALED: &str = "TLP:AMBER\n\nBonjour,\n\nLe serveur de fichiers est chiffré depuis 6 h. Nous avons débranché les sauvegardes.\n\
    Machines vues : 203.0.113.24 et paiement-facture[.]test.\n\nGaëtan Morvault";

#[tokio::test]
async fn every_screen_of_mail() -> Outcome {
    journey("screens-mail", async |window| {
        let mut tour = Tour::of(window);
        window.explore().await?;
        let gaetan = Correspondent::who_knows_the_team(window).await?;
        open_the_gravest_case(window).await?;
        let reference = reference(window).await?;
        window.click_starting("link", "Messagerie").await?;
        window.says("Tout est classé").await?;
        tour.look("messagerie-vide").await?;

        import_the_key(window, &gaetan).await?;
        window.click_starting("link", "Messagerie").await?;
        bring(window, "bloque.eml", &gaetan.plain(&reference)).await?;
        bring(window, "facture.eml", &gaetan.deceptive()).await?;
        bring(window, "alerte.eml", &gaetan.sealed()).await?;
        bring(window, "change.eml", &gaetan.changed_after_signing()).await?;
        window.says("4 messages").await?;
        tour.look("messagerie").await?;
        window
            .click_starting("option", "Non lu Gaëtan Morvault")
            .await?;
        window.says("Signature fausse").await?;
        tour.look("messagerie-signature-fausse").await?;
        read(window, "Serveur de fichiers chiffré").await?;
        window.says("Chiffré et signé, clé non vérifiée").await?;
        tour.look("messagerie-message").await?;
        read(window, "Facture impayée").await?;
        window.says("Afficher la mise en forme").await?;
        tour.look("messagerie-trompeur").await?;
        read(
            window,
            &format!("[{reference}] Poste de la comptabilité bloqué"),
        )
        .await?;
        window.says("Son objet porte la référence du cas").await?;
        let filing = window.find("region", "Classer").await?;
        filing.scroll_into_view().await?;
        tour.look("messagerie-classer").await?;
        window
            .click("button", &format!("Classer dans {reference}"))
            .await?;
        window.says("Message classé dans").await?;
        window.click("link", "Reçus").await?;
        window.says("4 messages").await?;
        tour.look("messagerie-recus").await?;
        read(window, "Poste de la comptabilité bloqué").await?;
        window
            .click_starting("link", &format!("{reference},"))
            .await?;
        window.find("tab", "Échanges").await?;
        window.says("1 message").await?;
        tour.look("cas-echanges").await?;
        tour.end()
    })
    .await
}

#[tokio::test]
async fn every_screen_of_the_key_ring() -> Outcome {
    journey("screens-key-ring", async |window| {
        let mut tour = Tour::of(window);
        window.explore().await?;
        let gaetan = Correspondent::who_knows_the_team(window).await?;
        window.click("link", "Trousseau").await?;
        window.says("Le trousseau est vide").await?;
        tour.look("trousseau-vide").await?;
        import_the_key(window, &gaetan).await?;
        window.click_starting("option", "Gaetan Morvault").await?;
        window.find("heading", "Empreinte").await?;
        tour.look("trousseau").await?;
        window.click("button", "Vérifier au téléphone").await?;
        window
            .find("dialog", "Vérifier la clé au téléphone")
            .await?;
        tour.look("trousseau-verifier").await?;
        tour.end()
    })
    .await
}

#[tokio::test]
async fn every_screen_of_mail_that_is_written() -> Outcome {
    journey("screens-mail-written", async |window| {
        let mut tour = Tour::of(window);
        window.explore().await?;
        let gaetan = Correspondent::who_knows_the_team(window).await?;
        import_the_key(window, &gaetan).await?;
        open_the_gravest_case(window).await?;
        window.click_starting("tab", "Échanges").await?;
        window.says("Aucun échange").await?;
        tour.look("cas-echanges-vide").await?;
        write_to_somebody_without_a_key(window, &mut tour).await?;
        tour.end()
    })
    .await
}

#[tokio::test]
async fn every_screen_of_mail_that_leaves() -> Outcome {
    journey("screens-mail-leaves", async |window| {
        let mut tour = Tour::of(window);
        window.explore().await?;
        set_the_account(window, &mut tour).await?;
        see_the_templates(window, &mut tour).await?;
        send_in_clear(window, &mut tour).await?;
        see_what_is_kept(window, &mut tour).await?;
        tour.end()
    })
    .await
}

/// A partner whose gpg has the team's key, and whose own is on the disk.
struct Correspondent {
    gpg: Gpg,
    team: String,
}

impl Correspondent {
    async fn who_knows_the_team(window: &Window) -> Outcome<Self> {
        let gpg = Gpg::new();
        gpg.make_key("Gaetan Morvault", GAETAN, "ed25519");
        gpg.import(public_key(window).await?.as_bytes());
        let team = gpg.fingerprint(DEMONSTRATION);
        Ok(Self { gpg, team })
    }

    fn headers(sender: &str, subject: &str, number: u32) -> String {
        let at = Utc::now() - Duration::minutes(i64::from(50 - 10 * number));
        format!(
            "From: {sender}\r\nTo: CSIRT <{DEMONSTRATION}>\r\nSubject: {subject}\r\nDate: {}\r\n\
             Message-ID: <{number}@batardiere.example>\r\nMIME-Version: 1.0\r\n",
            at.to_rfc2822()
        )
    }

    fn gaetan() -> String {
        format!("=?utf-8?q?Ga=C3=ABtan_Morvault?= <{GAETAN}>")
    }

    /// A plain mail that names the case, with a file.
    fn plain(&self, reference: &str) -> String {
        let subject =
            format!("[{reference}] =?utf-8?q?Poste_de_la_comptabilit=C3=A9_bloqu=C3=A9?=");
        let text = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nBonjour,\r\n\r\n\
            Le poste de la comptabilité affiche une note. Il a joint 198.51.100.7 cette nuit, et le fichier\r\n\
            9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 a été trouvé.\r\n\r\n\
            > Pouvez-vous regarder les autres postes ?\r\n> Merci de ne rien éteindre.\r\n\r\nClémence Aubrac\r\n";
        let file = "Content-Type: text/plain; name=\"journal-du-poste.log\"\r\n\
            Content-Disposition: attachment; filename=\"journal-du-poste.log\"\r\n\r\n06:02 service stopped\r\n";
        Self::headers(
            "Clemence Aubrac <clemence.aubrac@batardiere.example>",
            &subject,
            1,
        ) + post::mixed(&[text, file]).as_str()
    }

    /// A mail that deceives: another's name, a hidden ending, something to load.
    fn deceptive(&self) -> String {
        let text = "Content-Type: text/html; charset=utf-8\r\n\r\n<h1>Facture</h1><p>Votre facture est \
            <a href=\"https://paiement-facture.test/espace\">disponible ici</a>.</p>\
            <img src=\"https://paiement-facture.test/p.gif\">\r\n";
        let file = "Content-Type: application/octet-stream; name=\"facture.pdf.exe\"\r\n\
            Content-Disposition: attachment; filename=\"facture.pdf.exe\"\r\nContent-Transfer-Encoding: base64\r\n\r\nTVo=\r\n";
        let sender = "\"secours@batardiere.example\" <compta@paiement-facture.test>";
        Self::headers(sender, "=?utf-8?q?Facture_impay=C3=A9e?=", 2)
            + post::mixed(&[text, file]).as_str()
    }

    /// An urgent mail with a marking, encrypted and signed.
    fn sealed(&self) -> String {
        let subject = "[URGENT] [TLP:AMBER] =?utf-8?q?Serveur_de_fichiers_chiffr=C3=A9?=";
        let inside = format!(
            "Content-Type: text/plain; charset=utf-8; protected-headers=\"v1\"\r\nContent-Transfer-Encoding: 8bit\r\n\
             From: {}\r\nTo: CSIRT <{DEMONSTRATION}>\r\nSubject: {subject}\r\n\r\n{}\r\n",
            Self::gaetan(),
            SEALED.replace('\n', "\r\n")
        );
        let arguments = [
            "--armor",
            "--trust-model",
            "always",
            "--recipient",
            &self.team,
        ];
        let arguments = [
            &arguments[..],
            &["--local-user", GAETAN, "--sign", "--encrypt"],
        ]
        .concat();
        let message = self.gpg.run(&arguments, inside.as_bytes());
        assert!(message.ok, "{message:?}");
        Self::headers(&Self::gaetan(), "...", 3) + post::encrypted(&message.stdout()).as_str()
    }

    /// A signed mail in which a word was changed on the way.
    fn changed_after_signing(&self) -> String {
        let part = "Content-Type: text/plain; charset=utf-8\r\n\r\nPaiement avant vendredi, sur le compte habituel.";
        let mail = post::signed(part, &self.gpg.sign(GAETAN, part, &[]));
        Self::headers(&Self::gaetan(), "Virement", 4) + mail.replace("habituel", "nouveau").as_str()
    }
}

/// The reference of the case on the screen.
async fn reference(window: &Window) -> Outcome<String> {
    let script =
        "return document.querySelector('main').innerText.match(/[A-Z]+-\\d{4}-\\d{4,}/)[0]";
    Ok(window.page().execute(script, vec![]).await?.convert()?)
}

async fn import_the_key(window: &Window, gaetan: &Correspondent) -> Outcome {
    let file = window.folder().join("gaetan.asc");
    fs::write(&file, gaetan.gpg.public(GAETAN))?;
    window.click("link", "Trousseau").await?;
    window.click("button", "Importer une clé").await?;
    window
        .give_file_in(("dialog", "Importer une clé"), &file)
        .await?;
    window.says("Une clé ajoutée").await
}

/// « Importer » of the mail takes a file.
async fn bring(window: &Window, name: &str, mail: &str) -> Outcome {
    let file = window.folder().join(name);
    fs::write(&file, mail)?;
    let picker = window
        .page()
        .find(By::Css("main .topbar input[type=file]"))
        .await?;
    picker
        .send_keys(file.to_str().ok_or("a file name that is no text")?)
        .await?;
    window.says(&mail_subject(name)).await
}

/// What the list shows of a mail once it is there.
fn mail_subject(name: &str) -> String {
    match name {
        "bloque.eml" => "Poste de la comptabilité bloqué",
        "facture.eml" => "Facture impayée",
        "alerte.eml" => "Serveur de fichiers chiffré",
        _ => "Virement",
    }
    .to_owned()
}

/// Opens the mail of the list whose row holds these words.
async fn read(window: &Window, words: &str) -> Outcome {
    let script = "const row = [...document.querySelectorAll('[role=option]')].find(row => row.textContent.includes(arguments[0]));
        row?.click();
        return row !== undefined";
    window
        .until(&format!("a row “{words}”"), async || {
            let clicked = window.page().execute(script, vec![words.into()]).await?;
            Ok(clicked.convert()?)
        })
        .await?;
    window.find("heading", words).await.map(|_| ())
}

/// Below AMBER nothing leaves in clear: the block, the way out of it, and what is told on the telephone.
async fn write_to_somebody_without_a_key(window: &Window, tour: &mut Tour<'_>) -> Outcome {
    window.press("e").await?;
    window.find("heading", "Nouveau message").await?;
    window.find("button", "Modèle").await?;
    tour.look("composition-neuve").await?;
    add_recipient(
        window,
        "Ajouter un destinataire",
        "maelys.quentin@batardiere.example",
        "maelys.quentin@batardiere.example",
    )
    .await?;
    add_recipient(window, "Ajouter un destinataire en copie", GAETAN, GAETAN).await?;
    window.click("button", "Modèle").await?;
    window.click("menuitem", "Suivi").await?;
    window.says("Modèle « Suivi » repris.").await?;
    window.find_starting("radio", "PDF chiffré").await?;
    tour.look("composition-bloquee").await?;
    window.click_starting("radio", "PDF chiffré").await?;
    window.fill("Corps du message", "Bonjour,").await?;
    for paragraph in MESSAGE {
        window.press("Enter").await?;
        window.press("Enter").await?;
        window.type_text(paragraph).await?;
    }
    window.says("verrouillé par phrase de passe").await?;
    window
        .until("nothing in the way", async || {
            Ok(!window.text().await?.contains("Avant l’envoi"))
        })
        .await?;
    window.press("Enter").await?;
    window
        .click_starting("button", "Insérer une donnée du cas")
        .await?;
    window.find_starting("menuitem", "Référence du cas").await?;
    tour.look("composition-inserer").await?;
    window
        .click_starting("menuitem", "Référence du cas")
        .await?;
    let reference = reference(window).await?;
    window
        .until("the reference in the text", async || {
            Ok(window.value("Corps du message").await?.contains(&reference))
        })
        .await?;
    tour.look("composition").await?;
    window.click_starting("button", "Exporter en .eml").await?;
    window.says("Dites maintenant la phrase de passe").await?;
    tour.look("composition-phrase").await?;
    window.click("button", "Fermer").await?;
    window.find("tab", "Échanges").await?;
    window.says("1 message").await?;
    tour.look("cas-echanges-envoye").await
}

/// A situation report, short.
const MESSAGE: [&str; 3] = [
    "Voici où nous en sommes. L’attaquant est probablement entré par la passerelle VPN, débranchée depuis hier.",
    "Gardez les machines chiffrées allumées et débranchées du réseau.",
    "CSIRT de démonstration",
];

/// Adds whom the team does not know, or whom it knows by a name.
async fn add_recipient(window: &Window, label: &str, mail: &str, shown: &str) -> Outcome {
    window.fill(label, mail).await?;
    window.press("Enter").await?;
    window
        .find("button", &format!("Retirer {shown}"))
        .await
        .map(|_| ())
}

async fn see_what_is_kept(window: &Window, tour: &mut Tour<'_>) -> Outcome {
    window.click("link", "Envoyés").await?;
    window
        .click_starting("option", "À accueil@mairie.example")
        .await?;
    window.says("Remise").await?;
    tour.look("messagerie-envoyes").await?;
    window.press("e").await?;
    window.find("heading", "Nouveau message").await?;
    window
        .fill("Objet", "Rappel du rendez-vous de demain")
        .await?;
    window.says("Brouillon enregistré à").await?;
    window.click_starting("link", "Messagerie").await?;
    window.click_starting("link", "Brouillons").await?;
    window.says("Rappel du rendez-vous de demain").await?;
    tour.look("messagerie-brouillons").await
}

async fn set_the_account(window: &Window, tour: &mut Tour<'_>) -> Outcome {
    window.click("link", "Équipe et réglages").await?;
    window.click("link", "Courriel").await?;
    window.fill("Adresse de l’équipe", DEMONSTRATION).await?;
    window.click("checkbox", "Envoyer par un serveur").await?;
    window.click("checkbox", "Relever un serveur").await?;
    window.says("Dossier relevé").await?;
    let smtp = ("group", "Serveur d’envoi (SMTP)");
    window
        .fill_in(smtp, "Nom du serveur", "courriel.example")
        .await?;
    let imap = ("group", "Serveur de réception (IMAP)");
    window
        .fill_in(imap, "Nom du serveur", "courriel.example")
        .await?;
    window.fill("Identifiant", DEMONSTRATION).await?;
    window.fill("Mot de passe", "mouette-rabot-clairon").await?;
    window.click("button", "Enregistrer le compte").await?;
    window.says("Compte enregistré.").await?;
    tour.look("equipe-courriel").await
}

async fn see_the_templates(window: &Window, tour: &mut Tour<'_>) -> Outcome {
    window.click("link", "Modèles").await?;
    window.find_starting("button", "Suivi").await?;
    tour.look("equipe-modeles").await?;
    window.click_starting("button", "Suivi").await?;
    window.find("form", "Modifier Suivi").await?;
    tour.look("equipe-modele").await
}

/// There is no such server: the mail waits in the outbox.
async fn send_in_clear(window: &Window, tour: &mut Tour<'_>) -> Outcome {
    window.click_starting("link", "Messagerie").await?;
    window.press("e").await?;
    window.find("heading", "Nouveau message").await?;
    add_recipient(
        window,
        "Ajouter un destinataire",
        "accueil@mairie.example",
        "accueil@mairie.example",
    )
    .await?;
    window.fill("Objet", "Nos horaires").await?;
    window.click("radio", "TLP:CLEAR").await?;
    window
        .fill(
            "Corps du message",
            "Bonjour, la ligne répond de 8 h à 18 h.",
        )
        .await?;
    window.says("chaque serveur traversé peut le lire").await?;
    tour.look("composition-claire").await?;
    window.press("Control+Enter").await?;
    window.says("Message retenu").await?;
    window.click_starting("link", "Boîte d’envoi").await?;
    window.says("Nos horaires").await?;
    tour.look("messagerie-boite-envoi").await
}
