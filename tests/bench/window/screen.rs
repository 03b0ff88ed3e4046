//! The X screen: looking at it, and typing into the window that stands on it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    ConnectionExt as _, ImageFormat, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Keycode,
    MapState, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::Outcome;

/// Rows of pixels that are looked at: a strip of 4 out of 20, as whole pictures would cost the application its time.
const STRIP: u16 = 4;
const EVERY: usize = 20;
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(10);
/// A screen that changed for so long no more is complete.
const CALM: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(60);
/// A blinking caret, a minute that passes: one pixel in so many may change on a screen that is complete.
const CARET: usize = 2000;
/// Text has many shades along its letters, an empty page one.
const SHADES_OF_TEXT: usize = 40;
/// Bars that fade beside what scrolls: one pixel in so many may still change on a screen that a person calls complete.
const SCROLL_BARS: usize = 70;
const KEY_ENTER: u32 = 0xff0d;
const KEY_DOWN: u32 = 0xff54;

/// What must stand on the screen before it counts as complete.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Anything that was not there before.
    Any,
    /// Text.
    Text,
}

/// How long until a screen looked as it then stayed.
pub struct Panes {
    /// All of it.
    pub all: Duration,
    /// Some of its columns.
    pub pane: Duration,
}

/// Pixels of the strips, four bytes each.
pub struct Look(Vec<u8>);

impl Look {
    fn pixels(&self) -> impl Iterator<Item = &[u8]> {
        self.0.chunks_exact(4)
    }

    /// The same but for a caret.
    fn is_like(&self, other: &Self) -> bool {
        self.is_like_but_for(CARET, other)
    }

    /// The same but for one pixel in so many.
    fn is_like_but_for(&self, one_in: usize, other: &Self) -> bool {
        Self::are_like(one_in, self.pixels().zip(other.pixels()))
    }

    /// Some columns, of rows so wide, are the same but for a caret.
    fn is_like_within(&self, columns: &Range<usize>, width: usize, other: &Self) -> bool {
        let pairs = self.pixels().zip(other.pixels()).enumerate();
        let within = pairs.filter(|(place, _)| columns.contains(&(place % width)));
        Self::are_like(CARET, within.map(|(_, pair)| pair))
    }

    fn are_like<'a>(one_in: usize, pairs: impl Iterator<Item = (&'a [u8], &'a [u8])>) -> bool {
        let (mut all, mut different) = (0, 0);
        for (a, b) in pairs {
            all += 1;
            different += usize::from(a != b);
        }
        different <= all / one_in
    }

    fn holds(&self, content: Content) -> bool {
        content == Content::Any || self.pixels().collect::<BTreeSet<_>>().len() >= SHADES_OF_TEXT
    }
}

/// The display of `DISPLAY`.
pub struct Screen {
    conn: RustConnection,
    root: Window,
    width: u16,
    height: u16,
}

impl Screen {
    /// Connects to the X server.
    pub fn open() -> Outcome<Self> {
        let (conn, number) = x11rb::connect(None)?;
        let screen = conn
            .setup()
            .roots
            .get(number)
            .ok_or("the display has no screen")?;
        let (root, width, height) = (screen.root, screen.width_in_pixels, screen.height_in_pixels);
        Ok(Self {
            conn,
            root,
            width,
            height,
        })
    }

    /// What stands on the screen now.
    pub fn look(&self) -> Outcome<Look> {
        let strips = (0..self.height - STRIP).step_by(EVERY).map(|y| {
            let (x, y) = (0, i16::try_from(y)?);
            let format = ImageFormat::Z_PIXMAP;
            Ok(self
                .conn
                .get_image(format, self.root, x, y, self.width, STRIP, u32::MAX)?)
        });
        // All are asked for before the first answer is read: one way there and back.
        let strips: Vec<_> = strips.collect::<Outcome<_>>()?;
        let mut pixels = Vec::new();
        for strip in strips {
            pixels.extend(strip.reply()?.data);
        }
        Ok(Look(pixels))
    }

    /// How long after `began` the screen looked as it then stayed; it must have become another one than `before`.
    pub fn settled(&self, before: &Look, began: Instant, content: Content) -> Outcome<Duration> {
        let looks = self.until_calm(before, began, content)?;
        Ok(looks.last().map_or(Duration::ZERO, |(at, _)| *at))
    }

