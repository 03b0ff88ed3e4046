#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::super::summary::Person;
use super::super::{Align, Table, render};
use super::crisis::{AssignedFirm, CrisisView, PlannedCase, UnservedCase};
use super::equality::{EqualityReportView, FilterLine, FirmLine};
use super::short_list::{Authority, Change, Origin, ProposedFirm, ShortListView};
use super::*;
use crate::domain::provider::crisis::UnservedReason;
use crate::domain::provider::equality::FirmShare;
use crate::domain::provider::matching::{Filter, Helper, NobodyLeft};
use crate::domain::triage::Grade;

const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn team() -> Team {
    Team {
        name: "CSIRT".into(),
        phone: "02 61 91 00 00".into(),
        mail: "a@csirt.example".into(),
        ..Team::default()
    }
}

fn signature() -> Signature {
    Signature {
        file: "liste.pdf.asc".into(),
        fingerprint: "7c1e04b922d8".into(),
    }
}

fn delegated() -> Authority {
    Authority::Delegated {
        signed_on: "2026-01-05".parse().unwrap(),
        signer: "Solène Kermarec".into(),
        fingerprint: "7c1e04b922d8".into(),
        rules_sha256: DIGEST.into(),
    }
}

fn list(bands: &[u16]) -> ShortListView {
    let firms = bands.iter().enumerate().map(|(place, band)| ProposedFirm {
        name: format!("Firme {place}"),
        band: *band,
        prices: "1 150 € la journée".into(),
        ..ProposedFirm::default()
    });
    ShortListView {
        lang: Lang::Fr,
        reference: "PDL-2026-0042".into(),
        organisation: Some("Menuiserie Batardière".into()),
        tlp: Tlp::Amber,
        team: team(),
        prepared_by: "Titouan Brélivet".into(),
        prepared_at: "2026-03-12T08:42:00Z".parse().unwrap(),
        firms: firms.collect(),
        needs: vec!["Rançongiciel".into()],
        origin: Origin {
            registered: 31,
            passing: 4,
            left_out: 27,
            algorithm: 1,
            seed: 77,
            inputs: DIGEST.into(),
            on: "2026-03-12".parse().unwrap(),
            changes: Vec::new(),
        },
        authority: Authority::Lead(signature()),
        disclaimer: "Sans garantie.".into(),
    }
}

fn change() -> Change {
    Change {
        out: "Firme tirée".into(),
        by: "Firme 1".into(),
        reason: "En congé jusqu’au 20".into(),
    }
}

fn firm_line(name: &str, deviation_hundredths: i32) -> FirmLine {
    FirmLine {
        name: name.into(),
        share: FirmShare {
            firm: uuid::Uuid::nil(),
            passed: 20,
            left_out: 3,
            drawn: 12,
            expected_millionths: 11_236_000,
            real_share: 2_715,
            expected_share: 2_500,
            deviation_hundredths,
            listed: 12,
            chosen: 4,
        },
    }
}

fn report(firms: Vec<FirmLine>) -> EqualityReportView {
    EqualityReportView {
        lang: Lang::Fr,
        tlp: Tlp::Green,
        team: team(),
        prepared_by: "Titouan Brélivet".into(),
        prepared_at: "2026-07-02T07:15:00Z".parse().unwrap(),
        from: "2026-01-01".parse().unwrap(),
        until: "2026-06-30".parse().unwrap(),
        lists: 42,
        names: 118,
        choices: 33,
        changes: Some(2),
        firms,
        filters: vec![FilterLine {
            filter: Filter::Label,
            times: 58,
            firms: (0..7).map(|place| (format!("F{place}"), 9)).collect(),
        }],
        signature: Some(signature()),
        disclaimer: String::new(),
    }
}

fn case(reference: &str, grade: Grade) -> PlannedCase {
    PlannedCase {
        reference: reference.into(),
        organisation: format!("Mairie de {reference}"),
        commune: "Mayenne".into(),
        km: Some(76),
        grade,
        settled: None,
    }
}

