use super::*;

/// A paragraph of `lines` lines of 10 points that keeps two lines together at its ends.
fn paragraph(lines: usize) -> Row {
    let strips = (0..lines)
        .map(|line| Strip {
            gap: 0.0,
            height: 10.0,
            may_break: line + 1 == lines || (line >= 1 && line + 3 <= lines),
            content: vec![(None, Item::fill(0.0, 0.0, 1.0, 10.0, [0; 3]))],
        })
        .collect();
    Row {
        columns: vec![Column { x: 0.0, strips }],
        ..Row::default()
    }
}

fn lines_on(sheet: &Sheet, page: usize) -> usize {
    sheet.out.pages[page]
        .sequences
        .iter()
        .map(|sequence| sequence.items.len())
        .sum()
}

fn sheet_with_room(room: f32) -> Sheet {
    let mut sheet = Sheet::new();
    sheet.y = BOTTOM - room;
    sheet
}

#[test]
fn no_single_line_of_a_paragraph_stays_behind_or_goes_ahead() {
    for (room, lines, expected) in [
        (45.0, 10, 4),
        (15.0, 10, 0),
        (95.0, 10, 8),
        (25.0, 3, 0),
        (25.0, 4, 2),
    ] {
        let mut sheet = sheet_with_room(room);
        sheet.place(vec![paragraph(lines)]);
        assert_eq!(
            (lines_on(&sheet, 0), lines_on(&sheet, 1)),
            (expected, lines - expected),
            "{room} {lines}"
        );
    }
}

#[test]
fn a_row_taller_than_a_page_is_broken_even_where_it_should_not_be() {
    let mut row = paragraph(300);
    row.whole = true;
    for strip in &mut row.columns[0].strips {
        strip.may_break = false;
    }
    let mut sheet = sheet_with_room(50.0);
    sheet.place(vec![row]);
    assert_eq!(lines_on(&sheet, 0), 0);
    assert_eq!(
        (1..sheet.out.pages.len())
            .map(|page| lines_on(&sheet, page))
            .sum::<usize>(),
        300
    );
}

#[test]
fn a_table_head_is_drawn_on_each_page_and_never_alone() {
    let mut head = paragraph(1);
    head.keeps_next = true;
    head.starts_table = true;
    let mut last = paragraph(80);
    last.ends_table = true;
    let mut sheet = sheet_with_room(25.0);
    sheet.place(vec![head, last, paragraph(80)]);
    assert_eq!(lines_on(&sheet, 0), 0, "the head went with its row");
    assert_eq!(sheet.out.pages.len(), 4);
    let total: usize = (0..4).map(|page| lines_on(&sheet, page)).sum();
    assert_eq!(total, 160 + 2, "one head and one repetition");
}
