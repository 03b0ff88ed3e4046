//! Places and how far apart they are, as the crow flies.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A point of the Earth, in whole microdegrees: compared, stored and hashed without rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Place {
    /// Microdegrees north, −90 000 000 to 90 000 000.
    pub latitude: i32,
    /// Microdegrees east, −180 000 000 to 180 000 000.
    pub longitude: i32,
}

/// Mean radius of the Earth, km (IUGG, R₁).
const EARTH_RADIUS_KM: f64 = 6_371.008_8;

impl Place {
    /// The great circle between two places, in whole kilometres, by the haversine formula on a sphere (which is at
    /// most 0.6 % off). The functions are libm's, written in Rust: every machine gives the same kilometre, and a list
    /// drawn today is found again on another.
    #[must_use]
    pub fn distance_km(self, other: Self) -> u32 {
        let radians = |microdegrees: i32| (f64::from(microdegrees) / 1_000_000.0).to_radians();
        let (from, to) = (radians(self.latitude), radians(other.latitude));
        let half_sine = |angle: f64| {
            let sine = libm::sin(angle / 2.0);
            sine * sine
        };
        let across = radians(other.longitude) - radians(self.longitude);
        let haversine = half_sine(to - from) + libm::cos(from) * libm::cos(to) * half_sine(across);
        let km = 2.0 * EARTH_RADIUS_KM * libm::asin(libm::sqrt(haversine.clamp(0.0, 1.0)));
        // Half the Earth's round is 20 015 km: never beyond the type.
        libm::round(km) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NANTES: Place = place(47_218_370, -1_553_620);
    const ANGERS: Place = place(47_471_160, -551_850);
    const LE_MANS: Place = place(48_006_110, 199_560);
    const PARIS: Place = place(48_856_610, 2_352_220);
    const SAINT_DENIS_REUNION: Place = place(-20_882_310, 55_450_400);

    const fn place(latitude: i32, longitude: i32) -> Place {
        Place {
            latitude,
            longitude,
        }
    }

    #[test]
    fn towns_are_as_far_apart_as_a_map_says() {
        assert_eq!(NANTES.distance_km(NANTES), 0);
        assert_eq!(NANTES.distance_km(ANGERS), 81);
        assert_eq!(NANTES.distance_km(LE_MANS), 158);
        assert_eq!(NANTES.distance_km(PARIS), 343);
    }

    #[test]
    fn the_date_line_the_poles_and_the_other_side_of_the_earth_hold() {
        assert_eq!(place(0, 179_999_999).distance_km(place(0, -179_999_999)), 0);
        assert_eq!(
            place(90_000_000, 0).distance_km(place(-90_000_000, 0)),
            20_015
        );
        assert_eq!(place(0, 0).distance_km(place(0, 180_000_000)), 20_015);
        let far = PARIS.distance_km(SAINT_DENIS_REUNION);
        assert!((9_300..9_420).contains(&far), "{far}");
    }

    proptest! {
        #[test]
        fn it_is_as_far_there_as_back(
            a in (-90_000_000i32..=90_000_000, -180_000_000i32..=180_000_000),
            b in (-90_000_000i32..=90_000_000, -180_000_000i32..=180_000_000),
        ) {
            let (a, b) = (place(a.0, a.1), place(b.0, b.1));
            prop_assert_eq!(a.distance_km(b), b.distance_km(a));
            prop_assert!(a.distance_km(b) <= 20_016);
        }
    }
}
