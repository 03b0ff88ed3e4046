//! The outline (bookmarks) that a reader shows beside the pages (ISO 32000-1, 12.3.3).

use lopdf::{Object, ObjectId, dictionary};

use super::super::page::{Bookmark, HEIGHT};

/// Adds the outline; `None` when there is nothing to list.
pub(super) fn add(
    pdf: &mut lopdf::Document,
    bookmarks: &[Bookmark],
    pages: &[ObjectId],
) -> Option<ObjectId> {
    if bookmarks.is_empty() {
        return None;
    }
    let root = pdf.new_object_id();
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| pdf.new_object_id()).collect();
    let tree = Tree::new(bookmarks);

    for (index, bookmark) in bookmarks.iter().enumerate() {
        let siblings = tree.siblings(index);
        let place = siblings
            .iter()
            .position(|&sibling| sibling == index)
            .unwrap_or(0);
        let mut entry = dictionary! {
            "Title" => lopdf::text_string(&bookmark.title),
            "Parent" => tree.parents[index].map_or(root, |parent| ids[parent]),
            "Dest" => vec![pages[bookmark.page].into(), "XYZ".into(), Object::Null, (HEIGHT - bookmark.y).into(), Object::Null],
        };
        if place > 0 {
            entry.set("Prev", ids[siblings[place - 1]]);
        }
        if let Some(&next) = siblings.get(place + 1) {
            entry.set("Next", ids[next]);
        }
        let children = &tree.children[index];
        if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
            entry.set("First", ids[first]);
            entry.set("Last", ids[last]);
            entry.set("Count", count(tree.below(index)));
        }
        pdf.objects.insert(ids[index], entry.into());
    }
    let mut outlines = dictionary! { "Type" => "Outlines", "Count" => count(bookmarks.len()) };
    if let (Some(&first), Some(&last)) = (tree.top.first(), tree.top.last()) {
        outlines.set("First", ids[first]);
        outlines.set("Last", ids[last]);
    }
    pdf.objects.insert(root, outlines.into());
    Some(root)
}

fn count(entries: usize) -> i64 {
    i64::try_from(entries).unwrap_or(i64::MAX)
}

/// Which entry stands under which.
struct Tree {
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    top: Vec<usize>,
}

impl Tree {
    fn new(bookmarks: &[Bookmark]) -> Self {
        let mut tree = Self {
            parents: Vec::new(),
            children: vec![Vec::new(); bookmarks.len()],
            top: Vec::new(),
        };
        let mut open: Vec<usize> = Vec::new();
        for (index, bookmark) in bookmarks.iter().enumerate() {
            while open
                .last()
                .is_some_and(|&last| bookmarks[last].level >= bookmark.level)
            {
                open.pop();
            }
            let parent = open.last().copied();
            match parent {
                Some(parent) => tree.children[parent].push(index),
                None => tree.top.push(index),
            }
            tree.parents.push(parent);
            open.push(index);
        }
        tree
    }

    fn siblings(&self, index: usize) -> &[usize] {
        self.parents[index].map_or(&self.top, |parent| &self.children[parent])
    }

    /// How many entries stand under this one, at any depth; depth is at most three.
    fn below(&self, index: usize) -> usize {
        self.children[index]
            .iter()
            .map(|&child| 1 + self.below(child))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_under_the_last_shallower_one() {
        let bookmarks: Vec<Bookmark> = [0, 1, 2, 2, 1]
            .iter()
            .map(|&level| Bookmark {
                level,
                title: String::new(),
                page: 0,
                y: 0.0,
            })
            .collect();
        let tree = Tree::new(&bookmarks);
        assert_eq!(tree.parents, [None, Some(0), Some(1), Some(1), Some(0)]);
        assert_eq!(tree.below(0), 4);
        assert_eq!(tree.siblings(3), [2, 3]);
    }
}
