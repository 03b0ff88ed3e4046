//! Every commune of France, found by the first letters of its name or by its postcode, without a network.
//!
//! The file is one sorted list, so that a prefix is a contiguous range and nothing is indexed at start; a name is
//! folded only when a search compares it. `data/build.mjs` says how a line is made.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::packed::unpack;
use crate::domain::fold::{fold, fold_place};

/// An intercommunality with its own taxation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Epci {
    /// SIREN.
    pub siren: &'static str,
    /// CC, CA, CU, METRO or MET69.
    pub kind: &'static str,
    /// Name.
    pub name: &'static str,
}

/// A commune as it stands today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commune {
    /// INSEE code.
    pub code: &'static str,
    /// Name with its article.
    pub name: &'static str,
    /// Code of the département.
    pub departement: &'static str,
    /// INSEE code of the region, or of the overseas collectivity.
    pub region: &'static str,
    /// Its intercommunality; four islands and the overseas collectivities have none.
    pub epci: Option<Epci>,
    /// Inhabitants, where counted.
    pub population: Option<u32>,
    /// Postcodes.
    pub postcodes: Vec<&'static str>,
    /// SIREN where it does not follow from the code.
    own_siren: &'static str,
}

impl Commune {
    /// SIREN of the municipality; the overseas collectivities have none in the source.
    #[must_use]
    pub fn siren(&self) -> Option<String> {
        let overseas = ["975", "977", "978", "98"];
        match self.own_siren {
            "" if overseas.iter().any(|code| self.code.starts_with(code)) => None,
            "" => usual_siren(self.code),
            siren => Some(siren.to_owned()),
        }
    }
}

/// A result of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundCommune<'a> {
    /// The commune of today.
    pub commune: &'a Commune,
    /// The name that was met, where it is that of a former commune or of an arrondissement.
    pub by_former_name: Option<&'static str>,
}

/// One name in the sorted list.
struct Entry {
    commune: usize,
    name: NameKind,
}

enum NameKind {
    Full,
    WithoutArticle,
    Former(&'static str),
}

/// The table of communes.
pub struct Communes {
    communes: Vec<Commune>,
    entries: Vec<Entry>,
    /// Today's and former codes.
    by_code: HashMap<&'static str, usize>,
    by_region: HashMap<&'static str, Vec<usize>>,
}

static PACKED: &[u8] = include_bytes!("data/communes.tsv.deflate");
/// Unpacked size is about 2.4 MB; a damaged file must not fill the memory.
const MAX_UNPACKED_BYTES: usize = 8_000_000;

static COMMUNES: LazyLock<Communes> = LazyLock::new(|| {
    let text = unpack(PACKED, MAX_UNPACKED_BYTES);
    // Kept for the life of the program: every name is a slice of it.
    Communes::read(Box::leak(text.into_boxed_str()))
});

/// The table, unpacked at the first call.
#[must_use]
pub fn communes() -> &'static Communes {
    &COMMUNES
}

/// The SIREN that most municipalities have: 21, département, nought, number, Luhn's digit.
fn usual_siren(code: &str) -> Option<String> {
    let (departement, number) = code.split_at_checked(2)?;
    let stem = format!("21{departement}0{number}");
    let digits: Vec<u32> = stem.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 8 {
        return None;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, 2 * digit) {
            (0, twice @ 10..) => twice - 9,
            (0, twice) => twice,
            _ => *digit,
        })
        .sum();
    Some(format!("{stem}{}", (10 - sum % 10) % 10))
}

fn key(name: &str) -> String {
    fold_place(name).replace(' ', "")
}

fn without_article(name: &str) -> &str {
    ["Le ", "La ", "Les ", "L’"]
        .into_iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name)
}

impl Communes {
    fn read(text: &'static str) -> Self {
        let (head, body) = text.split_once("\n\n").unwrap_or(("", ""));
        let epci: Vec<Epci> = head.lines().filter_map(read_epci).collect();
        let mut communes = Vec::new();
        // In the order of the list, with the code of a commune that may stand further down.
        let mut names = Vec::new();
        let mut formers = Vec::new();
        for (kind, fields) in body.lines().filter_map(|line| line.split_once('\t')) {
            let mut fields = fields.split('\t');
            match (kind, fields.next()) {
                ("c", Some(code)) => {
                    communes.extend(read_commune(code, fields, &epci));
                    names.push((code, NameKind::Full));
                }
                ("a", Some(code)) => names.push((code, NameKind::WithoutArticle)),
                ("f", Some(old_code)) => {
                    if let (Some(old_name), Some(code)) = (fields.next(), fields.next()) {
                        names.push((code, NameKind::Former(old_name)));
                        formers.push((old_code, code));
                    }
                }
                _ => {}
            }
        }
        let ranked = communes.iter().enumerate();
        let mut by_code: HashMap<_, _> = ranked.map(|(rank, one)| (one.code, rank)).collect();
        let entries = names
            .into_iter()
            .filter_map(|(code, name)| {
                let commune = *by_code.get(code)?;
                Some(Entry { commune, name })
            })
            .collect();
        for (old_code, code) in formers {
            if let Some(&commune) = by_code.get(code) {
                by_code.entry(old_code).or_insert(commune);
            }
        }
        let mut by_region: HashMap<_, Vec<usize>> = HashMap::new();
        for (rank, commune) in communes.iter().enumerate() {
            by_region.entry(commune.region).or_default().push(rank);
        }
        Self {
            communes,
            entries,
            by_code,
            by_region,
        }
    }

