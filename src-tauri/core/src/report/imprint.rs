//! What every document of the team ends with: who issues it, how to reach them, how to check that it is genuine, and
//! what it does not promise.

use super::block::{Block, Definition, Span};
use super::summary::prose;
use super::{Issuer, Lang};
use crate::domain::team::is_mail_shape;

/// The team, from its profile.
#[derive(Clone, Debug, Default)]
pub struct Team {
    /// Name.
    pub name: String,
    /// Postal address, line by line.
    pub address: Vec<String>,
    /// Telephone, as printed.
    pub phone: String,
    /// Mail address.
    pub mail: String,
    /// Fingerprint of the OpenPGP key, hexadecimal digits, spaces allowed.
    pub fingerprint: Option<String>,
}

/// The lead's detached signature, named before it exists: the file cannot hold its own signature.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Name of the signature's file, `PDL-2026-0042-synthese.pdf.asc`.
    pub file: String,
    /// Fingerprint of the signing key's certificate.
    pub fingerprint: String,
}

/// An authority to reach. Empty fields are left out.
#[derive(Clone, Debug, Default)]
pub struct Authority {
    /// Name.
    pub name: String,
    /// What for.
    pub purpose: String,
    /// Telephone, as printed.
    pub phone: String,
    /// Mail address.
    pub mail: String,
    /// Address of its page, `https://…`.
    pub site: String,
}

/// Headings and keys of one language.
pub(super) struct Words {
    pub contacts: &'static str,
    pub authenticity: &'static str,
    pub signed: &'static str,
    pub signed_by_lead: &'static str,
    pub signature: &'static str,
    pub fingerprint: &'static str,
    pub disclaimer: &'static str,
}

static FRENCH: Words = Words {
    contacts: "Contacts utiles",
    authenticity: "Authenticité",
    signed: "Signature",
    signed_by_lead: "Document signé par le responsable de l’équipe, par une signature OpenPGP détachée.",
    signature: "Fichier de signature",
    fingerprint: "Empreinte de la clé",
    disclaimer: "Avertissement",
};

static ENGLISH: Words = Words {
    contacts: "Useful contacts",
    authenticity: "Authenticity",
    signed: "Signature",
    signed_by_lead: "Signed by the team’s lead, with a detached OpenPGP signature.",
    signature: "Signature file",
    fingerprint: "Key fingerprint",
    disclaimer: "Disclaimer",
};

impl Words {
    pub(super) const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Fr => &FRENCH,
            Lang::En => &ENGLISH,
        }
    }
}

/// What the headers of a document say of the team.
pub(super) fn issuer(team: &Team) -> Issuer {
    Issuer {
        name: team.name.clone(),
        phone: team.phone.clone(),
        mail: team.mail.clone(),
    }
}

/// What the foot of each page says: how to reach the team.
pub(super) fn footer_note(team: &Team) -> String {
    let contact: Vec<&str> = [team.phone.as_str(), team.mail.as_str()]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect();
    contact.join(" · ")
}

/// The team and the authorities, each with what it takes to reach them.
pub(super) fn contacts(team: &Team, authorities: &[Authority]) -> Vec<Definition> {
    let address: Vec<&str> = team
        .address
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    let reach = vec![
        vec![Span::plain(address.join(", "))],
        reached(&team.phone, &team.mail, ""),
    ];
    let mut rows = vec![Definition {
        key: team.name.clone(),
        value: reach,
    }];
    rows.extend(authorities.iter().map(|authority| {
        let reach = reached(&authority.phone, &authority.mail, &authority.site);
        let value = vec![vec![Span::plain(&authority.purpose)], reach];
        Definition {
            key: authority.name.clone(),
            value,
        }
    }));
    rows.retain(|row| row.value.iter().any(|line| has_text(line)));
    rows
}

