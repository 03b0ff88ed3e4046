//! What a section is made of once composed: paragraphs, lists, lines and definitions, with their links.

use serde::Serialize;
use ts_rs::TS;

use super::links::{mails, urls};

/// A piece of text, and where it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Rfc2350Span")]
pub struct Span {
    /// The words.
    pub text: String,
    /// An `https:`, `http:`, `mailto:` or `tel:` address; none for plain words.
    pub url: Option<String>,
}

impl Span {
    /// Words that lead nowhere.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            url: None,
        }
    }

    /// Words that lead to an address.
    #[must_use]
    pub fn link(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            url: Some(url.into()),
        }
    }
}

/// An item of a list, with those beneath it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Rfc2350Item")]
pub struct Item {
    /// The item.
    pub text: Vec<Span>,
    /// Its own list; no deeper.
    pub items: Vec<Vec<Span>>,
}

/// One block of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", content = "content", rename_all = "snake_case")]
#[ts(rename = "Rfc2350Para")]
pub enum Para {
    /// Running text.
    Paragraph(Vec<Span>),
    /// A list of one or two levels.
    List(Vec<Item>),
    /// Lines that are not run together: a postal address.
    Lines(Vec<Vec<Span>>),
    /// « Label : value ».
    Definition {
        /// What it is, without colon.
        label: String,
        /// Its value.
        value: Vec<Span>,
    },
}

impl Para {
    /// A paragraph of plain words.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Span::plain(text)])
    }

    /// Every line in it, in reading order, with the label of a definition first.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.lines_as(text_of)
    }

    /// Like [`Para::lines`], each line written by `write`.
    pub(super) fn lines_as(&self, write: impl Fn(&[Span]) -> String) -> Vec<String> {
        match self {
            Self::Paragraph(spans) => vec![write(spans)],
            Self::Lines(lines) => lines.iter().map(|line| write(line)).collect(),
            Self::Definition { label, value } => vec![label.clone(), write(value)],
            Self::List(items) => items
                .iter()
                .flat_map(|item| std::iter::once(&item.text).chain(&item.items))
                .map(|line| write(line))
                .collect(),
        }
    }
}

/// The words of a line, without its links.
#[must_use]
pub fn text_of(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// The words of a line as plain text shows them: the address of a named link follows in angle brackets.
#[must_use]
pub fn shown(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match &span.url {
            Some(url) if url.starts_with("http") && *url != span.text => {
                format!("{} <{url}>", span.text)
            }
            _ => span.text.clone(),
        })
        .collect()
}

/// Words in which web and mail addresses have become links.
#[must_use]
pub fn linked(text: &str) -> Vec<Span> {
    let web = urls(text);
    let mail = mails(text).into_iter().filter(|mail| {
        !web.iter()
            .any(|web| web.start < mail.end && mail.start < web.end)
    });
    let mut addresses: Vec<_> = web
        .iter()
        .map(|range| (range.clone(), ""))
        .chain(mail.map(|range| (range, "mailto:")))
        .collect();
    addresses.sort_by_key(|(range, _)| range.start);
    let mut spans = Vec::new();
    let mut from = 0;
    for (range, scheme) in addresses {
        if from < range.start {
            spans.push(Span::plain(&text[from..range.start]));
        }
        let address = &text[range.clone()];
        spans.push(Span::link(address, format!("{scheme}{address}")));
        from = range.end;
    }
    if from < text.len() {
        spans.push(Span::plain(&text[from..]));
    }
    spans
}

/// A cleaned text as blocks. A line is a paragraph, as where it was typed; items that follow each other are one list.
pub(super) fn parse(text: &str, line_of: impl Fn(&str) -> Vec<Span>) -> Vec<Para> {
    let mut paras: Vec<Para> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let second = line.strip_prefix("  - ");
        if let Some(text) = second.or_else(|| line.strip_prefix("- ")) {
            let item = Item {
                text: line_of(text),
                items: Vec::new(),
            };
            match paras.last_mut() {
                Some(Para::List(items)) => match (second, items.last_mut()) {
                    (Some(_), Some(above)) => above.items.push(item.text),
                    _ => items.push(item),
                },
                _ => paras.push(Para::List(vec![item])),
            }
        } else {
            paras.push(Para::Paragraph(line_of(line.trim())));
        }
    }
    paras
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs_and_items_one_list_of_two_levels() {
        let paras = parse("Avant :\n\n- un\n  - deux\n\n- trois\nAprès", linked);
        let item = |text: &str, items: Vec<Vec<Span>>| Item {
            text: linked(text),
            items,
        };
        assert_eq!(
            paras,
            [
                Para::words("Avant :"),
                Para::List(vec![
                    item("un", vec![linked("deux")]),
                    item("trois", vec![])
                ]),
                Para::words("Après"),
            ]
        );
    }

    #[test]
    fn addresses_in_a_text_become_links() {
        assert_eq!(
            linked("Voir https://a.example/b@c.example ou d@e.example."),
            [
                Span::plain("Voir "),
                Span::link(
                    "https://a.example/b@c.example",
                    "https://a.example/b@c.example"
                ),
                Span::plain(" ou "),
                Span::link("d@e.example", "mailto:d@e.example"),
                Span::plain("."),
            ]
        );
    }
}
