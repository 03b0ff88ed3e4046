//! Who is concerned, whom to reach, and how to check that the document is genuine.

use super::super::{Block, Definition, Span};
use super::prose::prose;
use super::sections::{Summary, has_text};

impl Summary<'_> {
    pub(super) fn organisation(&mut self) {
        let Self { view, words, .. } = *self;
        let mut rows = Vec::new();
        if let Some(organisation) = &view.organisation {
            rows.push(self.plain(
                words.name,
                organisation.name.as_deref().unwrap_or(words.masked),
            ));
            for (key, value) in [
                (words.organisation_kind, &organisation.kind),
                (words.size_class, &organisation.size_class),
                (words.commune, &organisation.commune),
                (words.sector, &organisation.sector),
                (words.identifier, &organisation.identifier),
            ] {
                rows.extend(self.optional(key, value.as_deref()));
            }
        }
        let blocks = if rows.is_empty() {
            Vec::new()
        } else {
            vec![Block::Definitions(rows)]
        };
        self.section(words.organisation, blocks);

        let people: Vec<Definition> = view
            .people
            .iter()
            .map(|person| {
                let mut who = vec![Span::strong(&person.name)];
                if !person.function.trim().is_empty() {
                    who.push(Span::plain(format!(", {}", person.function)));
                }
                let reach = joined([Span::plain(&person.phone), Span::plain(&person.mail)]);
                let value = [who, reach]
                    .into_iter()
                    .filter(|line| has_text(line))
                    .collect();
                Definition {
                    key: person.role.clone(),
                    value,
                }
            })
            .filter(|person| !person.value.is_empty())
            .collect();
        let blocks = if people.is_empty() {
            Vec::new()
        } else {
            vec![Block::Definitions(people)]
        };
        self.section(words.people, blocks);
    }

    pub(super) fn contacts(&mut self) {
        let Self { view, words, .. } = *self;
        let team = &view.team;
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
        rows.extend(view.authorities.iter().map(|authority| {
            let reach = reached(&authority.phone, &authority.mail, &authority.site);
            let value = vec![vec![Span::plain(&authority.purpose)], reach];
            Definition {
                key: authority.name.clone(),
                value,
            }
        }));
        rows.retain(|row| row.value.iter().any(|line| has_text(line)));
        let blocks = if rows.is_empty() {
            Vec::new()
        } else {
            vec![Block::Definitions(rows)]
        };
        self.section(words.contacts, blocks);
    }

    pub(super) fn authenticity(&mut self) {
        let Self { view, words, .. } = *self;
        let mut rows = Vec::new();
        if let Some(signature) = &view.signature {
            rows.push(self.plain(words.signed, words.signed_by_lead));
            rows.push(Definition {
                key: words.signature.to_owned(),
                value: vec![vec![Span::code(&signature.file)]],
            });
        }
        let fingerprint = view
            .signature
            .as_ref()
            .map(|signature| &signature.fingerprint)
            .or(view.team.fingerprint.as_ref());
        if let Some(fingerprint) = fingerprint.filter(|text| !text.trim().is_empty()) {
            rows.push(Definition {
                key: words.fingerprint.to_owned(),
                value: vec![vec![Span::code(grouped(fingerprint))]],
            });
        }
        let blocks = if rows.is_empty() {
            Vec::new()
        } else {
            vec![Block::Definitions(rows)]
        };
        self.section(words.authenticity, blocks);
    }

    pub(super) fn disclaimer(&mut self) {
        let paragraphs = prose(&self.view.disclaimer)
            .into_iter()
            .map(|block| match block {
                Block::Paragraph(spans) => Block::Note(spans),
                other => other,
            })
            .collect();
        self.section(self.words.disclaimer, paragraphs);
    }
}

/// Telephone, mail address and page, each as a link. Only what the team entered is ever a link.
fn reached(phone: &str, mail: &str, site: &str) -> Vec<Span> {
    /// Longer text is no address.
    const LIMIT: usize = 200;
    let number: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    let link = |text: &str, address: String, leads: bool| {
        if leads && text.len() <= LIMIT {
            Span::link(text.trim(), address)
        } else {
            Span::plain(text)
        }
    };
    joined([
        link(phone, format!("tel:{number}"), !number.is_empty()),
        link(mail, format!("mailto:{}", mail.trim()), mail.contains('@')),
        link(
            site,
            site.trim().to_owned(),
            site.trim().starts_with("https://"),
        ),
    ])
}

/// Those spans that say something, on one line.
fn joined<const N: usize>(spans: [Span; N]) -> Vec<Span> {
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
