//! Where every commune lies, without a network: its town hall, or the middle of the commune where that is unknown.
//!
//! `data/places.mjs` makes the file and says how a place is chosen.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;
use ts_rs::TS;

use super::communes::communes;
use super::packed::unpack;
use crate::domain::geo::Place;

/// The place of a commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Located {
    /// The point, to about 10 m.
    pub place: Place,
    /// Whether it is not the town hall but the middle of the commune, or of those of its postcode: some km off at
    /// most in Europe, more in Guyane.
    pub approximate: bool,
}

/// The table of places.
pub struct Places {
    /// By the code of today's commune.
    located: HashMap<&'static str, Located>,
}

static PACKED: &[u8] = include_bytes!("data/places.tsv.deflate");
/// Unpacked size is about 0.7 MB; a damaged file must not fill the memory.
const MAX_UNPACKED_BYTES: usize = 2_000_000;
/// The file counts in ten-thousandths of a degree.
const MICRODEGREES: i32 = 100;

static PLACES: LazyLock<Places> =
    LazyLock::new(|| Places::read(&unpack(PACKED, MAX_UNPACKED_BYTES)));

/// The table, unpacked at the first call.
#[must_use]
pub fn places() -> &'static Places {
    &PLACES
}

impl Places {
    fn read(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| {
            let (code, located) = read_line(line)?;
            // The key outlives the text.
            Some((communes().by_insee(code)?.code, located))
        });
        Self {
            located: lines.collect(),
        }
    }

    /// The place of an INSEE code; a former commune's code gives that of the commune that took it in. The
    /// collectivities overseas (975, 977, 978, 98) have none.
    #[must_use]
    pub fn of(&self, insee_code: &str) -> Option<Located> {
        // Most codes are of today and need no second look.
        let found = self.located.get(insee_code).copied();
        found.or_else(|| {
            let today = communes().by_insee(insee_code)?;
            self.located.get(today.code).copied()
        })
    }

    /// Every commune of a region (INSEE code) with its place, by search key; empty for an unknown region.
    #[must_use]
    pub fn of_region(&self, region: &str) -> Vec<(&'static str, Located)> {
        let communes = communes().of_region(region).into_iter();
        communes
            .filter_map(|commune| Some((commune.code, *self.located.get(commune.code)?)))
            .collect()
    }
}

