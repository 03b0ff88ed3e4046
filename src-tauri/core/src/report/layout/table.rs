//! Tables, and the two-column table of "key: value" rows.

use super::super::block::{Align, Cell, Definition, Span, Table};
use super::super::flow::{Column, Ground, Row, Rule, Strip, keep_ends_together};
use super::super::page::{ElementId, Role};
use super::super::palette::{ACCENT_GROUND, RULE, RULE_STRONG};
use super::typeset::{
    BODY, KEY, STRONG, Setting, TABLE_HEAD, Typesetter, gauge_items, gauge_width,
};

const KEY_WIDTH: f32 = 104.0;
/// A row lower than this moves to the next page rather than break.
const WHOLE_BELOW: f32 = 130.0;
const CELL_GAP: f32 = 9.0;

impl Typesetter<'_> {
    pub(super) fn definitions(
        &mut self,
        definitions: &[Definition],
        x: f32,
        width: f32,
    ) -> Vec<Row> {
        let table = self.sheet.element(Role::Table, 0);
        let mut rows: Vec<Row> = Vec::new();
        for definition in definitions {
            let row = self.sheet.element(Role::TableRow, table);
            let key = self.sheet.element(Role::RowHeader, row);
            let value = self.sheet.element(Role::TableCell, row);
            let values = self.pile(&definition.value, BODY, width - KEY_WIDTH, value);
            if values.is_empty() {
                continue;
            }
            let keys = self.strips(
                &[Span::plain(&definition.key)],
                KEY,
                KEY_WIDTH - CELL_GAP,
                key,
            );
            rows.push(Row {
                pad_top: if rows.is_empty() { 0.0 } else { 3.0 },
                pad_bottom: 3.6,
                columns: vec![
                    Column { x, strips: keys },
                    Column {
                        x: x + KEY_WIDTH,
                        strips: values,
                    },
                ],
                rule: Some(Rule {
                    x,
                    width,
                    thickness: 0.5,
                    colour: RULE,
                }),
                elements: vec![row, key, value],
                ..Row::default()
            });
        }
        if let Some(last) = rows.last_mut() {
            last.rule = None;
            last.pad_bottom = 0.0;
        }
        keep_ends_together(&mut rows);
        rows
    }

    pub(super) fn table(&mut self, table: &Table, x: f32, width: f32) -> Vec<Row> {
        if table.columns.is_empty() || (table.rows.is_empty() && table.total.is_none()) {
            return Vec::new();
        }
        let places = Places::new(table, x, width);
        let element = self.sheet.element(Role::Table, 0);
        let head = self.sheet.element(Role::TableHead, element);
        let body = self.sheet.element(Role::TableBody, element);

        let titles: Vec<Cell> = table
            .columns
            .iter()
            .map(|column| Cell {
                text: vec![Span::plain(&column.head)],
                gauge: None,
            })
            .collect();
        let mut first = self.row(&titles, table, &places, head, Kind::Head);
        first.keeps_next = true;
        first.starts_table = true;
        first.rule = Some(Rule {
            x,
            width,
            thickness: 0.8,
            colour: RULE_STRONG,
        });
        first.pad_bottom = 3.5;
        let mut rows = vec![first];
        for cells in &table.rows {
            let mut row = self.row(cells, table, &places, body, Kind::Body);
            row.rule = Some(Rule {
                x,
                width,
                thickness: 0.5,
                colour: RULE,
            });
            row.pad_top = 3.6;
            row.pad_bottom = 4.0;
            row.whole = row.height() < WHOLE_BELOW;
            rows.push(row);
        }
        if let Some(cells) = &table.total {
            let mut row = self.row(cells, table, &places, body, Kind::Total);
            row.grounds = vec![Ground {
                x,
                width,
                colour: ACCENT_GROUND,
            }];
            row.pad_top = 4.0;
            row.pad_bottom = 4.4;
            row.whole = row.height() < WHOLE_BELOW;
            // A sum does not stand alone on the next page.
            if let [_, .., last] = rows.as_mut_slice() {
                last.keeps_next = last.whole;
            }
            rows.push(row);
        }
        if let Some(last) = rows.last_mut() {
            last.ends_table = true;
        }
        rows
    }

    fn row(
        &mut self,
        cells: &[Cell],
        table: &Table,
        places: &Places,
        parent: ElementId,
        kind: Kind,
    ) -> Row {
        let tr = self.sheet.element(Role::TableRow, parent);
        let mut row = Row {
            elements: vec![tr],
            ..Row::default()
        };
        let empty = Cell::default();
        // A row with too few cells is filled up, and what is too much is left out: a tagged table is regular.
        for (index, column) in table.columns.iter().enumerate() {
            let cell = cells.get(index).unwrap_or(&empty);
            let role = match (kind, index) {
                (Kind::Head, _) => Role::ColumnHeader,
                (_, 0) => Role::RowHeader,
                _ => Role::TableCell,
            };
            let element = self.sheet.element(role, tr);
            let setting = Setting {
                right: column.align == Align::Right,
                ..match kind {
                    Kind::Head => TABLE_HEAD,
                    Kind::Body => BODY,
                    Kind::Total => STRONG,
                }
            };
            let (x, width) = places.cell(index);
            let strips = self.cell(cell, setting, width, element);
            row.elements.push(element);
            row.columns.push(Column { x, strips });
        }
        row
    }

    fn cell(
        &mut self,
        cell: &Cell,
        setting: Setting,
        width: f32,
        element: ElementId,
    ) -> Vec<Strip> {
        let Some(gauge) = cell.gauge else {
            return self.strips(&cell.text, setting, width, element);
        };
        let indent = gauge_width(gauge).min(width - 20.0);
        let mut strips = self.strips(&cell.text, setting, width - indent, element);
        for (_, item) in strips.iter_mut().flat_map(|strip| &mut strip.content) {
            *item = item.clone().moved(indent, 0.0);
        }
        if let Some(first) = strips.first_mut() {
            first
                .content
                .extend(gauge_items(gauge, 0.0, setting.baseline()));
        }
        strips
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Head,
    Body,
    Total,
}

/// Where the columns of a table stand.
struct Places {
    edges: Vec<f32>,
}

impl Places {
    fn new(table: &Table, x: f32, width: f32) -> Self {
        // A share that is not a positive number counts as a narrow column.
        let shares: Vec<f32> = table
            .columns
            .iter()
            .map(|column| {
                if column.share.is_finite() {
                    column.share.clamp(0.1, 100.0)
                } else {
                    0.1
                }
            })
            .collect();
        let whole: f32 = shares.iter().sum();
        let mut edges = vec![x];
        let mut edge = x;
        for share in shares {
            edge += share / whole * width;
            edges.push(edge);
        }
        Self { edges }
    }

    /// Left edge and width of the text of a column.
    fn cell(&self, index: usize) -> (f32, f32) {
        let last = index + 2 == self.edges.len();
        let first = index == 0;
        // Text keeps clear of the tint of a total at both edges.
        let left = self.edges[index] + if first { 4.0 } else { 0.0 };
        let right = self.edges[index + 1] - if last { 4.0 } else { CELL_GAP };
        (left, (right - left).max(8.0))
    }
}
