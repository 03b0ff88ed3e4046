//! HTML that was made harmless: read again by another reader than the one that made it so.

/// Elements that may be left (`core/mail/read/html.rs`).
const ELEMENTS: [&str; 36] = [
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

/// Every `<` begins one of the few elements, with the few attributes, and no address leads to a program.
pub fn assert_harmless(html: &str) {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = tag(after);
    }
}

/// Looks at one tag behind its `<`; gives what follows its `>`.
fn tag(after: &str) -> &str {
    let is_end = after.starts_with('/');
    let after = after.strip_prefix('/').unwrap_or(after);
    let end = after
        .find(|c: char| !c.is_ascii_alphanumeric())
        .expect("a tag that ends");
    let (name, mut rest) = after.split_at(end);
    assert!(ELEMENTS.contains(&name), "the element {name:?} is left");
    while !rest.starts_with('>') {
        assert!(!is_end, "an attribute on an end tag");
        let (attribute, value) = rest
            .trim_start()
            .split_once("=\"")
            .expect("an attribute with a value");
        let (value, behind) = value.split_once('"').expect("a value that ends");
        match (name, attribute) {
            ("a", "href") => assert!(leads_somewhere_safe(value), "{value:?}"),
            ("a", "rel") => assert_eq!(value, "noopener noreferrer nofollow"),
            ("td" | "th", "colspan" | "rowspan") => {}
            _ => panic!("the attribute {attribute:?} is left on {name}"),
        }
        rest = behind;
    }
    &rest[1..]
}

/// As a browser sees an address: blanks and control characters before it and line ends in it do not count.
fn leads_somewhere_safe(address: &str) -> bool {
    let seen: String = address
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control())
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let lower = seen.to_lowercase();
    ["http:", "https:", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
}
