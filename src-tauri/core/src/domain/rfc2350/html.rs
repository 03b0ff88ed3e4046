//! The document as one static page for the carrier's website: no script, nothing loaded from elsewhere.

use super::compose::{Composed, Part};
use super::lang::{Lang, Pair};
use super::para::{Para, Span};
use super::section::Chapter;

/// Enough to be read well where the site gives no style of its own; dark where the reader wants it so.
const STYLE: &str = "body{font-family:system-ui,sans-serif;line-height:1.5;max-width:46rem;\
margin:2rem auto;padding:0 1rem}h2{margin-top:2.5rem}h3,h4{margin-top:1.75rem}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dd{margin:0}\
.tlp{text-align:right;font-weight:700}a{overflow-wrap:anywhere}\
@media(max-width:34rem){dl{display:block}}:root{color-scheme:light dark}";

/// The page, complete.
#[must_use]
pub fn html(composed: &Composed) -> String {
    const CONTENTS: Pair = Pair {
        fr: "Sommaire",
        en: "Contents",
    };
    let lang = composed.lang;
    let title = escaped(&composed.title);
    let tlp = composed.tlp.map_or_else(String::new, |tlp| {
        format!("<p class=\"tlp\">{}</p>\n", escaped(tlp.label()))
    });
    let contents: String = Chapter::ALL
        .into_iter()
        .map(|chapter| {
            let (number, title) = (chapter.number(), escaped(chapter.title().of(lang)));
            format!("<li><a href=\"#c{number}\">{title}</a></li>\n")
        })
        .collect();
    let chapters: String = Chapter::ALL
        .into_iter()
        .map(|chapter| chapter_of(composed, chapter))
        .collect();
    let identification = definitions(
        composed
            .identification
            .iter()
            .map(|(label, value)| (label.as_str(), escaped(value))),
    );
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n{tlp}\
         <h1>{title}</h1>\n{identification}</header>\n\
         <nav aria-label=\"{contents_name}\">\n<ol>\n{contents}</ol>\n</nav>\n{chapters}</main>\n\
         <footer>\n{tlp}</footer>\n</body>\n</html>\n",
        tag = lang.tag(),
        contents_name = CONTENTS.of(lang),
    )
}

fn chapter_of(composed: &Composed, chapter: Chapter) -> String {
    let number = chapter.number();
    let title = escaped(chapter.title().of(composed.lang));
    let parts: String = composed
        .parts
        .iter()
        .filter(|part| part.section.chapter() == chapter)
        .map(|part| part_of(part, composed.lang))
        .collect();
    format!(
        "<section aria-labelledby=\"c{number}\">\n<h2 id=\"c{number}\">{number}. {title}</h2>\n{parts}</section>\n"
    )
}

fn part_of(part: &Part, lang: Lang) -> String {
    let body = paras(&part.body);
    let level = part.section.depth() + 1;
    // A section that is a whole chapter has the chapter's heading.
    if level == 2 {
        return body;
    }
    let number = part.section.number();
    let title = escaped(part.section.title().of(lang));
    format!("<h{level} id=\"s{number}\">{number} {title}</h{level}>\n{body}")
}

fn paras(paras: &[Para]) -> String {
    let together =
        |a: &Para, b: &Para| matches!((a, b), (Para::Definition { .. }, Para::Definition { .. }));
    paras
        .chunk_by(together)
        .map(|paras| match paras {
            [Para::Paragraph(spans)] => format!("<p>{}</p>\n", inline(spans)),
            [Para::Lines(lines)] => {
                let lines: Vec<String> = lines.iter().map(|line| inline(line)).collect();
                format!("<p>{}</p>\n", lines.join("<br>\n"))
            }
            [Para::List(items)] => {
                let items: String = items
                    .iter()
                    .map(|item| {
                        format!("<li>{}{}</li>\n", inline(&item.text), sublist(&item.items))
                    })
                    .collect();
                format!("<ul>\n{items}</ul>\n")
            }
            several => definitions(several.iter().filter_map(|para| match para {
                Para::Definition { label, value } => Some((label.as_str(), inline(value))),
                _ => None,
            })),
        })
        .collect()
}

fn sublist(items: &[Vec<Span>]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: String = items
        .iter()
        .map(|line| format!("<li>{}</li>\n", inline(line)))
        .collect();
    format!("\n<ul>\n{items}</ul>\n")
}

