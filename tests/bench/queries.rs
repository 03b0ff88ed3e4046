//! What people type into the search: words that stand in cases, in the ways in which they are typed.

use relais_core::api::Session;
use relais_core::api::view::CaseView;
use uuid::Uuid;

use crate::Outcome;

/// The queries of each case that gives some.
pub const PER_CASE: usize = 4;

/// Queries from these cases: a word, the beginning of one (3 to 8 letters), two words, and in turn: without accents, in
/// capitals, the organisation, the reference, its place and a word, a telephone number.
pub fn from_cases(session: &Session, cases: &[Uuid]) -> Outcome<Vec<String>> {
    let mut queries = Vec::with_capacity(cases.len() * PER_CASE);
    for (turn, id) in cases.iter().enumerate() {
        let case = session.case(*id)?;
        let words = words(&case);
        let word = |place: usize| words[(place * 7 + turn * 3) % words.len()].clone();
        if words.is_empty() {
            return Err(format!("{} has no words", case.reference).into());
        }
        let beginning = |word: &str| word.chars().take(3 + turn % 6).collect::<String>();
        queries.push(word(0));
        queries.push(beginning(&word(1)));
        queries.push(format!("{} {}", word(2), beginning(&word(3))));
        queries.push(match turn % 6 {
            0 => without_accents(&accented(&words, turn).unwrap_or_else(|| word(4))),
            1 => word(4).to_uppercase(),
            2 => organisation(&case, &word(4)),
            3 => case.reference.clone(),
            4 => format!("{} {}", organisation(&case, ""), word(4)),
            _ => phone(&case).unwrap_or_else(|| word(4)),
        });
    }
    Ok(queries)
}

/// The words of what was told, in their order, each once; the shortest say nothing.
fn words(case: &CaseView) -> Vec<String> {
    let report = &case.report;
    let told = [&report.narrative, &report.impact, &report.actions]
        .into_iter()
        .filter_map(|answer| answer.known().map(String::as_str));
    let mut words = Vec::new();
    for text in std::iter::once(case.title.as_str()).chain(told) {
        for word in text.split(|c: char| !c.is_alphabetic()) {
            if word.chars().count() >= 4 && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
    }
    words
}

fn accented(words: &[String], turn: usize) -> Option<String> {
    let accented: Vec<&String> = words.iter().filter(|word| !word.is_ascii()).collect();
    (!accented.is_empty()).then(|| accented[turn % accented.len()].clone())
}

fn without_accents(word: &str) -> String {
    let plain = |letter| match letter {
        'à' | 'â' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' => 'o',
        'ù' | 'û' => 'u',
        other => other,
    };
    word.chars().map(plain).collect()
}

fn organisation(case: &CaseView, otherwise: &str) -> String {
    let known = case.organisation.as_ref();
    known.map_or(otherwise.to_owned(), |known| known.name.clone())
}

fn phone(case: &CaseView) -> Option<String> {
    let requester = case.report.requester.known()?;
    (!requester.phone.is_empty()).then(|| requester.phone.clone())
}
