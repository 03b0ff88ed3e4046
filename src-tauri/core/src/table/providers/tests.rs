use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::domain::case::Category;
use crate::domain::intake::Person;
use crate::domain::organisation::OrganisationKind;
use crate::domain::provider::{
    Area, Conflict, Label, LabelKind, PrisActivity, PrisLevel, Provider, Sector, Service,
    Technology,
};
use crate::table::sheet;

fn on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 12).unwrap()
}

fn commune(cell: &str) -> Result<String, Trouble> {
    match cell {
        "49007" | "Angers" => Ok("49007".to_owned()),
        "Saint-Martin" => Err(Trouble::AmbiguousCommune),
        _ => Err(Trouble::UnknownCommune),
    }
}

/// The firms of a file, and what is wrong in it.
fn read(bytes: &[u8]) -> (Vec<Provider>, Vec<Problem>) {
    let sheet = sheet(bytes).unwrap();
    let columns = guess(&sheet.header);
    let onto = Onto {
        columns: &columns,
        commune: &commune,
        on: on(),
    };
    let read = sheet
        .rows
        .iter()
        .map(|row| read_row(row, &onto, Provider::default()));
    let (firms, problems): (Vec<_>, Vec<_>) = read.unzip();
    (firms, problems.concat())
}

fn troubles(bytes: &[u8]) -> Vec<(u64, Option<Column>, Trouble)> {
    let (_, problems) = read(bytes);
    problems
        .into_iter()
        .map(|one| (one.line, one.column, one.trouble))
        .collect()
}

#[test]
fn a_table_as_a_colleague_would_type_it_becomes_firms() {
    let text = "Raison sociale;SIRET;Ville;Zone d’intervention;Label;Types d’incident;Technos;Sur place;Astreinte;\
                Délai de réaction;Charte;Couleur\n\
                Digue et Rempart;732 829 320 00074;Angers;44, 49 | 80 km;PRIS élevé (INV, REC) n° 12 jusqu’au 2027-05-01;\
                Rançongiciel, phishing;AD, sauvegardes;oui;24/7;4 h;01/02/2025;bleu\n";
    let (firms, problems) = read(text.as_bytes());
    assert_eq!(problems, []);
    let firm = &firms[0];
    assert_eq!(firm.name, "Digue et Rempart");
    assert_eq!(
        (firm.siren.as_str(), firm.siret.as_str()),
        ("732829320", "73282932000074")
    );
    assert_eq!(firm.commune, "49007");
    let departement = |code: &str| Area::Departement {
        code: code.to_owned(),
    };
    assert_eq!(
        firm.areas,
        [
            departement("44"),
            departement("49"),
            Area::Radius { km: 80 }
        ]
    );
    assert_eq!(
        firm.labels,
        [Label {
            level: Some(PrisLevel::High),
            activities: vec![PrisActivity::Inv, PrisActivity::Rec],
            number: "12".to_owned(),
            expires: NaiveDate::from_ymd_opt(2027, 5, 1),
            ..Label::of(LabelKind::Pris)
        }]
    );
    assert_eq!(firm.categories, [Category::Ransomware, Category::Phishing]);
    assert_eq!(
        firm.technologies,
        [Technology::ActiveDirectory, Technology::Backup]
    );
    assert!(firm.on_site && firm.reaction_hours == Some(4));
    assert_eq!(firm.charter_signed, NaiveDate::from_ymd_opt(2025, 2, 1));
}

#[test]
fn each_fault_is_told_with_its_line_and_its_column() {
    let text = "nom;siret;commune;labels;incidents;capacité;charte\n\
                A;73282932000075;Angers;;;;\n\
                B;;Ici;;;;\n\
                C;;Saint-Martin;;;;\n\
                D;;;;hologramme;;\n\
                E;;;;;beaucoup;\n\
                F;;;;;;31/02/2025\n\
                G;;;Label Rose;;;\n\
                H;;;PRIS jusqu’au 2027-02-30;;;\n\
                I;;;;;;;trop\n\
                ;;;;;;\n\
                ;;Angers;;;;\n";
    let wrong = |line, column, trouble| (line, Some(column), trouble);
    assert_eq!(
        troubles(text.as_bytes()),
        [
            wrong(2, Column::Siret, Trouble::Refused(Mistake::Malformed)),
            wrong(3, Column::Commune, Trouble::UnknownCommune),
            wrong(4, Column::Commune, Trouble::AmbiguousCommune),
            wrong(5, Column::Categories, Trouble::UnknownWord),
            wrong(6, Column::Capacity, Trouble::NotANumber),
            wrong(7, Column::CharterSigned, Trouble::ImpossibleDate),
            wrong(8, Column::Labels, Trouble::UnknownLabel),
            wrong(9, Column::Labels, Trouble::ImpossibleDate),
            (10, None, Trouble::TooManyCells),
            wrong(12, Column::Name, Trouble::Refused(Mistake::Missing)),
        ]
    );
}

