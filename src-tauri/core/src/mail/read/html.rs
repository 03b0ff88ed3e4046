//! HTML made harmless: words and their shape, no picture, no style, nothing that fetches or runs.

use std::collections::{HashMap, HashSet};

use ammonia::Builder;

/// The most HTML that is looked at; a longer one is cut.
const MAX_HTML_BYTES: usize = 4 * 1024 * 1024;

/// What is kept: tags that shape a text. Links keep where they lead, so that it can be read.
const TAGS: [&str; 36] = [
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The same words without what could harm.
pub(super) fn harmless(html: &str) -> String {
    let mut end = html.len().min(MAX_HTML_BYTES);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    Builder::new()
        .tags(TAGS.into_iter().collect())
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "template", "svg", "math",
        ]))
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&html[..end])
        .to_string()
}

/// Whether it would fetch something from elsewhere when shown as it came.
pub(super) fn fetches(html: &str) -> bool {
    let html = html.to_lowercase();
    let from_elsewhere = |rest: &str| {
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "\"'=(".contains(c));
        rest.starts_with("http") || rest.starts_with("//")
    };
    ["src", "background", "url", "poster", "srcset", "@import"]
        .iter()
        .any(|mark| {
            html.match_indices(mark)
                .any(|(at, _)| from_elsewhere(&html[at + mark.len()..]))
        })
        || html.contains("<link")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_runs_or_fetches_stays() {
        let html = r#"<p onclick="x()">Bonjour<img src="https://piste.example/1.gif"><script>alert(1)</script>
            <style>@import url(https://piste.example/a.css)</style><a href="javascript:x()">un</a>
            <a href="https://site.example/page">deux</a><iframe src="https://x.example"></iframe><form><input></form>
            <div style="position:fixed">trois</div><svg><script>x</script></svg><object data="a"></object></p>"#;
        let kept = harmless(html);
        for bad in [
            "onclick",
            "img",
            "script",
            "style",
            "javascript",
            "iframe",
            "form",
            "input",
            "svg",
            "object",
            "piste",
        ] {
            assert!(!kept.contains(bad), "{bad} in {kept}");
        }
        assert!(
            kept.contains("Bonjour")
                && kept.contains("https://site.example/page")
                && kept.contains("trois")
        );
    }

    #[test]
    fn what_would_be_fetched_is_told() {
        assert!(fetches("<IMG SRC = 'https://piste.example/1.gif'>"));
        assert!(fetches(
            "<div style=\"background: url( //piste.example/a )\">"
        ));
        assert!(fetches("<td background=http://piste.example>"));
        assert!(!fetches(
            "<p>source : https://site.example</p><img src=\"cid:logo\">"
        ));
    }
}