fn plan() -> CrisisView {
    let firm = |name: &str, cases: Vec<PlannedCase>| AssignedFirm {
        name: name.into(),
        contact: Person {
            phone: format!("02 61 91 00 0{}", cases.len()),
            ..Person::default()
        },
        cases,
    };
    CrisisView {
        lang: Lang::Fr,
        event: "Hébergeur chiffré".into(),
        on: "2026-03-12".parse().unwrap(),
        tlp: Tlp::AmberStrict,
        team: team(),
        prepared_by: "Titouan Brélivet".into(),
        prepared_at: "2026-03-12T08:42:00Z".parse().unwrap(),
        firms: vec![
            firm(
                "Bocalys",
                vec![case("C1", Grade::G1), case("C2", Grade::G4)],
            ),
            firm("Digue et Rempart", vec![case("C3", Grade::G3)]),
        ],
        unserved: vec![UnservedCase {
            case: case("C4", Grade::G2),
            because: UnservedReason::NobodyPasses {
                instead: NobodyLeft {
                    relax: vec![Filter::Distance],
                    gives: 2,
                    call: vec![Helper::AnssiDelegate],
                },
            },
        }],
        algorithm: 1,
        seed: 77,
        inputs: None,
        helpers: Vec::new(),
        signature: None,
        disclaimer: String::new(),
    }
}

/// All that a document says, block by block.
fn said(document: &Document) -> String {
    format!("{:?}", document.blocks)
        .replace("\\u{a0}", " ")
        .replace("\\u{202f}", " ")
}