/// A list of definitions; the values are markup already.
fn definitions<'a>(rows: impl Iterator<Item = (&'a str, String)>) -> String {
    let rows: String = rows
        .map(|(label, value)| format!("<dt>{}</dt>\n<dd>{value}</dd>\n", escaped(label)))
        .collect();
    format!("<dl>\n{rows}</dl>\n")
}

fn inline(spans: &[Span]) -> String {
    const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];
    spans
        .iter()
        .map(|span| {
            let text = escaped(&span.text);
            let is_safe = |url: &&String| SCHEMES.iter().any(|scheme| url.starts_with(scheme));
            match span.url.as_ref().filter(is_safe) {
                Some(url) => format!("<a href=\"{}\">{text}</a>", escaped(url)),
                None => text,
            }
        })
        .collect()
}

/// Text as markup shows it: nothing in it can open a tag or end an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::super::compose::compose;
    use super::super::document::Rfc2350;
    use super::super::section::Section;
    use super::super::testing::{document, key, profile};
    use super::*;

    const HOSTILE: &str =
        "</title><script src=//x.example>alert(1)</script><img onerror='x' \"&amp;";

    fn page(document: &Rfc2350, lang: Lang) -> String {
        html(&compose(document, &profile(), &key(), lang))
    }

    /// Every tag of a page, without its attributes.
    fn tags(page: &str) -> Vec<&str> {
        page.split('<')
            .skip(1)
            .map(|rest| rest.split(['>', ' ']).next().unwrap())
            .collect()
    }

    #[test]
    fn hostile_text_stays_text_everywhere() {
        let mut profile = profile();
        profile.full_name = HOSTILE.into();
        profile.address = vec![HOSTILE.into()];
        let mut document = document();
        document.found_at.name = HOSTILE.into();
        document.key_at.url = "javascript:alert(1)".into();
        document.leader = Some(HOSTILE.into());
        document
            .set_text(
                Section::Mission,
                Lang::Fr,
                &format!("{HOSTILE}\n- {HOSTILE}\nhttps://a.example/'x&y"),
            )
            .unwrap();
        let mut key = key();
        key.user_id = HOSTILE.into();
        let hostile = html(&compose(&document, &profile, &key, Lang::Fr));
        let allowed = [
            "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "main", "header",
            "footer", "nav", "section", "h1", "h2", "h3", "h4", "p", "ol", "ul", "li", "dl", "dt",
            "dd", "a", "br",
        ];
        for tag in tags(&hostile) {
            assert!(allowed.contains(&tag.trim_start_matches('/')), "{tag}");
        }
        assert!(hostile.matches("&lt;script").count() >= 6);
        assert!(!hostile.contains("href=\"javascript:"));
        assert!(hostile.contains("href=\"https://a.example/&#39;x&amp;y\""));
    }

    #[test]
    fn every_tag_that_opens_closes_in_its_turn() {
        let page = page(&document(), Lang::En);
        let mut open = Vec::new();
        for tag in tags(&page) {
            match tag.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed)),
                None if ["!DOCTYPE", "meta", "br"].contains(&tag) => {}
                None => open.push(tag),
            }
        }
        assert!(open.is_empty());
    }

    #[test]
    fn a_reader_by_ear_finds_language_title_and_headings_in_order() {
        let page = page(&document(), Lang::Fr);
        assert!(page.contains("<html lang=\"fr\">"));
        assert!(page.contains("<title>RFC 2350 du CSIRT d’essai</title>"));
        assert_eq!(page.matches("<h1>").count(), 1);
        assert_eq!(page.matches("<h2 ").count(), 7);
        let levels: Vec<u32> = tags(&page)
            .into_iter()
            .filter_map(|tag| tag.strip_prefix('h')?.parse().ok())
            .collect();
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{levels:?}"
        );
        assert!(page.contains("<h3 id=\"s2.8\">2.8 Clé publique"));
        assert!(page.contains("<h4 id=\"s5.1.1\">5.1.1 Triage</h4>"));
    }

    #[test]
    fn the_page_loads_nothing_and_runs_nothing() {
        let page = page(&document(), Lang::Fr);
        for word in [
            "<script", "src=", "<link", "@import", "url(", "onclick", "<iframe", "<img",
        ] {
            assert!(!page.contains(word), "{word}");
        }
    }
}