fn read_line(line: &str) -> Option<(&str, Located)> {
    let mut fields = line.split('\t');
    let code = fields.next()?;
    let mut degrees = || {
        fields
            .next()?
            .parse::<i32>()
            .ok()?
            .checked_mul(MICRODEGREES)
    };
    let place = Place {
        latitude: degrees()?,
        longitude: degrees()?,
    };
    let approximate = fields.next()? != "0";
    Some((code, Located { place, approximate }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::reference::communes::Commune;
    use std::collections::BTreeMap;
    use std::ops::RangeInclusive;
    use std::time::Instant;

    fn of(code: &str) -> Place {
        places().of(code).unwrap().place
    }

    fn lies_in(place: Place, north: &RangeInclusive<f64>, east: &RangeInclusive<f64>) -> bool {
        let degrees = |microdegrees: i32| f64::from(microdegrees) / 1_000_000.0;
        north.contains(&degrees(place.latitude)) && east.contains(&degrees(place.longitude))
    }

    fn is_far_overseas(commune: &Commune) -> bool {
        let collectivities = ["975", "977", "978", "98"];
        collectivities
            .iter()
            .any(|code| commune.code.starts_with(code))
    }

    #[test]
    fn every_commune_has_a_place_and_few_are_approximate() {
        let mut approximate = 0;
        for commune in communes().iter() {
            let located = places().of(commune.code);
            assert_eq!(
                located.is_none(),
                is_far_overseas(commune),
                "{}",
                commune.name
            );
            approximate += usize::from(located.is_some_and(|located| located.approximate));
        }
        assert_eq!(places().located.len(), 34_875);
        assert_eq!(approximate, 1_626);
    }

    #[test]
    fn all_1_228_communes_of_pays_de_la_loire_lie_in_it() {
        let region = places().of_region("52");
        assert_eq!(region.len(), 1_228);
        for (code, located) in &region {
            let inside = lies_in(located.place, &(46.2..=48.7), &(-2.8..=1.0));
            assert!(inside, "{code} {located:?}");
        }
        let approximate = region.iter().filter(|(_, located)| located.approximate);
        assert_eq!(approximate.count(), 60);
        assert_eq!(places().of_region("00"), []);
    }

    #[test]
    fn every_commune_lies_in_its_part_of_the_world() {
        for commune in communes().iter() {
            let (north, east) = match commune.departement {
                "971" => (15.8..=16.6, -61.9..=-61.0),
                "972" => (14.3..=14.9, -61.3..=-60.8),
                "973" => (2.1..=5.8, -54.7..=-51.6),
                "974" => (-21.4..=-20.8, 55.2..=55.9),
                "976" => (-13.1..=-12.6, 45.0..=45.4),
                "2A" | "2B" => (41.3..=43.1, 8.5..=9.6),
                _ if is_far_overseas(commune) => continue,
                _ => (42.3..=51.1, -5.2..=8.3),
            };
            let place = of(commune.code);
            assert!(lies_in(place, &north, &east), "{} {place:?}", commune.name);
        }
    }

    fn median(mut values: Vec<i32>) -> i32 {
        values.sort_unstable();
        values[values.len() / 2]
    }

    /// How far each commune of an EPCI lies from their median, in km.
    fn from_the_middle(communes: &[&Commune]) -> Vec<(u32, &'static str)> {
        let of_all = |axis: fn(Place) -> i32| {
            median(communes.iter().map(|one| axis(of(one.code))).collect())
        };
        let middle = Place {
            latitude: of_all(|place| place.latitude),
            longitude: of_all(|place| place.longitude),
        };
        let distances = communes
            .iter()
            .map(|one| (middle.distance_km(of(one.code)), one.code));
        distances.collect()
    }

    #[test]
    fn the_communes_of_an_epci_lie_together() {
        let mut members: BTreeMap<&str, Vec<&Commune>> = BTreeMap::new();
        for commune in communes().iter().filter(|one| !is_far_overseas(one)) {
            if let Some(epci) = commune.epci {
                members.entry(epci.siren).or_default().push(commune);
            }
        }
        let mut far: Vec<&str> = members
            .values()
            .flat_map(|members| from_the_middle(members))
            .filter(|(km, code)| *km > 45 && !code.starts_with("973"))
            .map(|(_, code)| code)
            .collect();
        far.sort_unstable();
        // The town halls of all seven stand in their own outlines: the high valleys of the métropole of Nice, the far
        // end of that of Marseille, the south of Médoc Atlantique, the coast of the Basque country. So do Guyane's.
        let known = [
            "06119", "06120", "13078", "33214", "64130", "64260", "64545",
        ];
        assert_eq!(far, known);
    }

    #[test]
    fn the_communes_of_pays_de_la_loire_lie_within_30_km_of_their_epci() {
        let mut members: BTreeMap<&str, Vec<&Commune>> = BTreeMap::new();
        for commune in communes().of_region("52") {
            if let Some(epci) = commune.epci {
                members.entry(epci.siren).or_default().push(commune);
            }
        }
        let distances = members
            .values()
            .flat_map(|members| from_the_middle(members));
        let (km, code) = distances.max().unwrap();
        assert!((20..30).contains(&km), "{code}: {km} km");
    }

    #[test]
    fn known_distances_come_out() {
        let between = |one: &str, other: &str| of(one).distance_km(of(other));
        let (nantes, angers, le_mans) = ("44109", "49007", "72181");
        let (laval, la_roche, saint_nazaire) = ("53130", "85191", "44184");
        assert_eq!(between(nantes, angers), 81);
        assert_eq!(between(le_mans, la_roche), 193);
        assert_eq!(between(laval, saint_nazaire), 140);
        assert_eq!(between("75056", "13055"), 661);
    }

    #[test]
    fn a_former_commune_leads_to_the_one_that_took_it_in() {
        assert_eq!(places().of("49069"), places().of("49126"));
        assert_eq!(places().of("75112"), places().of("75056"));
        assert_eq!(places().of("98818"), None);
        assert_eq!(places().of("44000"), None);
        assert_eq!(places().of(""), None);
    }

    #[test]
    fn damaged_lines_are_left_out() {
        let text =
            "44109\t472186\t-15538\t0\n49007\tx\t1\t0\n99999\t1\t1\t0\n85191\t9999999999\t0\t0\n\n";
        let read = Places::read(text);
        assert_eq!(read.located.keys().collect::<Vec<_>>(), [&"44109"]);
        assert_eq!(read.of("44109").unwrap().place.latitude, 47_218_600);
    }

    #[test]
    fn a_place_is_found_at_once() {
        let codes: Vec<&str> = communes().iter().map(|one| one.code).collect();
        let _ = places();
        let begin = Instant::now();
        let found = codes.iter().filter_map(|code| places().of(code)).count();
        let each = begin.elapsed() / u32::try_from(codes.len()).unwrap();
        assert_eq!(found, 34_875);
        // Far above the release figure: it catches a scan gone quadratic, on any machine.
        assert!(each.as_micros() < 25, "{each:?}");
    }
}
