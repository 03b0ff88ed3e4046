//! Rows placed one under the other, broken over pages where they may break.
//!
//! Everything in a document is a row of columns, and each column a pile of strips (a line of text,
//! a bar): a paragraph has one column, a table row several. So there is one rule for page breaks.

use super::page::{Area, Bookmark, ElementId, HEIGHT, Item, LaidOut, Page, Role, Tag};
use super::palette::Rgb;

/// Where the text of a page begins.
pub(super) const TOP: f32 = 82.0;
/// Where it ends.
pub(super) const BOTTOM: f32 = HEIGHT - 80.0;

/// A line of text or a drawing that no page break divides.
#[derive(Clone, Debug, Default)]
pub(super) struct Strip {
    /// Space above, dropped at the top of a page.
    pub gap: f32,
    pub height: f32,
    /// Whether a page may end after it.
    pub may_break: bool,
    /// What is drawn, from the upper left corner of the strip.
    pub content: Vec<(Tag, Item)>,
}

/// A pile of strips.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    pub x: f32,
    pub strips: Vec<Strip>,
}

impl Column {
    fn height(&self) -> f32 {
        self.strips
            .iter()
            .enumerate()
            .map(|(index, strip)| strip.height + if index == 0 { 0.0 } else { strip.gap })
            .sum()
    }

    /// How many strips fit into `room` and may be parted from the rest.
    fn fitting(&self, room: f32) -> usize {
        let (mut y, mut keep) = (0.0, 0);
        for (index, strip) in self.strips.iter().enumerate() {
            y += strip.height + if index == 0 { 0.0 } else { strip.gap };
            if y > room {
                break;
            }
            if strip.may_break || index + 1 == self.strips.len() {
                keep = index + 1;
            }
        }
        keep
    }

    /// Height up to the first place where a page may end.
    fn opening(&self) -> f32 {
        let end = self
            .strips
            .iter()
            .position(|strip| strip.may_break)
            .map_or(self.strips.len(), |at| at + 1);
        self.strips[..end]
            .iter()
            .enumerate()
            .map(|(index, strip)| strip.height + if index == 0 { 0.0 } else { strip.gap })
            .sum()
    }
}

/// A tint behind a row, drawn anew on each page that the row reaches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    pub x: f32,
    pub width: f32,
    pub colour: Rgb,
}

/// A line under a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub x: f32,
    pub width: f32,
    pub thickness: f32,
    pub colour: Rgb,
}

/// Columns side by side.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub gap: f32,
    pub pad_top: f32,
    pub pad_bottom: f32,
    pub columns: Vec<Column>,
    pub grounds: Vec<Ground>,
    pub rule: Option<Rule>,
    /// Elements that exist even when nothing is drawn for them (an empty cell), in order.
    pub elements: Vec<ElementId>,
    /// Whether it moves to the next page rather than break.
    pub whole: bool,
    /// Whether the next row must begin on the same page.
    pub keeps_next: bool,
    /// Whether it is drawn again, as an artifact, on each page that the following rows reach.
    pub starts_table: bool,
    /// Whether the repetition ends after it.
    pub ends_table: bool,
}

impl Row {
    pub(super) fn height(&self) -> f32 {
        self.pad_top + self.columns.iter().map(Column::height).fold(0.0, f32::max) + self.pad_bottom
    }

    /// The least that must stand on a page for the row to begin there.
    fn opening(&self) -> f32 {
        if self.whole {
            return self.height();
        }
        self.pad_top
            + self.columns.iter().map(Column::opening).fold(0.0, f32::max)
            + self.pad_bottom
    }

    /// Takes off what fits into `room`; the row is then the rest. `None` when it would break badly.
    /// With `force`, at least one strip of each column goes, however badly.
    fn split(&mut self, room: f32, force: bool) -> Option<Self> {
        let room = room - self.pad_top - self.pad_bottom;
        let mut kept = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let mut keep = column.fitting(room);
            if keep == 0 && !column.strips.is_empty() {
                if !force {
                    return None;
                }
                let heights = column.strips.iter().scan(0.0, |y, strip| {
                    *y += strip.height + strip.gap;
                    Some(*y)
                });
                keep = heights.take_while(|y| *y <= room).count().max(1);
            }
            kept.push(keep);
        }
        if self
            .columns
            .iter()
            .zip(&kept)
            .all(|(column, keep)| column.strips.len() == *keep)
        {
            return None;
        }
        let columns = self.columns.iter_mut().zip(kept);
        let columns = columns
            .map(|(column, keep)| Column {
                x: column.x,
                strips: column.strips.drain(..keep).collect(),
            })
            .collect();
        let head = Self {
            columns,
            gap: self.gap,
            pad_top: self.pad_top,
            pad_bottom: self.pad_bottom,
            grounds: self.grounds.clone(),
            elements: std::mem::take(&mut self.elements),
            ..Self::default()
        };
        Some(head)
    }

    /// The row as it is repeated on later pages: for the eye only.
    fn repeated(&self) -> Self {
        let mut row = self.clone();
        row.elements.clear();
        for (tag, _) in row
            .columns
            .iter_mut()
            .flat_map(|column| &mut column.strips)
            .flat_map(|strip| &mut strip.content)
        {
            *tag = None;
        }
        row
    }
}

/// The least height that must remain for `rows` to begin, following what keeps with its next.
pub(super) fn opening(rows: &[Row]) -> f32 {
    let mut height = 0.0;
    for row in rows {
        height += row.gap;
        if !row.keeps_next {
            return height + row.opening();
        }
        height += row.height();
    }
    height
}

