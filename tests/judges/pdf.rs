//! veraPDF, poppler and qpdf judge every document that the application makes.
//!
//! Each judge is a program that we did not write. Where one is missing the test fails and says what
//! brings it: a judge that does not sit has acquitted nobody.

#[path = "pdf/firms.rs"]
mod firms;
#[path = "pdf/gallery.rs"]
mod gallery;
#[path = "pdf/programs.rs"]
mod programs;
#[path = "pdf/sample.rs"]
mod sample;

use programs::{pdffonts, pdfinfo, pdftotext, qpdf_check, vera};
use relais_core::domain::case::Audience;
use relais_core::domain::rfc2350::{self, readiness};
use relais_core::reference::profiles;
use relais_core::reference::rfc2350::criteria::criteria;
use relais_core::reference::rfc2350::documents;
use relais_core::report::firms::{crisis, equality, short_list};
use relais_core::report::{Document, Lang, Pdf, render, summary};
use sample::{DIGEST, Length};

const AUDIENCES: [Audience; 3] = [Audience::Beneficiary, Audience::CertFr, Audience::Internal];
const LANGS: [Lang; 2] = [Lang::Fr, Lang::En];
const LENGTHS: [Length; 3] = [Length::Short, Length::Medium, Length::Long];

fn made(document: &Document) -> Pdf {
    render(document).unwrap()
}

fn summary(audience: Audience, lang: Lang, length: Length) -> Pdf {
    made(&summary::document(&sample::view(audience, lang, length)))
}

/// The shipped RFC 2350 document of Pays de la Loire.
fn rfc2350_document(lang: Lang) -> Document {
    let lang = match lang {
        Lang::Fr => rfc2350::Lang::Fr,
        Lang::En => rfc2350::Lang::En,
    };
    let (document, profile) = (documents::pays_de_la_loire(), profiles::pays_de_la_loire());
    let key = rfc2350::TeamKeyFacts {
        user_id: profile.mail.clone(),
        fingerprint: "0123456789ABCDEF0123456789ABCDEF01234567".to_owned(),
        ..rfc2350::TeamKeyFacts::default()
    };
    let edition = relais_core::report::rfc2350::Edition {
        version: &document.version,
        draft: false,
        made_at: chrono::DateTime::UNIX_EPOCH,
    };
    let composed = rfc2350::compose(&document, &profile, &key, lang);
    relais_core::report::rfc2350::document(&composed, &profile, &edition)
}

/// A candidature before anything was stated.
fn readiness_document(lang: Lang) -> Document {
    let lang = match lang {
        Lang::Fr => rfc2350::Lang::Fr,
        Lang::En => rfc2350::Lang::En,
    };
    let sheet = relais_core::report::readiness::Sheet {
        programme: "InterCERT France",
        lang,
        profile: &profiles::pays_de_la_loire(),
        on: chrono::NaiveDate::default(),
        made_at: chrono::DateTime::UNIX_EPOCH,
        notes: [("intercert_fee".to_owned(), "Payée.".to_owned())].into(),
    };
    let assessed = readiness::assess(criteria(), &readiness::Facts::default());
    relais_core::report::readiness::document(&sheet, &assessed)
}

/// Every template for every audience, in every language and length, with a name for its file.
fn every_document() -> Vec<(String, Pdf)> {
    let mut all = Vec::new();
    for audience in AUDIENCES {
        for lang in LANGS {
            for length in LENGTHS {
                all.push((
                    format!("summary-{audience:?}-{lang:?}-{length:?}"),
                    summary(audience, lang, length),
                ));
            }
        }
    }
    all.push((
        "summary-hostile".into(),
        made(&summary::document(&sample::hostile())),
    ));
    for lang in LANGS {
        all.push((format!("gallery-{lang:?}"), made(&gallery::document(lang))));
        all.push((format!("rfc2350-{lang:?}"), made(&rfc2350_document(lang))));
        all.push((
            format!("readiness-{lang:?}"),
            made(&readiness_document(lang)),
        ));
    }
    let firms = firms::every_document().into_iter();
    all.extend(firms.map(|(name, document)| (format!("firms-{name}"), made(&document))));
    all
}

#[test]
fn verapdf_passes_every_document_as_archival_and_as_accessible() {
    let documents = every_document();
    let verdicts = vera(&documents);
    let passes = verdicts
        .lines()
        .filter(|line| line.starts_with("PASS "))
        .count();
    assert_eq!(passes, 2 * documents.len(), "{verdicts}");
}

#[test]
fn verapdf_refuses_a_file_without_its_tags() {
    let pdf = summary(Audience::Beneficiary, Lang::Fr, Length::Short);
    let untagged = String::from_utf8_lossy(&pdf.bytes).contains("/MarkInfo");
    assert!(untagged, "the catalog is not compressed");
    // Same length, so that the cross-reference table stays true.
    let mut bytes = pdf.bytes;
    for name in [b"/MarkInfo".as_slice(), b"/StructTreeRoot"] {
        let mut from = 0;
        while let Some(at) = bytes[from..]
            .windows(name.len())
            .position(|window| window == name)
        {
            bytes[from + at + 1] = b'X';
            from += at + 1;
        }
    }
    let verdicts = vera(&[(
        "untagged".into(),
        Pdf {
            bytes,
            pages: pdf.pages,
        },
    )]);
    assert_eq!(
        verdicts
            .lines()
            .filter(|line| line.starts_with("FAIL "))
            .count(),
        2,
        "{verdicts}"
    );
}

#[test]
fn each_font_is_embedded_subset_and_tells_its_text() {
    for (name, pdf) in every_document() {
        let fonts = pdffonts(&pdf);
        assert!(!fonts.is_empty(), "{name}");
        for font in fonts {
            assert!(font.contains(" yes yes yes "), "{name}: {font}");
        }
    }
}

