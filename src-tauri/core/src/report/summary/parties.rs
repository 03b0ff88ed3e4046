//! Who is concerned, whom to reach, and how to check that the document is genuine.

use super::super::imprint::{self, has_text, joined};
use super::super::{Block, Definition, Span};
use super::sections::Summary;

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
        self.definitions(words.organisation, rows);

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
        self.definitions(words.people, people);
    }

    pub(super) fn contacts(&mut self) {
        let rows = imprint::contacts(&self.view.team, &self.view.authorities);
        self.definitions(self.imprint.contacts, rows);
    }

    pub(super) fn authenticity(&mut self) {
        let signature = self.view.signature.as_ref();
        let rows = imprint::authenticity(signature, &self.view.team, self.imprint);
        self.definitions(self.imprint.authenticity, rows);
    }

    pub(super) fn disclaimer(&mut self) {
        let paragraphs = imprint::disclaimer(&self.view.disclaimer);
        self.section(self.imprint.disclaimer, paragraphs);
    }

    /// A section of "key: value" rows.
    fn definitions(&mut self, title: &str, rows: Vec<Definition>) {
        let blocks = if rows.is_empty() {
            Vec::new()
        } else {
            vec![Block::Definitions(rows)]
        };
        self.section(title, blocks);
    }
}