    /// Every commune of today, by search key.
    pub fn iter(&self) -> impl Iterator<Item = &Commune> {
        self.communes.iter()
    }

    /// Every commune of a region (INSEE code), by search key.
    #[must_use]
    pub fn of_region(&self, region: &str) -> Vec<&Commune> {
        let ranks = self.by_region.get(region).into_iter().flatten();
        ranks.filter_map(|rank| self.communes.get(*rank)).collect()
    }

    /// The commune of an INSEE code; a former commune's code gives the commune that took it in.
    #[must_use]
    pub fn by_insee(&self, code: &str) -> Option<&Commune> {
        self.communes.get(*self.by_code.get(code)?)
    }

    /// Communes whose name begins so, or whose postcode does; name and postcode (or département) may stand together
    /// (« nantes 44 »). Those of `region_first` (INSEE code) come first, then exact names, then the most populous.
    #[must_use]
    pub fn search(
        &self,
        text: &str,
        region_first: Option<&str>,
        limit: usize,
    ) -> Vec<FoundCommune<'_>> {
        let folded = fold(text);
        let (codes, words): (Vec<&str>, Vec<&str>) = folded
            .split(' ')
            .filter(|word| !word.is_empty())
            .partition(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        let code = codes.concat();
        let mut found = match (words.is_empty(), code.is_empty()) {
            (true, true) => return Vec::new(),
            (true, false) => self.by_postcode(&code),
            (false, _) => self.by_name(&words.join(" ")),
        };
        if !words.is_empty() {
            found.retain(|(found, _)| has_code(found.commune, &code));
        }
        found.sort_by_cached_key(|(found, exact)| {
            let commune = found.commune;
            (
                Reverse(region_first.is_some_and(|region| region == commune.region)),
                Reverse(*exact),
                found.by_former_name.is_some(),
                Reverse(commune.population.unwrap_or(0)),
                commune.code,
            )
        });
        let mut seen = HashSet::new();
        found.retain(|(found, _)| seen.insert(found.commune.code));
        found.truncate(limit);
        found.into_iter().map(|(found, _)| found).collect()
    }

    /// Intercommunalities whose name holds all of these words, or whose SIREN begins so. Those with a commune of
    /// `region_first` (INSEE code) come first, then those whose name begins so.
    #[must_use]
    pub fn epcis(&self, text: &str, region_first: &str, limit: usize) -> Vec<Epci> {
        let wanted = fold(text);
        let siren = wanted.replace(' ', "");
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut is_near: HashMap<&str, (Epci, bool)> = HashMap::new();
        for commune in &self.communes {
            if let Some(epci) = commune.epci {
                let (_, near) = is_near.entry(epci.siren).or_insert((epci, false));
                *near |= commune.region == region_first;
            }
        }
        let mut found: Vec<_> = is_near
            .into_values()
            .map(|(epci, near)| (epci, near, fold(epci.name)))
            .filter(|(epci, _, name)| {
                epci.siren.starts_with(&siren) || wanted.split(' ').all(|word| name.contains(word))
            })
            .collect();
        found.sort_unstable_by(|(a, a_near, a_name), (b, b_near, b_name)| {
            let begins = |name: &str| !name.starts_with(&wanted);
            (!a_near, begins(a_name), a_name, a.siren).cmp(&(
                !b_near,
                begins(b_name),
                b_name,
                b.siren,
            ))
        });
        found.truncate(limit);
        found.into_iter().map(|(epci, ..)| epci).collect()
    }

    fn key_of(&self, entry: &Entry) -> String {
        let name = self
            .communes
            .get(entry.commune)
            .map_or("", |commune| commune.name);
        match entry.name {
            NameKind::Full => key(name),
            NameKind::WithoutArticle => key(without_article(name)),
            NameKind::Former(name) => key(name),
        }
    }

