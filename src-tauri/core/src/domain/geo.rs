//! Places on the Earth and the distance between them, as the crow flies.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Mean radius of the Earth, km: R1 = (2a + b) / 3 of the GRS 80 ellipsoid (IUGG; Moritz, Geodetic Reference
/// System 1980).
const EARTH_RADIUS_KM: f64 = 6_371.008_8;

/// A point by its WGS 84 coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Place {
    /// Microdegrees, north positive.
    pub latitude: i32,
    /// Microdegrees, east positive.
    pub longitude: i32,
}

impl Place {
    /// Great-circle distance, rounded to whole kilometres, by the haversine formula.
    ///
    /// A sphere stands for the ellipsoid: the error is under 0.6 %, less than what a road adds.
    #[must_use]
    pub fn distance_km(self, other: Self) -> u32 {
        let [north, east] = [self.latitude, self.longitude].map(radians);
        let [other_north, other_east] = [other.latitude, other.longitude].map(radians);
        let across = ((other_north - north) / 2.0).sin().powi(2);
        let along = ((other_east - east) / 2.0).sin().powi(2);
        let half_chord_squared = across + north.cos() * other_north.cos() * along;
        // Antipodes may come out a hair above one.
        let angle = 2.0 * half_chord_squared.sqrt().min(1.0).asin();
        // Between nought and half the Earth's girth, 20 015.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let km = (EARTH_RADIUS_KM * angle).round() as u32;
        km
    }
}

fn radians(microdegrees: i32) -> f64 {
    (f64::from(microdegrees) / 1_000_000.0).to_radians()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(latitude: f64, longitude: f64) -> Place {
        #[allow(clippy::cast_possible_truncation)]
        let [latitude, longitude] =
            [latitude, longitude].map(|degrees| (degrees * 1_000_000.0).round() as i32);
        Place {
            latitude,
            longitude,
        }
    }

    #[test]
    fn known_distances_come_out() {
        // Airports of Nashville and Los Angeles, the worked example of Rosetta Code's "Haversine formula":
        // 2 886.44 km with a radius of 6 371.0.
        let (nashville, los_angeles) = (place(36.12, -86.67), place(33.94, -118.40));
        assert_eq!(nashville.distance_km(los_angeles), 2_886);
        // One degree of a great circle: 6 371.0088 · π / 180 = 111.195 km.
        assert_eq!(place(0.0, 0.0).distance_km(place(0.0, 1.0)), 111);
        assert_eq!(place(47.0, 2.0).distance_km(place(48.0, 2.0)), 111);
        // At 60° north a degree of longitude is half as long.
        assert_eq!(place(60.0, 0.0).distance_km(place(60.0, 10.0)), 555);
    }

    #[test]
    fn poles_antipodes_and_the_date_line_hold() {
        let half_girth = 20_015;
        assert_eq!(place(90.0, 0.0).distance_km(place(-90.0, 0.0)), half_girth);
        assert_eq!(place(0.0, 0.0).distance_km(place(0.0, 180.0)), half_girth);
        assert_eq!(place(90.0, 12.0).distance_km(place(90.0, -77.0)), 0);
        assert_eq!(place(0.0, 179.5).distance_km(place(0.0, -179.5)), 111);
    }

    fn anywhere() -> impl Strategy<Value = Place> {
        (-90_000_000..=90_000_000, -180_000_000..=180_000_000).prop_map(|(latitude, longitude)| {
            Place {
                latitude,
                longitude,
            }
        })
    }

    proptest! {
        #[test]
        fn it_is_a_distance(a in anywhere(), b in anywhere(), c in anywhere()) {
            prop_assert_eq!(a.distance_km(a), 0);
            prop_assert_eq!(a.distance_km(b), b.distance_km(a));
            // One km and a half of rounding.
            prop_assert!(a.distance_km(c) <= a.distance_km(b) + b.distance_km(c) + 1);
        }
    }
}