/// The lead's signature and the key to check it with; without a signature, the team's key.
pub(super) fn authenticity(
    signature: Option<&Signature>,
    team: &Team,
    words: &Words,
) -> Vec<Definition> {
    let mut rows = Vec::new();
    if let Some(signature) = signature {
        rows.push(Definition {
            key: words.signed.to_owned(),
            value: vec![vec![Span::plain(words.signed_by_lead)]],
        });
        rows.push(Definition {
            key: words.signature.to_owned(),
            value: vec![vec![Span::code(&signature.file)]],
        });
    }
    let fingerprint = signature
        .map(|signature| &signature.fingerprint)
        .or(team.fingerprint.as_ref());
    if let Some(fingerprint) = fingerprint.filter(|text| !text.trim().is_empty()) {
        rows.push(Definition {
            key: words.fingerprint.to_owned(),
            value: vec![vec![Span::code(grouped(fingerprint))]],
        });
    }
    rows
}

/// The disclaimer in small type.
pub(super) fn disclaimer(text: &str) -> Vec<Block> {
    prose(text)
        .into_iter()
        .map(|block| match block {
            Block::Paragraph(spans) => Block::Note(spans),
            other => other,
        })
        .collect()
}

/// Telephone, mail address and page, each as a link where it has the shape of one: « 3218 ou 09 70… » is two numbers,
/// and leads to neither.
pub(super) fn reached(phone: &str, mail: &str, site: &str) -> Vec<Span> {
    /// Longer text is no address.
    const LIMIT: usize = 200;
    let number: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    let dialled = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+.-()".contains(c);
    let link = |text: &str, address: String, leads: bool| {
        if leads && text.len() <= LIMIT {
            Span::link(text.trim(), address)
        } else {
            Span::plain(text)
        }
    };
    joined([
        link(
            phone,
            format!("tel:{number}"),
            !number.is_empty() && phone.chars().all(dialled),
        ),
        link(
            mail,
            format!("mailto:{}", mail.trim()),
            is_mail_shape(mail.trim()),
        ),
        link(
            site,
            site.trim().to_owned(),
            site.trim().starts_with("https://"),
        ),
    ])
}

/// Those spans that say something, on one line.
pub(super) fn joined<const N: usize>(spans: [Span; N]) -> Vec<Span> {
    let mut line: Vec<Span> = Vec::new();
    for span in spans {
        if !span.text.trim().is_empty() {
            if !line.is_empty() {
                line.push(Span::soft(" · "));
            }
            line.push(span);
        }
    }
    line
}

/// Whether a line says anything.
pub(super) fn has_text(line: &[Span]) -> bool {
    line.iter().any(|span| !span.text.trim().is_empty())
}

/// A fingerprint in groups of four digits, as it is read aloud.
pub(super) fn grouped(fingerprint: &str) -> String {
    let digits: Vec<char> = fingerprint.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.iter().any(|c| !c.is_ascii_hexdigit()) {
        return fingerprint.to_owned();
    }
    let groups: Vec<String> = digits
        .chunks(4)
        .map(|group| group.iter().collect::<String>().to_uppercase())
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(phone: &str, mail: &str) -> Vec<String> {
        let spans = reached(phone, mail, "");
        spans.into_iter().filter_map(|span| span.link).collect()
    }

    #[test]
    fn only_what_has_the_shape_of_an_address_is_a_link() {
        assert_eq!(
            links("+33 (0)2-61.91 00 00", " a@csirt.example "),
            ["tel:+330261910000", "mailto:a@csirt.example"]
        );
        let none: [String; 0] = [];
        assert_eq!(links("3218 ou 09 70 83 32 18", "a@b?bcc=c@d"), none);
        assert_eq!(links("", "</a@x.example>"), none);
    }

    #[test]
    fn a_fingerprint_reads_in_groups_of_four() {
        assert_eq!(grouped("7c1e 04b922d8"), "7C1E 04B9 22D8");
        assert_eq!(grouped("inconnue"), "inconnue");
    }
}