#[test]
fn qpdf_finds_no_fault() {
    for (name, pdf) in every_document() {
        let told = qpdf_check(&pdf);
        assert!(
            told.contains("No syntax or stream encoding errors found"),
            "{name}: {told}"
        );
    }
}

#[test]
fn the_text_comes_out_as_it_went_in() {
    let text = pdftotext(&summary(Audience::Internal, Lang::Fr, Length::Medium));
    for expected in [
        "Synthèse d’incident",
        "Rançongiciel, Menuiserie Batardière",
        "Saint-Étienne-du-Bois",
        "«\u{202f}.lockd\u{202f}»",
        "48\u{202f}200\u{202f}€\u{202f};",
        "Cœur de réseau",
        "12 mars 2026, 09\u{202f}h\u{202f}42",
        "Vendredi 6 mars 2026",
        "TLP:RED",
        "PAP:AMBER",
        "7C1E 04B9 22D8 5F60 A3C7 9B14 E6D2 0F8A 51B3 C94E",
        "Page 1 / ",
        DIGEST,
    ] {
        // poppler gives every space as the plain one.
        let expected = expected.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(text.contains(&expected), "{expected:?} is not in\n{text}");
    }
}

#[test]
fn the_text_of_the_documents_about_firms_comes_out_as_it_went_in() {
    let list = short_list::document(&firms::list(Lang::Fr));
    let report = equality::document(&firms::report(Lang::Fr, true));
    let plan = crisis::document(&firms::plan(Lang::Fr, 50));
    let expected = [
        (
            list,
            [
                "Prestataires proposés pour votre dossier",
                "ce n’est pas un classement",
                "1 150 € HT",
                "4503599627370495",
            ],
        ),
        (
            report,
            [
                "20,3 / 18,9 %",
                "Écluse numérique",
                "Bocalys (−3,44)",
                "Part attendue",
            ],
        ),
        (
            plan,
            [
                "Nuage d’Exemple",
                "G4 critique",
                "TLP:AMBER+STRICT",
                "Mayenne",
            ],
        ),
    ];
    for (document, words) in expected {
        // A hyphen of a word at the end of a line stays one.
        let text = pdftotext(&made(&document)).replace("-\u{2060}\n", "-");
        for word in words {
            assert!(text.contains(word), "{word:?} is not in\n{text}");
        }
    }
    let digest = pdftotext(&made(&short_list::document(&firms::list(Lang::Fr))));
    assert!(digest.replace('\n', "").contains(DIGEST), "{digest}");
}

#[test]
fn a_word_hyphenated_over_two_lines_is_whole_again_in_the_text() {
    let text = pdftotext(&summary(Audience::Beneficiary, Lang::Fr, Length::Medium));
    assert!(
        text.contains("\u{ad}\n"),
        "no word of the sample is hyphenated any more:\n{text}"
    );
    assert!(
        text.replace("\u{ad}\n", "").contains("extraordinairement"),
        "{text}"
    );
    // A hyphen of the word itself stays one, also at the end of a line.
    let narrow = pdftotext(&made(&gallery::document(Lang::Fr)));
    let joined = narrow.replace("-\u{2060}\n", "-").replace('\n', " ");
    assert_eq!(
        joined.matches("Saint-Étienne-lès-Forêts").count(),
        gallery::COMMUNES,
        "{narrow}"
    );
}

#[test]
fn every_page_carries_its_marking_in_header_and_footer() {
    let pdf = summary(Audience::CertFr, Lang::Fr, Length::Long);
    let text = pdftotext(&pdf);
    let pages: Vec<&str> = text
        .split('\u{c}')
        .filter(|page| !page.trim().is_empty())
        .collect();
    assert_eq!(pages.len(), pdf.pages);
    for (index, page) in pages.iter().enumerate() {
        let own = if index == 0 { 3 } else { 2 };
        assert_eq!(
            page.matches("TLP:AMBER+STRICT").count(),
            own,
            "page {}:\n{page}",
            index + 1
        );
        assert!(
            page.contains("Ne pas transmettre à l’assureur"),
            "page {}",
            index + 1
        );
        assert!(
            page.contains(&format!("Page {} / {}", index + 1, pdf.pages)),
            "page {}",
            index + 1
        );
    }
}

#[test]
fn poppler_reads_the_title_and_the_tags() {
    let told = pdfinfo(&summary(Audience::Beneficiary, Lang::Fr, Length::Short));
    assert!(
        told.contains("Synthèse d’incident PDL-2026-0042 – Rançongiciel, Menuiserie Batardière"),
        "{told}"
    );
    assert!(
        told.lines()
            .any(|line| line.starts_with("Tagged:") && line.ends_with("yes")),
        "{told}"
    );
}

#[test]
fn two_renders_of_one_document_are_the_same_bytes() {
    for ((name, one), (_, other)) in every_document().into_iter().zip(every_document()) {
        assert!(one.bytes == other.bytes, "{name}");
    }
}

#[test]
fn hostile_text_prints_no_control_and_no_direction() {
    let text = pdftotext(&made(&summary::document(&sample::hostile())));
    let allowed = |c: char| c == '\n' || c == '\u{c}';
    let leaked = text.chars().find(|c| {
        c.is_control() && !allowed(*c) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e000}'..='\u{f8ff}')
    });
    assert_eq!(leaked, None);
    assert!(text.contains("facture□fdp.exe"));
    assert!(
        text.contains("</rdf:li></x:xmpmeta>")
            || text.replace('\n', "").contains("</rdf:li></x:xmpmeta>")
    );
    assert!(text.replace('\n', "").contains("Здравствуй"));
}
