//! The structure tree: what each marked sequence of a page is, and in which order it is read
//! (ISO 32000-1, 14.7 and 14.8).

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::super::page::{Area, Element, HEIGHT, Item, Kid, LaidOut, Page, Role};
use super::super::text::single_line;
use super::super::{Lang, ReportError};

/// The longest description of a link, characters.
const DESCRIPTION_LIMIT: usize = 300;

/// Adds the tree, and gives its root.
pub(super) fn add(
    pdf: &mut lopdf::Document,
    laid_out: &LaidOut,
    pages: &[ObjectId],
    lang: Lang,
) -> Result<ObjectId, ReportError> {
    let root = pdf.new_object_id();
    let elements: Vec<ObjectId> = laid_out
        .elements
        .iter()
        .map(|_| pdf.new_object_id())
        .collect();

    // The parent tree leads from a page's sequences, and from each link, back to their elements.
    let mut parents = ParentTree::default();
    for (page, &id) in laid_out.pages.iter().zip(pages) {
        let owners: Vec<Object> = page
            .sequences
            .iter()
            .filter_map(|sequence| sequence.mark)
            .map(|(element, _)| elements[element].into())
            .collect();
        let owners = pdf.add_object(owners);
        let key = parents.add(owners);
        let page = pdf.get_dictionary_mut(id)?;
        page.set("StructParents", key);
        page.set("Tabs", Object::Name(b"S".to_vec()));
    }
    let mut links = Vec::with_capacity(pages.len());
    for (page, &id) in laid_out.pages.iter().zip(pages) {
        links.push(finish_links(pdf, page, id, &elements, &mut parents, lang)?);
    }

    for (element, &id) in laid_out.elements.iter().zip(&elements) {
        if element.attached {
            let node = node(element, root, &elements, pages, &links);
            pdf.objects.insert(id, node.into());
        }
    }
    let next_key = parents.next;
    let parent_tree = pdf.add_object(dictionary! { "Nums" => parents.numbers });
    let tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![elements[0].into()],
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => next_key,
    };
    pdf.objects.insert(root, tree.into());
    Ok(root)
}

/// A number tree from keys to elements.
#[derive(Default)]
struct ParentTree {
    numbers: Vec<Object>,
    next: i64,
}

impl ParentTree {
    fn add(&mut self, target: ObjectId) -> i64 {
        let key = self.next;
        self.next += 1;
        self.numbers.extend([key.into(), target.into()]);
        key
    }
}

/// Makes each link of a page printable, described, and part of the tree. Gives their objects.
fn finish_links(
    pdf: &mut lopdf::Document,
    page: &Page,
    id: ObjectId,
    elements: &[ObjectId],
    parents: &mut ParentTree,
    lang: Lang,
) -> Result<Vec<ObjectId>, ReportError> {
    let annotations = pdf
        .get_dictionary(id)?
        .get(b"Annots")
        .and_then(Object::as_array)
        .cloned()
        .unwrap_or_default();
    let addresses = page
        .sequences
        .iter()
        .flat_map(|sequence| &sequence.items)
        .filter_map(|item| match item {
            Item::Link { address, .. } => Some(address),
            _ => None,
        });
    let mut written = Vec::with_capacity(page.links.len());
    for ((annotation, &owner), address) in annotations.iter().zip(&page.links).zip(addresses) {
        let mut annotation = annotation.as_dict()?.clone();
        annotation.remove(b"C");
        // Printed with the page, as PDF/A asks of every annotation.
        annotation.set("F", 4);
        annotation.set("StructParent", parents.add(elements[owner]));
        annotation.set("Contents", lopdf::text_string(&description(address, lang)));
        written.push(pdf.add_object(annotation));
    }
    if written.len() != page.links.len() {
        return Err(ReportError::Incomplete("a link"));
    }
    let page = pdf.get_dictionary_mut(id)?;
    if written.is_empty() {
        page.remove(b"Annots");
    } else {
        page.set(
            "Annots",
            written.iter().map(|&id| id.into()).collect::<Vec<Object>>(),
        );
    }
    Ok(written)
}

/// What a screen reader says of a link.
fn description(address: &str, lang: Lang) -> String {
    let shown: String = address
        .chars()
        .map(|c| if c.is_ascii_graphic() { c } else { '_' })
        .collect();
    let words = match (lang, shown.split_once(':')) {
        (Lang::Fr, Some(("mailto", to))) => format!("Écrire à {to}"),
        (Lang::Fr, Some(("tel", to))) => format!("Appeler {to}"),
        (Lang::Fr, _) => format!("Ouvrir {shown}"),
        (Lang::En, Some(("mailto", to))) => format!("Write to {to}"),
        (Lang::En, Some(("tel", to))) => format!("Call {to}"),
        (Lang::En, _) => format!("Open {shown}"),
    };
    single_line(&words, DESCRIPTION_LIMIT)
}

fn node(
    element: &Element,
    root: ObjectId,
    elements: &[ObjectId],
    pages: &[ObjectId],
    links: &[Vec<ObjectId>],
) -> Dictionary {
    let kids: Vec<Object> = element
        .kids
        .iter()
        .map(|kid| match *kid {
            Kid::Element(child) => elements[child].into(),
            #[allow(clippy::cast_possible_wrap)]
            Kid::Content { page, mcid } => {
                dictionary! { "Type" => "MCR", "Pg" => pages[page], "MCID" => mcid as i64 }.into()
            }
            Kid::Link { page, index } => {
                dictionary! { "Type" => "OBJR", "Pg" => pages[page], "Obj" => links[page][index] }
                    .into()
            }
        })
        .collect();
    let mut node = dictionary! {
        "Type" => "StructElem",
        "S" => element.role.name(),
        "P" => element.parent.map_or(root, |parent| elements[parent]),
        "K" => kids,
    };
    if let Some(alternative) = &element.alternative {
        node.set("Alt", lopdf::text_string(alternative));
    }
    match element.role {
        Role::ColumnHeader => node.set("A", dictionary! { "O" => "Table", "Scope" => "Column" }),
        Role::RowHeader => node.set("A", dictionary! { "O" => "Table", "Scope" => "Row" }),
        Role::List { bulleted } => {
            let numbering = if bulleted { "Disc" } else { "None" };
            node.set(
                "A",
                dictionary! { "O" => "List", "ListNumbering" => numbering },
            );
        }
        Role::Figure => {
            if let Some(place) = element.place {
                let Area {
                    x,
                    y,
                    width,
                    height,
                } = place.area;
                let corners: Vec<Object> = vec![
                    x.into(),
                    (HEIGHT - y - height).into(),
                    (x + width).into(),
                    (HEIGHT - y).into(),
                ];
                node.set("Pg", pages[place.page]);
                node.set(
                    "A",
                    dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners },
                );
            }
        }
        _ => {}
    }
    node
}