fn headings(document: &Document) -> Vec<&str> {
    let blocks = document.blocks.iter();
    let headings = blocks.filter_map(|block| match block {
        Block::Heading(Level::Section, text) => Some(text.as_str()),
        _ => None,
    });
    headings.collect()
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.blocks.iter();
    let tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

/// The text of a cell.
fn text(cell: &Cell) -> String {
    cell.text.iter().map(|span| span.text.as_str()).collect()
}

mod a_short_list {
    use super::super::short_list::document;
    use super::*;

    #[test]
    fn says_first_that_the_order_prefers_nobody_where_all_fit_equally() {
        let said = said(&document(&list(&[1, 1, 1])));
        assert!(
            said.contains("Ces 3 entreprises répondent aussi bien"),
            "{said}"
        );
        assert!(said.contains("ce n’est pas un classement"), "{said}");
        assert!(said.contains("Vous choisissez librement"), "{said}");
    }

    #[test]
    fn does_not_call_equal_what_stands_in_several_bands() {
        let said = said(&document(&list(&[1, 1, 2])));
        assert!(!said.contains("aussi bien"), "{said}");
        assert!(
            said.contains("Les plus adaptées viennent d’abord"),
            "{said}"
        );
    }

    #[test]
    fn of_nobody_says_so_and_asks_to_be_called() {
        let document = document(&list(&[]));
        let said = said(&document);
        assert!(
            said.contains("Aucune entreprise du registre ne remplit"),
            "{said}"
        );
        assert!(said.contains("tel:0261910000"), "{said}");
        let headings = headings(&document);
        assert!(!headings.contains(&"Avant de signer"), "{headings:?}");
    }

    #[test]
    fn tells_how_to_make_it_again() {
        let said = said(&document(&list(&[1, 1])));
        assert!(
            said.contains("Le registre compte 31 entreprises. 4 remplissent"),
            "{said}"
        );
        assert!(said.contains("27 sont écartées"), "{said}");
        assert!(said.contains(DIGEST) && said.contains("\"77\""), "{said}");
        assert!(
            said.contains("Aucun nom n’a été changé à la main"),
            "{said}"
        );
    }

    #[test]
    fn shows_each_change_by_hand_with_its_reason() {
        let mut view = list(&[1, 1]);
        view.origin.changes = vec![change()];
        let document = document(&view);
        let [table] = tables(&document)[..] else {
            panic!("one table of changes");
        };
        let row: Vec<String> = table.rows[0].iter().map(text).collect();
        assert_eq!(row, ["Firme tirée", "Firme 1", "En congé jusqu’au 20"]);
        assert!(!said(&document).contains("Aucun nom n’a été changé"));
    }

    #[test]
    fn by_the_signed_rule_names_who_signed_it_and_when() {
        let view = ShortListView {
            authority: delegated(),
            ..list(&[1, 1])
        };
        let said = said(&document(&view));
        assert!(
            said.contains("Solène Kermarec, responsable de l’équipe, a signé le 5 janvier 2026"),
            "{said}"
        );
        assert!(said.contains("7C1E 04B9 22D8"), "{said}");
        assert!(!said.contains("Brouillon"), "{said}");
    }

    #[test]
    fn changed_by_hand_is_no_list_of_the_signed_rule() {
        let mut view = ShortListView {
            authority: delegated(),
            ..list(&[1, 1])
        };
        view.origin.changes = vec![change()];
        let said = said(&document(&view));
        assert!(said.contains("la règle signée ne la couvre pas"), "{said}");
        assert!(said.contains("Brouillon"), "{said}");
        assert!(!said.contains("a signé le"), "{said}");
    }

    #[test]
    fn without_a_signature_is_a_draft() {
        let view = ShortListView {
            authority: Authority::None,
            ..list(&[1, 1])
        };
        assert!(said(&document(&view)).contains("elle ne doit pas quitter l’équipe"));
        assert!(!said(&document(&list(&[1, 1]))).contains("Brouillon"));
    }

    #[test]
    fn a_firm_that_says_nothing_of_delays_and_labels_is_shown_as_such() {
        let said = said(&document(&list(&[1])));
        assert!(said.contains("À distance seulement"), "{said}");
        assert!(said.contains("Aucun label déclaré"), "{said}");
        assert!(
            !said.contains("Horaires") && !said.contains("Clé OpenPGP"),
            "{said}"
        );
        assert!(said.contains("1 150 € la journée"), "{said}");
    }
}

mod an_equality_report {
    use super::super::equality::document;
    use super::*;

    #[test]
    fn concludes_in_one_sentence_that_nobody_stands_out() {
        let view = report(vec![firm_line("B", 300), firm_line("A", -300)]);
        let said = said(&document(&view));
        assert!(
            said.contains("Aucune entreprise ne s’écarte de plus de 3"),
            "{said}"
        );
    }

    #[test]
    fn names_the_firms_beyond_three_standard_deviations() {
        let view = report(vec![firm_line("B", 301), firm_line("A", 12)]);
        let said = said(&document(&view));
        assert!(
            said.contains("Une entreprise s’écarte de plus de 3"),
            "{said}"
        );
        assert!(said.contains("B (+3,01)"), "{said}");
    }

    #[test]
    fn without_a_list_concludes_nothing() {
        let mut view = report(Vec::new());
        (view.lists, view.names) = (0, 0);
        view.filters.clear();
        let document = document(&view);
        let said = said(&document);
        assert!(said.contains("il n’y a rien à comparer"), "{said}");
        assert!(!said.contains("traitement inégal"), "{said}");
        assert!(tables(&document).is_empty());
    }

    #[test]
    fn lists_firms_by_name_with_real_beside_expected() {
        let view = report(vec![firm_line("Écluse", 5), firm_line("Bocalys", -48)]);
        let document = document(&view);
        let table = tables(&document)[0];
        let rows: Vec<Vec<String>> = table
            .rows
            .iter()
            .map(|row| row.iter().map(text).collect())
            .collect();
        let expected = [
            "Bocalys",
            "20",
            "3",
            "12",
            "11,24",
            "27,2 / 25,0",
            "−0,48",
            "12",
            "4",
        ];
        assert_eq!(rows[0], expected);
        assert_eq!(rows[1][0], "Écluse");
        assert!(
            table.columns[1..]
                .iter()
                .all(|column| column.align == Align::Right)
        );
    }

    #[test]
    fn draws_each_firm_with_a_mark_where_it_was_expected() {
        let view = report((0..40).map(|place| firm_line("F", place)).collect());
        let document = document(&view);
        let bars = document.blocks.iter().find_map(|block| match block {
            Block::Bars(bars) => Some(bars),
            _ => None,
        });
        let bars = bars.unwrap();
        assert_eq!(bars.bars.len(), 14);
        assert_eq!(bars.bars[0].mark, Some(2_500.0));
        assert!(
            bars.alternative.contains("27,2 / 25,0"),
            "{}",
            bars.alternative
        );
        assert!(said(&document).contains("14 entreprises les plus éloignées de l’attendu, sur 40"));
    }

    #[test]
    fn says_nothing_of_a_beneficiary() {
        for (lang, word) in [(Lang::Fr, "bénéficiaire"), (Lang::En, "beneficiary")] {
            let view = EqualityReportView {
                lang,
                ..report(vec![firm_line("A", 0)])
            };
            assert!(!said(&document(&view)).to_lowercase().contains(word));
        }
    }

    #[test]
    fn names_whom_a_filter_leaves_out_most_and_counts_the_others() {
        let document = document(&report(vec![firm_line("A", 0)]));
        let filters = tables(&document)[1];
        let row: Vec<String> = filters.rows[0].iter().map(text).collect();
        assert_eq!(
            row,
            ["Label", "58", "F0 (9), F1 (9), F2 (9), F3 (9) et 3 autres"]
        );
    }
}

mod a_plan {
    use super::super::crisis::{document, for_firm};
    use super::*;

    #[test]
    fn counts_what_is_served_and_what_is_not() {
        let said = said(&document(&plan()));
        assert!(
            said.contains("4 cas : 3 pourvus par 2 entreprises, 1 sans prestataire"),
            "{said}"
        );
        assert!(
            said.contains("Sans une condition (distance), 2 conviendraient."),
            "{said}"
        );
    }

    #[test]
    fn puts_the_gravest_case_of_a_firm_first() {
        let document = document(&plan());
        let rows = &tables(&document)[1].rows;
        assert_eq!(text(&rows[0][0]), "C2");
        assert_eq!(text(&rows[0][4]), "G4 critique");
        assert_eq!(rows[0][4].gauge.unwrap().filled, 4);
    }

    #[test]
    fn sent_to_a_firm_holds_that_firm_s_cases_and_nobody_else_s() {
        let view = plan();
        for (index, own, foreign) in [
            (
                0,
                ["C1", "C2"].as_slice(),
                ["C3", "C4", "Digue et Rempart", "02 61 91 00 01"],
            ),
            (1, &["C3"], ["C1", "C2", "C4", "Bocalys"]),
        ] {
            let document = for_firm(&view, index).unwrap();
            let pdf = render(&document).unwrap();
            assert!(pdf.pages > 0);
            let all = format!("{document:?}");
            for reference in own {
                assert!(
                    all.contains(&format!("\"{reference}\"")),
                    "{reference}: {all}"
                );
            }
            for word in foreign {
                assert!(!all.contains(word), "{word}: {all}");
            }
        }
        assert!(for_firm(&view, 2).is_none());
    }

    #[test]
    fn tells_the_team_why_a_case_was_settled_by_hand_and_the_firm_nothing() {
        let mut view = plan();
        view.firms[0].cases[0].settled = Some("Le maire les connaît.".into());
        let told = said(&document(&view));
        assert!(
            told.contains("Décidé à la main : Le maire les connaît."),
            "{told}"
        );
        let firm = format!("{:?}", for_firm(&view, 0).unwrap());
        assert!(!firm.contains("Le maire"), "{firm}");
    }

    #[test]
    fn without_any_case_says_so() {
        let view = CrisisView {
            firms: Vec::new(),
            unserved: Vec::new(),
            ..plan()
        };
        assert!(said(&document(&view)).contains("Ce plan ne contient aucun cas."));
    }
}

mod every_one {
    use super::*;

    fn documents(lang: Lang) -> Vec<Document> {
        let list = ShortListView {
            lang,
            ..list(&[1, 2])
        };
        let report = EqualityReportView {
            lang,
            ..report(vec![firm_line("A", 0)])
        };
        let plan = CrisisView { lang, ..plan() };
        vec![
            short_list::document(&list),
            equality::document(&report),
            crisis::document(&plan),
            crisis::for_firm(&plan, 0).unwrap(),
        ]
    }

    #[test]
    fn has_headings_of_its_own_in_each_language() {
        for (french, english) in documents(Lang::Fr).iter().zip(&documents(Lang::En)) {
            let (french, english) = (headings(french), headings(english));
            assert_eq!(french.len(), english.len(), "{french:?} {english:?}");
            assert!(
                french.iter().zip(&english).all(|(one, other)| one != other),
                "{french:?} {english:?}"
            );
        }
    }

    #[test]
    fn carries_the_marking_and_the_team_of_its_view() {
        let labels: Vec<Tlp> = documents(Lang::Fr)
            .iter()
            .map(|document| document.marking.tlp)
            .collect();
        assert_eq!(
            labels,
            [Tlp::Amber, Tlp::Green, Tlp::AmberStrict, Tlp::AmberStrict]
        );
        for document in documents(Lang::Fr) {
            assert_eq!(document.issuer.name, "CSIRT");
            assert_eq!(document.footer_note, "02 61 91 00 00 · a@csirt.example");
        }
    }

    #[test]
    fn has_the_same_bytes_each_time() {
        for (one, other) in documents(Lang::En).iter().zip(&documents(Lang::En)) {
            assert_eq!(render(one).unwrap().bytes, render(other).unwrap().bytes);
        }
    }
}