    /// With each result, whether the whole name was met.
    fn by_name(&self, words: &str) -> Vec<(FoundCommune<'_>, bool)> {
        let mut found = Vec::new();
        // "st" may be a saint, or the first letters of Stains.
        let mut wanted = vec![key(words), words.replace(' ', "")];
        wanted.dedup();
        for wanted in &wanted {
            let start = self
                .entries
                .partition_point(|entry| self.key_of(entry) < *wanted);
            let rest = &self.entries[start..];
            let exact = rest.partition_point(|entry| self.key_of(entry) == *wanted);
            let range = rest.partition_point(|entry| self.key_of(entry).starts_with(wanted));
            for (place, entry) in rest[..range].iter().enumerate() {
                let Some(commune) = self.communes.get(entry.commune) else {
                    continue;
                };
                let by_former_name = match entry.name {
                    NameKind::Former(name) => Some(name),
                    NameKind::Full | NameKind::WithoutArticle => None,
                };
                let result = FoundCommune {
                    commune,
                    by_former_name,
                };
                found.push((result, place < exact));
            }
        }
        found
    }

    fn by_postcode(&self, code: &str) -> Vec<(FoundCommune<'_>, bool)> {
        self.communes
            .iter()
            .filter(|commune| has_code(commune, code))
            .map(|commune| {
                let result = FoundCommune {
                    commune,
                    by_former_name: None,
                };
                (result, commune.postcodes.contains(&code))
            })
            .collect()
    }
}

/// Whether a postcode begins so, or the département or commune is this one.
fn has_code(commune: &Commune, code: &str) -> bool {
    commune
        .postcodes
        .iter()
        .any(|postcode| postcode.starts_with(code))
        || commune.departement == code
        || commune.code == code
}

fn read_epci(line: &'static str) -> Option<Epci> {
    let mut fields = line.split('\t').skip(1);
    Some(Epci {
        siren: fields.next()?,
        kind: fields.next()?,
        name: fields.next()?,
    })
}

