//! Laid-out pages: what stands where, and what it is. The writer reads only this.
//!
//! Lengths are in points, from the upper left corner of the page.

use std::rc::Rc;

use super::font::{Style, Word};
use super::palette::Rgb;

/// A4, portrait.
pub(super) const WIDTH: f32 = 595.276;
/// A4, portrait.
pub(super) const HEIGHT: f32 = 841.89;
/// Left and right margin of the page.
pub(super) const MARGIN: f32 = 54.0;
/// Width between the margins.
pub(super) const FULL_WIDTH: f32 = WIDTH - 2.0 * MARGIN;

/// A structure element, by its place in [`LaidOut::elements`].
pub(super) type ElementId = usize;

/// What a piece of content belongs to; `None` is an artifact, which screen readers pass over.
pub(super) type Tag = Option<ElementId>;

/// What a structure element is (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    /// 1 to 3.
    Heading(u8),
    Paragraph,
    /// With bullets, or with labels of its own.
    List {
        bulleted: bool,
    },
    ListItem,
    ListLabel,
    ListBody,
    Table,
    TableHead,
    TableBody,
    TableRow,
    ColumnHeader,
    RowHeader,
    TableCell,
    Link,
    Figure,
}

impl Role {
    /// The standard structure type.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(_) => "H3",
            Self::Paragraph => "P",
            Self::List { .. } => "L",
            Self::ListItem => "LI",
            Self::ListLabel => "Lbl",
            Self::ListBody => "LBody",
            Self::Table => "Table",
            Self::TableHead => "THead",
            Self::TableBody => "TBody",
            Self::TableRow => "TR",
            Self::ColumnHeader | Self::RowHeader => "TH",
            Self::TableCell => "TD",
            Self::Link => "Link",
            Self::Figure => "Figure",
        }
    }
}

/// A child of a structure element, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kid {
    Element(ElementId),
    /// A marked-content sequence of a page.
    Content {
        page: usize,
        mcid: usize,
    },
    /// A link of a page, by its order on that page.
    Link {
        page: usize,
        index: usize,
    },
}

/// A node of the structure tree.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub role: Role,
    pub parent: Option<ElementId>,
    /// Whether the parent lists it already: it does from the first content on.
    pub attached: bool,
    pub kids: Vec<Kid>,
    /// What it shows, in words (figures).
    pub alternative: Option<String>,
    /// Where it stands (figures).
    pub place: Option<Place>,
}

/// A rectangle of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub page: usize,
    pub area: Area,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// A word of a line of text.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub word: Rc<Word>,
    /// What its last character is in the text, where that is not what it looks like.
    pub last_reads: Option<&'static str>,
}

impl Piece {
    /// A word that is what it looks like.
    pub(super) const fn plain(word: Rc<Word>) -> Self {
        Self {
            word,
            last_reads: None,
        }
    }
}

/// Something drawn.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// Words on one baseline, from `x` on.
    Text {
        style: Style,
        size: f32,
        x: f32,
        baseline: f32,
        colour: Rgb,
        pieces: Vec<Piece>,
    },
    /// A filled rectangle; `radius` rounds its corners.
    Fill {
        area: Area,
        radius: f32,
        colour: Rgb,
    },
    /// A place to click.
    Link { area: Area, address: String },
}

impl Item {
    pub(super) const fn fill(x: f32, y: f32, width: f32, height: f32, colour: Rgb) -> Self {
        Self::Fill {
            area: Area {
                x,
                y,
                width,
                height,
            },
            radius: 0.0,
            colour,
        }
    }

    /// The same, elsewhere.
    pub(super) fn moved(mut self, dx: f32, dy: f32) -> Self {
        match &mut self {
            Self::Text { x, baseline, .. } => {
                *x += dx;
                *baseline += dy;
            }
            Self::Fill { area, .. } | Self::Link { area, .. } => {
                area.x += dx;
                area.y += dy;
            }
        }
        self
    }
}

