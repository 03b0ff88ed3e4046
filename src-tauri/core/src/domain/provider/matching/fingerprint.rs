//! One number for all that a list was made of, so that a list done again can be told from one done with other facts.
//!
//! Every value that the rule reads is written in a fixed order: numbers as LEB128, texts and lists after their length,
//! days as days of the common era, words of the domain as their place in their enumeration (which only ever grows at
//! its end; a test holds the places). Each record is taken apart field by field: a new field does not compile until
//! somebody decides whether it counts. What is shown and never judged (address, contacts, prices, languages) does not.

use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{ALGORITHM, Firm, Rules, Track, Weights};
use crate::domain::geo::Place;
use crate::domain::provider::{
    Absence, Area, Conflict, Label, Location, Needs, PresentProvider, Provider,
};

/// Gathers bytes and hashes them in pieces.
struct Writer {
    hash: Sha256,
    bytes: Vec<u8>,
}

impl Writer {
    fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    fn flag(&mut self, flag: bool) {
        self.byte(u8::from(flag));
    }

    /// Seven bits a byte, the lowest first, the eighth bit set on all but the last (unsigned LEB128).
    fn number(&mut self, number: impl Into<u64>) {
        let mut left = number.into();
        while left > 0x7f {
            self.byte((left & 0x7f) as u8 | 0x80);
            left >>= 7;
        }
        self.byte(left as u8);
    }

    fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    fn text(&mut self, text: &str) {
        self.length(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn id(&mut self, id: Uuid) {
        self.bytes.extend_from_slice(id.as_bytes());
    }

    fn day(&mut self, day: NaiveDate) {
        let days = day.num_days_from_ce();
        self.bytes.extend_from_slice(&days.to_be_bytes());
    }

    fn list<T>(&mut self, list: &[T], mut one: impl FnMut(&mut Self, &T)) {
        self.length(list.len());
        for value in list {
            one(self, value);
        }
    }

    fn option<T>(&mut self, value: Option<T>, one: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            one(self, value);
        }
    }

    fn tagged(&mut self, tag: u8, value: impl FnOnce(&mut Self)) {
        self.byte(tag);
        value(self);
    }

    fn place(&mut self, place: Option<Place>) {
        self.option(place, |w, place| {
            w.bytes.extend_from_slice(&place.latitude.to_be_bytes());
            w.bytes.extend_from_slice(&place.longitude.to_be_bytes());
        });
    }

    /// Hashes what was gathered, so that ten thousand firms need the memory of one.
    fn settle(&mut self) {
        self.hash.update(&self.bytes);
        self.bytes.clear();
    }

    fn finish(mut self) -> String {
        self.settle();
        let digest = self.hash.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// SHA-256 of everything that a list is made of, hexadecimal; `firms` in the order of their identifiers.
pub(super) fn of(
    needs: &Needs,
    firms: &[&Firm],
    rules: &Rules,
    seed: u64,
    on: NaiveDate,
) -> String {
    let mut w = Writer {
        hash: Sha256::new(),
        bytes: Vec::with_capacity(1024),
    };
    w.text("relais short list inputs");
    w.number(ALGORITHM);
    w.number(seed);
    w.day(on);
    write_rules(&mut w, rules);
    write_needs(&mut w, needs);
    w.length(firms.len());
    for firm in firms {
        write_firm(&mut w, firm);
        w.settle();
    }
    w.finish()
}

fn write_rules(w: &mut Writer, rules: &Rules) {
    let Rules {
        weights,
        band_points,
        names,
    } = rules;
    let Weights {
        experience,
        technologies,
        label,
        distance,
        on_site,
        key,
        kind,
        size,
        satisfaction,
    } = *weights;
    for weight in [
        experience,
        technologies,
        label,
        distance,
        on_site,
        key,
        kind,
        size,
        satisfaction,
    ] {
        w.number(weight);
    }
    w.byte(*band_points);
    w.byte(*names);
}

fn write_needs(w: &mut Writer, needs: &Needs) {
    let Needs {
        categories,
        services,
        technologies,
        kind,
        public_body,
        headcount,
        sector,
        reaction_hours,
        site_visit,
        on_site_hours,
        location,
        maximum_km,
        labels,
        panel,
        beneficiary,
        present,
        declined,
    } = needs;
    w.list(categories, |w, one| w.byte(*one as u8));
    w.list(services, |w, one| w.byte(*one as u8));
    w.list(technologies, |w, one| w.byte(*one as u8));
    w.option(*kind, |w, one| w.byte(one as u8));
    w.flag(*public_body);
    w.option(*headcount, Writer::number);
    w.option(*sector, |w, one| w.byte(one as u8));
    w.option(*reaction_hours, Writer::number);
    w.flag(*site_visit);
    w.option(*on_site_hours, Writer::number);
    w.option(location.as_ref(), |w, location| {
        let Location {
            commune,
            departement,
            region,
            epci,
            place,
        } = location;
        w.text(commune);
        w.text(departement);
        w.text(region);
        w.option(epci.as_deref(), Writer::text);
        w.place(*place);
    });
    w.option(*maximum_km, Writer::number);
    w.list(labels, |w, one| w.byte(*one as u8));
    w.list(panel, |w, one| w.text(one));
    w.text(beneficiary);
    w.option(present.as_ref(), |w, present| {
        let PresentProvider { name, siren } = present;
        w.text(name);
        w.text(siren);
    });
    w.list(declined, |w, one| w.id(*one));
}

fn write_firm(w: &mut Writer, firm: &Firm) {
    let Firm {
        id,
        provider,
        place,
        key,
        track,
    } = firm;
    w.id(*id);
    write_provider(w, provider);
    w.place(*place);
    w.byte(*key as u8);
    let Track {
        by_category,
        by_kind,
        by_size,
        satisfied,
        answered,
        open,
        referrals,
    } = track;
    w.length(by_category.len());
    for (category, cases) in by_category {
        w.byte(*category as u8);
        w.number(*cases);
    }
    w.length(by_kind.len());
    for (kind, cases) in by_kind {
        w.byte(*kind as u8);
        w.number(*cases);
    }
    w.length(by_size.len());
    for (size, cases) in by_size {
        w.byte(*size as u8);
        w.number(*cases);
    }
    for count in [*satisfied, *answered, *open, *referrals] {
        w.number(count);
    }
}

fn write_provider(w: &mut Writer, provider: &Provider) {
    let Provider {
        name,
        siren,
        siret,
        address: _,
        contacts: _,
        // Its place is what counts.
        commune: _,
        areas,
        on_site,
        labels,
        categories,
        technologies,
        services,
        sectors,
        serves,
        hours: _,
        on_site_within_hours,
        reaction_hours,
        languages: _,
        prices: _,
        capacity,
        absences,
        insured_until,
        charter_signed,
        conflicts,
        papers: _,
        archived,
        confirmed_on,
    } = provider;
    w.text(name);
    w.text(siren);
    w.text(siret);
    w.list(areas, |w, area| match area {
        Area::Departement { code } => w.tagged(0, |w| w.text(code)),
        Area::Epci { siren } => w.tagged(1, |w| w.text(siren)),
        Area::Region { code } => w.tagged(2, |w| w.text(code)),
        Area::Radius { km } => w.tagged(3, |w| w.number(*km)),
        Area::France => w.byte(4),
    });
    w.flag(*on_site);
    w.list(labels, |w, label| {
        let Label {
            kind,
            level,
            activities: _,
            name: _,
            number: _,
            expires,
            evidence: _,
        } = label;
        w.byte(*kind as u8);
        w.option(*level, |w, level| w.byte(level as u8));
        w.option(*expires, Writer::day);
    });
    w.list(categories, |w, one| w.byte(*one as u8));
    w.list(technologies, |w, one| w.byte(*one as u8));
    w.list(services, |w, one| w.byte(*one as u8));
    w.list(sectors, |w, one| w.byte(*one as u8));
    w.list(serves, |w, one| w.byte(*one as u8));
    w.option(*on_site_within_hours, Writer::number);
    w.option(*reaction_hours, Writer::number);
    w.number(*capacity);
    w.list(absences, |w, absence| {
        let Absence {
            from,
            to,
            reason: _,
        } = absence;
        w.day(*from);
        w.day(*to);
    });
    w.option(*insured_until, Writer::day);
    w.option(*charter_signed, Writer::day);
    w.list(conflicts, |w, conflict| match conflict {
        Conflict::Beneficiary { siren, note: _ } => w.tagged(0, |w| w.text(siren)),
        Conflict::Noted { note } => w.tagged(1, |w| w.text(note)),
    });
    w.flag(*archived);
    w.option(*confirmed_on, Writer::day);
}