fn read_commune(
    code: &'static str,
    mut fields: impl Iterator<Item = &'static str>,
    epci: &[Epci],
) -> Option<Commune> {
    Some(Commune {
        code,
        name: fields.next()?,
        departement: fields.next()?,
        region: fields.next()?,
        epci: fields
            .next()?
            .parse::<usize>()
            .ok()
            .and_then(|rank| epci.get(rank).copied()),
        population: fields.next()?.parse().ok(),
        own_siren: fields.next()?,
        postcodes: fields.next()?.split_whitespace().collect(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::domain::identifiers::{Postcode, Siren};
    use std::time::Instant;

    fn names(text: &str, limit: usize) -> Vec<&'static str> {
        communes()
            .search(text, Some("52"), limit)
            .into_iter()
            .map(|found| found.commune.name)
            .collect()
    }

    #[test]
    fn the_whole_country_is_there() {
        assert_eq!(communes().iter().count(), 34_969);
        assert!(communes().entries.len() > 37_000);
    }

    #[test]
    fn pays_de_la_loire_has_its_1_228_communes_by_departement() {
        let count = |departement: &str| {
            communes()
                .iter()
                .filter(|commune| commune.region == "52" && commune.departement == departement)
                .count()
        };
        let counts = ["44", "49", "53", "72", "85"].map(count);
        assert_eq!(counts, [207, 176, 240, 352, 253]);
        assert_eq!(communes().of_region("52").len(), 1_228);
    }

    #[test]
    fn an_intercommunality_is_found_by_a_word_of_its_name_or_its_siren() {
        let named = |text: &str| -> Vec<&str> {
            let found = communes().epcis(text, "52", 5);
            found.iter().map(|epci| epci.name).collect()
        };
        assert_eq!(named("nantes"), ["Nantes Métropole"]);
        assert_eq!(named("metropole nantes"), ["Nantes Métropole"]);
        assert_eq!(named("2444 00404"), ["Nantes Métropole"]);
        // Those of the region come before the others of the country.
        let several = named("métropole");
        assert_eq!(several.len(), 5);
        let at_home = [
            "CU Angers Loire Métropole",
            "CU Le Mans Métropole",
            "Nantes Métropole",
        ];
        assert_eq!(several[..3], at_home);
        assert!(named(" ").is_empty() && named("nulle part").is_empty());
    }

    #[test]
    fn all_71_epci_of_the_region_hold_a_commune_and_only_the_ile_d_yeu_has_none() {
        let region = || communes().iter().filter(|commune| commune.region == "52");
        let without: Vec<_> = region()
            .filter(|commune| commune.epci.is_none())
            .map(|commune| commune.name)
            .collect();
        assert_eq!(without, ["L’Île-d’Yeu"]);
        let epci: HashSet<_> = region()
            .filter_map(|commune| commune.epci)
            .map(|epci| epci.siren)
            .collect();
        assert_eq!(epci.len(), 71);
    }

    #[test]
    fn the_list_is_sorted_by_the_key_that_searches_use() {
        let keys: Vec<String> = communes()
            .entries
            .iter()
            .map(|entry| communes().key_of(entry))
            .collect();
        assert!(keys.is_sorted());
        assert!(keys.iter().all(|key| !key.is_empty() && key.is_ascii()));
    }

    #[test]
    fn every_siren_and_postcode_holds() {
        let mut sirens = HashSet::new();
        for commune in communes().iter() {
            if let Some(siren) = commune.siren() {
                siren.parse::<Siren>().unwrap();
                assert!(sirens.insert(siren), "{} twice", commune.name);
            }
            for postcode in &commune.postcodes {
                postcode.parse::<Postcode>().unwrap();
            }
        }
        assert!(sirens.len() > 34_870);
        let nantes = communes().by_insee("44109").unwrap();
        assert_eq!(nantes.siren().as_deref(), Some("214401093"));
        assert_eq!(communes().by_insee("97502").unwrap().siren(), None);
        assert_eq!(nantes.epci.unwrap().siren, "244400404");
    }

    #[test]
    fn a_name_is_found_by_its_first_letters_whatever_the_accents_and_hyphens() {
        assert_eq!(names("nant", 1), ["Nantes"]);
        assert_eq!(names("chalonnes sur", 1), ["Chalonnes-sur-Loire"]);
        assert_eq!(names("ILE D'YEU", 1), ["L’Île-d’Yeu"]);
        assert_eq!(names("l’île d’yeu", 1), ["L’Île-d’Yeu"]);
        assert_eq!(names("mans", 1), ["Le Mans"]);
        assert_eq!(names("le mans", 1), ["Le Mans"]);
        assert_eq!(names("laroche sur yon", 1), ["La Roche-sur-Yon"]);
    }

    #[test]
    fn st_is_a_saint_and_also_the_beginning_of_other_names() {
        assert_eq!(names("st nazaire", 1), ["Saint-Nazaire"]);
        assert_eq!(names("ste luce", 1), ["Sainte-Luce-sur-Loire"]);
        assert!(names("st", 10_000).contains(&"Stains"));
        assert!(names("st", 10_000).contains(&"Saint-Nazaire"));
    }

    #[test]
    fn a_postcode_gives_all_its_communes_and_narrows_a_name() {
        assert_eq!(names("44000", 5), ["Nantes"]);
        assert!(names("85300", 20).contains(&"Challans"));
        assert_eq!(names("saint-denis 93", 1), ["Saint-Denis"]);
        let found = communes().search("Saint-Denis 974", None, 1);
        assert_eq!(found[0].commune.departement, "974");
    }

    #[test]
    fn the_team_s_region_comes_first_then_the_exact_name() {
        let regions = |first| {
            communes()
                .search("laval", first, 3)
                .into_iter()
                .map(|found| found.commune.region)
                .collect::<Vec<_>>()
        };
        assert_eq!(regions(Some("52"))[0], "52");
        assert_eq!(names("rennes", 1), ["Rennes-en-Grenouilles"]);
        let open = communes().search("rennes", None, 1);
        assert_eq!(open[0].commune.code, "35238");
    }

    #[test]
    fn a_former_commune_leads_to_the_one_that_took_it_in() {
        let found = communes().search("Champtoceaux", Some("52"), 1)[0];
        assert_eq!(found.commune.name, "Orée d’Anjou");
        assert_eq!(found.by_former_name, Some("Champtoceaux"));
        assert_eq!(communes().by_insee("49069").unwrap().name, "Orée d’Anjou");
        let paris = communes().by_insee("75112").unwrap();
        assert_eq!(paris.name, "Paris");
    }

    #[test]
    fn nothing_typed_and_nonsense_find_nothing() {
        assert_eq!(communes().search("", None, 10), []);
        assert_eq!(communes().search(" -’", None, 10), []);
        assert_eq!(communes().search("zzzzz", None, 10), []);
        assert_eq!(communes().search("99999999", None, 10), []);
        assert_eq!(communes().by_insee("44000"), None);
    }

    #[test]
    fn a_search_is_quick_enough_to_follow_typing() {
        let _ = communes();
        let texts = ["s", "st", "saint", "nantes", "4", "44", "44000", "la"];
        let begin = Instant::now();
        for text in texts {
            let _ = communes().search(text, Some("52"), 20);
        }
        // Far above the release figure: it catches a scan gone quadratic, on any machine.
        let each = begin.elapsed() / 8;
        assert!(each.as_millis() < 250, "{each:?}");
    }
}