/// Consecutive items of one tag: one marked-content sequence of the page.
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    /// The element and the sequence's number on the page; `None` for an artifact.
    pub mark: Option<(ElementId, usize)>,
    pub items: Vec<Item>,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub sequences: Vec<Sequence>,
    /// How many sequences are marked.
    pub marked: usize,
    /// The element of each link, in order.
    pub links: Vec<ElementId>,
}

/// An entry of the outline.
#[derive(Clone, Debug)]
pub(super) struct Bookmark {
    /// Depth, from 1.
    pub level: u8,
    pub title: String,
    pub page: usize,
    pub y: f32,
}

/// A whole document, laid out.
#[derive(Clone, Debug)]
pub(super) struct LaidOut {
    pub pages: Vec<Page>,
    /// The first is the document itself.
    pub elements: Vec<Element>,
    pub bookmarks: Vec<Bookmark>,
}

impl LaidOut {
    /// One empty page and the root of the structure tree.
    pub(super) fn new() -> Self {
        let root = Element {
            role: Role::Document,
            parent: None,
            attached: true,
            kids: Vec::new(),
            alternative: None,
            place: None,
        };
        Self {
            pages: vec![Page::default()],
            elements: vec![root],
            bookmarks: Vec::new(),
        }
    }

    /// A new element. It joins its parent when it first gets content, so that the parent's
    /// children stand in reading order.
    pub(super) fn element(&mut self, role: Role, parent: ElementId) -> ElementId {
        self.elements.push(Element {
            role,
            parent: Some(parent),
            attached: false,
            kids: Vec::new(),
            alternative: None,
            place: None,
        });
        self.elements.len() - 1
    }

    /// Makes an element, and those above it, children of their parents.
    pub(super) fn attach(&mut self, id: ElementId) {
        let element = &mut self.elements[id];
        if element.attached {
            return;
        }
        element.attached = true;
        if let Some(parent) = element.parent {
            self.attach(parent);
            self.elements[parent].kids.push(Kid::Element(id));
        }
    }

    /// Puts an item on the last page.
    pub(super) fn put(&mut self, tag: Tag, item: Item) {
        let page = self.pages.len() - 1;
        self.put_on(page, tag, item);
    }

    /// Puts an item on a page.
    pub(super) fn put_on(&mut self, page: usize, tag: Tag, item: Item) {
        if let Some(element) = tag {
            self.attach(element);
        }
        let sheet = &mut self.pages[page];
        if let (Some(element), Item::Link { .. }) = (tag, &item) {
            self.elements[element].kids.push(Kid::Link {
                page,
                index: sheet.links.len(),
            });
            sheet.links.push(element);
        }
        match sheet.sequences.last_mut() {
            Some(last) if last.mark.map(|(element, _)| element) == tag => last.items.push(item),
            _ => {
                let mark = tag.map(|element| (element, sheet.marked));
                if let Some((element, mcid)) = mark {
                    sheet.marked += 1;
                    self.elements[element]
                        .kids
                        .push(Kid::Content { page, mcid });
                }
                sheet.sequences.push(Sequence {
                    mark,
                    items: vec![item],
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_stand_in_the_order_of_their_content() {
        let mut out = LaidOut::new();
        let paragraph = out.element(Role::Paragraph, 0);
        let link = out.element(Role::Link, paragraph);
        let ink = || Item::fill(0.0, 0.0, 1.0, 1.0, [0; 3]);
        out.put(Some(paragraph), ink());
        out.put(Some(link), ink());
        out.put(Some(paragraph), ink());
        out.put(None, ink());
        assert_eq!(
            out.elements[paragraph].kids,
            [
                Kid::Content { page: 0, mcid: 0 },
                Kid::Element(link),
                Kid::Content { page: 0, mcid: 2 }
            ]
        );
        assert_eq!(out.pages[0].sequences.len(), 4);
    }
}