#[test]
fn the_first_person_to_reach_has_columns_and_the_others_stay() {
    let (firms, problems) = read(
        "nom;Interlocuteur;Fonction;Tél;E-mail\nDigue;Anaïg Rédo;Gérante;02 61 91 44 08;contact@digue.example\nRempart;;;;\n"
            .as_bytes(),
    );
    assert_eq!(problems, []);
    assert_eq!(firms[0].contacts[0].phone, "02 61 91 44 08");
    assert!(firms[1].contacts.is_empty());
    let mut known = firms[0].clone();
    known.contacts.push(Person {
        name: "Astreinte".to_owned(),
        ..Person::default()
    });
    let again = written([&known]).unwrap();
    let sheet = sheet(&again).unwrap();
    let onto = Onto {
        columns: &guess(&sheet.header),
        commune: &commune,
        on: on(),
    };
    let (firm, _) = read_row(&sheet.rows[0], &onto, known.clone());
    assert_eq!(firm.contacts, known.contacts);
}

#[test]
fn what_is_written_is_no_formula_and_comes_back_as_it_was() {
    let firm = Provider {
        name: "=SOMME(A1)".to_owned(),
        address: "'=1".to_owned(),
        prices: "À la journée; \"1 100 €\"\nsur devis".to_owned(),
        ..Provider::default()
    };
    let table = written([&firm]).unwrap();
    assert!(String::from_utf8_lossy(&table).contains("'=SOMME(A1)"));
    assert_eq!(read(&table), (vec![firm], vec![]));
}

#[test]
fn the_file_that_proves_a_label_stays_when_the_label_comes_again() {
    let known = Provider {
        labels: vec![Label {
            number: "7".to_owned(),
            evidence: "ab".repeat(32),
            ..Label::of(LabelKind::ExpertCyber)
        }],
        ..Provider::default()
    };
    let sheet = sheet(b"nom;label\nA;Expert Cyber n\xc2\xb0 7 jusqu'au 2027-01-01\n").unwrap();
    let columns = guess(&sheet.header);
    let onto = Onto {
        columns: &columns,
        commune: &commune,
        on: on(),
    };
    let (firm, problems) = read_row(&sheet.rows[0], &onto, known.clone());
    assert_eq!(problems, []);
    assert_eq!(firm.labels[0].evidence, known.labels[0].evidence);
    assert_eq!(firm.labels[0].expires, NaiveDate::from_ymd_opt(2027, 1, 1));
}

fn some<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    prop::sample::subsequence(all, 0..=all.len())
}

prop_compose! {
    fn firm()(
        name in "[A-Za-zÉé][A-Za-zé’ -]{0,20}[a-z]",
        prices in "[ -~éè€\n]{0,40}",
        categories in some(&Category::ALL),
        technologies in some(&Technology::ALL),
        services in some(&Service::ALL),
        serves in some(&OrganisationKind::ALL),
        sectors in some(Sector::ALL),
        km in 1..500_u16,
        capacity in 0..20_u16,
        on_site in any::<bool>(),
        hours in prop::option::of(1..72_u16),
        note in "[a-z]{1,8}( [a-z]{1,8}){0,3}",
    ) -> Provider {
        Provider {
            name,
            prices: prices.trim().to_owned(),
            commune: "49007".to_owned(),
            areas: vec![Area::Radius { km }, Area::Region { code: "52".to_owned() }, Area::France],
            on_site,
            on_site_within_hours: hours.filter(|_| on_site),
            reaction_hours: hours,
            categories,
            technologies,
            services,
            serves,
            sectors,
            capacity,
            conflicts: vec![Conflict::Noted { note }],
            ..Provider::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_table_that_was_written_gives_the_same_firms(firms in prop::collection::vec(firm(), 1..4)) {
        let (read, problems) = read(&written(&firms).unwrap());
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(read, firms);
    }
}
