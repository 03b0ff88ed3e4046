//! The screens of the firms, in both themes and at 200 %, under the eyes of axe-core.

use crate::harness::{Outcome, Window, journey};
use crate::screens::{Tour, open_the_gravest_case};

#[tokio::test]
async fn every_screen_of_a_cases_firms() -> Outcome {
    journey("screens-case-firms", async |window| {
        let mut tour = Tour::of(window);
        window.explore().await?;
        tour.look("suivis-du-jour").await?;
        open_the_gravest_case(window).await?;
        window.click("link", "Trouver un prestataire").await?;
        window.find("heading", "Besoins").await?;
        window.says("remplissent les critères").await?;
        tour.look("prestataires-cas").await?;
        window.click("radio", "Tableau").await?;
        window.find_starting("table", "").await?;
        tour.look("prestataires-cas-tableau").await?;
        window.click("radio", "Liste").await?;
        if window
            .names("button")
            .await?
            .iter()
            .any(|name| name == "Tirer une autre liste")
        {
            window.click("button", "Tirer une autre liste").await?;
        }
        window.find("button", "Garder cette liste").await?;
        tour.look("prestataires-tirage").await?;
        window.click("button", "Garder cette liste").await?;
        window.click("button", "Lire au téléphone").await?;
        window.find("dialog", "À lire au téléphone").await?;
        tour.look("prestataires-lire").await?;
        window.click("button", "Noter comme lue").await?;
        window.click("button", "Créer le PDF").await?;
        window.find("dialog", "Liste en PDF").await?;
        window
            .shows_a_page("Aperçu de la liste de prestataires")
            .await?;
        tour.look("prestataires-pdf").await?;
        window.press("Escape").await?;
        window.click_starting("button", "Noter le choix : ").await?;
        window
            .find_starting("dialog", "Choix du bénéficiaire")
            .await?;
        tour.look("prestataires-choix").await?;
        window.click("button", "Noter le choix").await?;
        window.find("button", "Noter le suivi").await?;
        tour.look("prestataires-suivi").await?;
        window.click("button", "Noter le suivi").await?;
        window.find_starting("dialog", "Suivi de").await?;
        tour.look("prestataires-noter-suivi").await?;
        window.press("Escape").await?;
        tour.end()
    })
    .await
}

#[tokio::test]
async fn every_screen_of_the_registry() -> Outcome {
    journey("screens-registry", async |window| {
        let mut tour = Tour::of(window);
        window.explore().await?;
        window.press("g").await?;
        window.press("p").await?;
        window.find("link", "Registre").await?;
        tour.look("registre").await?;
        open_the_first_firm(window).await?;
        tour.look("registre-fiche").await?;
        window.click("button", "Modifier la fiche").await?;
        tour.look("registre-formulaire").await?;
        window.press("Escape").await?;
        window.click("button", "Importer un tableau").await?;
        window.find("dialog", "Importer un tableau").await?;
        let table = window.folder().join("prestataires.csv");
        std::fs::write(&table, TABLE)?;
        window
            .give_file_in(("dialog", "Importer un tableau"), &table)
            .await?;
        window.says("Saint-Exemple-les-Bains").await?;
        tour.look("registre-import").await?;
        window.press("Escape").await?;
        window.click("link", "Règle").await?;
        window.find("heading", "Poids des critères").await?;
        tour.look("registre-regle").await?;
        window.click("link", "Équité").await?;
        window.says("listes").await?;
        tour.look("registre-equite").await?;
        window.click("link", "Crise").await?;
        tour.look("crise").await?;
        window.click("link", "Nouveau plan").await?;
        window.find("heading", "Cas de l’événement").await?;
        window
            .click("button", "Cocher tous ceux qui sont montrés")
            .await?;
        tour.look("crise-choix").await?;
        window.click("button", "Répartir les entreprises").await?;
        window.says("servis").await?;
        tour.look("crise-plan").await?;
        tour.end()
    })
    .await
}

const TABLE: &str = "Nom;Ville;Labels;Téléphone;Remarque\n\
    Digue et Rempart;Saint-Nazaire;ExpertCyber jusqu’au 2027-05-01;02 61 91 44 08;à rappeler\n\
    Nulle part;Saint-Exemple-les-Bains;PRIS;;\n";

async fn open_the_first_firm(window: &Window) -> Outcome {
    window.press("/").await?;
    window.press("Down").await?;
    window.press("Enter").await?;
    window.find("button", "Modifier la fiche").await?;
    Ok(())
}