    /// The same for panes that scroll: when the screen looked as it then stayed, but for the bars beside them; and when
    /// the columns did that stand so far from the right side of the window.
    pub fn settled_panes(
        &self,
        before: &Look,
        began: Instant,
        from_right: Range<usize>,
    ) -> Outcome<Panes> {
        let looks = self.until_calm(before, began, Content::Text)?;
        let (_, last) = looks.last().ok_or("no look")?;
        let width = usize::from(self.width);
        let (_, right) = self.window()?;
        let columns = right - from_right.end..right - from_right.start;
        let since = |is_like: &dyn Fn(&Look) -> bool| {
            let still_other = looks.iter().rposition(|(_, look)| !is_like(look));
            let first = still_other.map_or(0, |place| place + 1);
            looks.get(first).map_or(Duration::ZERO, |(at, _)| *at)
        };
        Ok(Panes {
            all: since(&|look| look.is_like_but_for(SCROLL_BARS, last)),
            pane: since(&|look| look.is_like_within(&columns, width, last)),
        })
    }

    /// Each look that differs from the one before, with its time after `began`, until nothing changes any more.
    fn until_calm(
        &self,
        before: &Look,
        began: Instant,
        content: Content,
    ) -> Outcome<Vec<(Duration, Look)>> {
        let mut since = began.elapsed();
        let mut looks = vec![(since, self.look()?)];
        loop {
            std::thread::sleep(PAUSE);
            let now = self.look()?;
            let at = began.elapsed();
            let (_, last) = looks.last().ok_or("no look")?;
            if !now.is_like(last) {
                since = at;
                looks.push((at, now));
            } else if at > since + CALM && !last.is_like(before) && last.holds(content) {
                return Ok(looks);
            }
            if at > since + PATIENCE {
                return Err("the window did not show what was awaited".into());
            }
        }
    }

    /// Gives the keyboard to the window: there is nobody else who would.
    pub fn focus(&self) -> Outcome {
        let (window, _) = self.window()?;
        let now = x11rb::CURRENT_TIME;
        self.conn
            .set_input_focus(InputFocus::POINTER_ROOT, window, now)?
            .check()?;
        Ok(())
    }

    /// The largest window, and where it ends at the right.
    fn window(&self) -> Outcome<(Window, usize)> {
        let mut largest = None;
        for window in self.conn.query_tree(self.root)?.reply()?.children {
            if self.conn.get_window_attributes(window)?.reply()?.map_state == MapState::VIEWABLE {
                let size = self.conn.get_geometry(window)?.reply()?;
                largest = largest.max(Some((
                    u32::from(size.width) * u32::from(size.height),
                    window,
                    i32::from(size.x) + i32::from(size.width),
                )));
            }
        }
        let (_, window, right) = largest.ok_or("there is no window")?;
        Ok((window, usize::try_from(right)?))
    }

    /// Types letters, digits and spaces.
    pub fn type_text(&self, text: &str) -> Outcome {
        text.chars().try_for_each(|character| {
            // As fast as nobody types, and no faster than the page takes.
            std::thread::sleep(PAUSE);
            self.press(u32::from(character))
        })
    }

    /// Presses the arrow down.
    pub fn press_down(&self) -> Outcome {
        self.press(KEY_DOWN)
    }

    /// Presses Enter.
    pub fn press_enter(&self) -> Outcome {
        self.press(KEY_ENTER)
    }

    /// Presses the key that bears this symbol without another key.
    fn press(&self, symbol: u32) -> Outcome {
        let key = self.key(symbol)?;
        for event in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
            self.conn
                .xtest_fake_input(event, key, 0, self.root, 0, 0, 0)?
                .check()?;
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    fn key(&self, symbol: u32) -> Outcome<Keycode> {
        let (first, last) = (self.conn.setup().min_keycode, self.conn.setup().max_keycode);
        let map = self
            .conn
            .get_keyboard_mapping(first, last - first + 1)?
            .reply()?;
        let mut keys = map.keysyms.chunks(usize::from(map.keysyms_per_keycode));
        let place = keys.position(|symbols| symbols.first() == Some(&symbol));
        let place = place.ok_or_else(|| format!("no key bears the symbol {symbol:#x}"))?;
        Ok(first + u8::try_from(place)?)
    }
}