/// Rows that are few stay together; of many, none stands alone before or after a page break.
pub(super) fn keep_ends_together(rows: &mut [Row]) {
    const FEW_BELOW: f32 = 150.0;
    let few = rows.iter().map(|row| row.gap + row.height()).sum::<f32>() < FEW_BELOW;
    let count = rows.len();
    for (index, row) in rows.iter_mut().enumerate() {
        // A row that is itself long breaks where it must.
        let end = index == 0 || index + 2 == count;
        row.keeps_next = index + 1 < count && (few || (end && row.height() < FEW_BELOW / 2.0));
    }
}

/// Rows that are lower than `limit` in all stay together, each of them whole.
pub(super) fn keep_together(rows: &mut [Row], limit: f32) {
    let height: f32 = rows.iter().map(|row| row.gap + row.height()).sum();
    if height < limit {
        let count = rows.len();
        for (index, row) in rows.iter_mut().enumerate() {
            row.whole = true;
            row.keeps_next = index + 1 < count;
        }
    }
}

/// The pages while they are filled.
pub(super) struct Sheet {
    pub out: LaidOut,
    /// Where the next row goes.
    pub y: f32,
    /// Where the text of this page begins, after a repeated table head.
    top: f32,
    repeated: Option<Row>,
    /// How far down the margin column is taken, on this page.
    margin_floor: f32,
}

impl Sheet {
    pub(super) fn new() -> Self {
        Self {
            out: LaidOut::new(),
            y: TOP,
            top: TOP,
            repeated: None,
            margin_floor: TOP,
        }
    }

    pub(super) fn element(&mut self, role: Role, parent: ElementId) -> ElementId {
        self.out.element(role, parent)
    }

    pub(super) fn page(&self) -> usize {
        self.out.pages.len() - 1
    }

    pub(super) fn is_top(&self) -> bool {
        self.y <= self.top
    }

    pub(super) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    pub(super) fn bookmark(&mut self, level: u8, title: &str, y: f32) {
        let page = self.page();
        self.out.bookmarks.push(Bookmark {
            level,
            title: title.to_owned(),
            page,
            y,
        });
    }

    pub(super) fn new_page(&mut self) {
        self.out.pages.push(Page::default());
        self.y = TOP;
        self.margin_floor = TOP;
        if let Some(row) = self.repeated.clone() {
            self.draw(row);
        }
        self.top = self.y;
    }

    /// Starts a page unless `height` remains.
    pub(super) fn need(&mut self, height: f32) {
        if self.room() < height && !self.is_top() {
            self.new_page();
        }
    }

    /// Leaves space, but not at the top of a page.
    pub(super) fn skip(&mut self, height: f32) {
        if !self.is_top() {
            self.y += height;
        }
    }

    /// Takes the margin column from here on, `height` points deep.
    pub(super) fn take_margin(&mut self, height: f32) {
        self.margin_floor = self.y + height;
    }

    /// Goes below what stands in the margin column.
    pub(super) fn clear_margin(&mut self) {
        self.y = self.y.max(self.margin_floor);
    }

    /// Places rows, each on the page where its first lines find room.
    pub(super) fn place(&mut self, rows: Vec<Row>) {
        let openings: Vec<f32> = (0..rows.len())
            .map(|index| {
                if rows[index].keeps_next {
                    opening(&rows[index..])
                } else {
                    0.0
                }
            })
            .collect();
        for (row, opening) in rows.into_iter().zip(openings) {
            self.need(opening);
            self.skip(row.gap);
            let repeated = row.starts_table.then(|| row.repeated());
            let ends_table = row.ends_table;
            self.place_row(row);
            self.repeated = if ends_table {
                None
            } else {
                repeated.or(self.repeated.take())
            };
        }
    }

    fn place_row(&mut self, mut row: Row) {
        loop {
            if row.height() <= self.room() {
                return self.draw(row);
            }
            let may_move = !self.is_top();
            let head = if may_move && row.whole {
                None
            } else {
                row.split(self.room(), !may_move)
            };
            match head {
                Some(head) => self.draw(head),
                // Taller than a page only by its padding.
                None if !may_move => return self.draw(row),
                None => {}
            }
            self.new_page();
        }
    }

    fn draw(&mut self, row: Row) {
        let height = row.height();
        for ground in &row.grounds {
            self.out.put(
                None,
                Item::fill(ground.x, self.y, ground.width, height, ground.colour),
            );
        }
        for element in row.elements {
            self.out.attach(element);
        }
        for column in row.columns {
            let mut y = self.y + row.pad_top;
            for (index, strip) in column.strips.into_iter().enumerate() {
                y += if index == 0 { 0.0 } else { strip.gap };
                for (tag, item) in strip.content {
                    self.out.put(tag, item.moved(column.x, y));
                }
                y += strip.height;
            }
        }
        self.y += height;
        if let Some(rule) = row.rule {
            self.out.put(
                None,
                Item::fill(
                    rule.x,
                    self.y - rule.thickness,
                    rule.width,
                    rule.thickness,
                    rule.colour,
                ),
            );
        }
    }

    /// Notes where a figure was drawn: `height` points up from here.
    pub(super) fn locate(&mut self, figure: ElementId, x: f32, width: f32, height: f32) {
        let page = self.page();
        let area = Area {
            x,
            y: self.y - height,
            width,
            height,
        };
        self.out.elements[figure].place = Some(super::page::Place { page, area });
    }
}

#[cfg(test)]
mod tests;
