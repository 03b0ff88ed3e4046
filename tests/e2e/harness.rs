//! One application window, driven as a person with or without a mouse would.
#![allow(dead_code, reason = "a word may wait for the journey that needs it")]

use std::error::Error;
use std::fs;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use http::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::common::command::{Command as Request, ExtensionCommand};
use thirtyfour::{Key, WebDriver, WebElement};

use crate::driver::{Driver, kill};

/// What a journey and each of its steps return.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const PATIENCE: Duration = Duration::from_secs(10);
pub const PAUSE: Duration = Duration::from_millis(40);
/// Size of each picture, and of the window unless a journey changes it.
const WINDOW: (u32, u32) = (1440, 900);

/// Opens the window on a fresh data folder, runs `steps`, and closes it. A failure,
/// panic included, leaves a picture and the text of the screen.
pub async fn journey(name: &str, steps: impl AsyncFnOnce(&mut Window) -> Outcome) -> Outcome {
    let mut window = Window::open().await?;
    let outcome = {
        let mut steps = pin!(steps(&mut window));
        poll_fn(
            |context| match catch_unwind(AssertUnwindSafe(|| steps.as_mut().poll(context))) {
                Ok(Poll::Pending) => Poll::Pending,
                Ok(Poll::Ready(outcome)) => Poll::Ready(Ok(outcome)),
                Err(panic) => Poll::Ready(Err(panic)),
            },
        )
        .await
    };
    if !matches!(outcome, Ok(Ok(()))) {
        window.picture(&format!("{name}-failed")).await.ok();
        if let Ok(text) = window.text().await {
            eprintln!("the screen of “{name}” showed:\n{text}\n");
        }
    }
    window.close().await.ok();
    outcome.unwrap_or_else(|panic| resume_unwind(panic))
}

/// The application's one window, and the folders that it was given.
pub struct Window {
    folder: TempDir,
    process: Driver,
    page: WebDriver,
}

impl Window {
    async fn open() -> Outcome<Self> {
        let folder = TempDir::with_prefix("relais-journey-")?;
        for place in [
            "data",
            "tmp",
            "run",
            "home/.local/share",
            "home/.config",
            "home/.cache",
        ] {
            fs::create_dir_all(folder.path().join(place))?;
        }
        let process = Driver::start(folder.path())?;
        let page = process.connect().await?;
        let window = Self {
            folder,
            process,
            page,
        };
        window.resize(WINDOW.0, WINDOW.1).await?;
        Ok(window)
    }

    /// Ends the application without a word, as a power cut would.
    pub async fn kill(&mut self) -> Outcome {
        let applications = self.process.applications()?;
        if applications.is_empty() {
            return Err("no application is running".into());
        }
        applications
            .iter()
            .try_for_each(|application| kill(application))
    }

    /// Opens the window again on the same folders, after [`Window::kill`].
    pub async fn reopen(&mut self) -> Outcome {
        self.process = Driver::start(self.folder.path())?;
        self.page = self.process.connect().await?;
        self.resize(WINDOW.0, WINDOW.1).await
    }

    async fn close(self) -> Outcome {
        self.page.quit().await?;
        Ok(())
    }

    /// The folder that holds everything the application may write: `data` (the vault),
    /// `home`, `tmp` and `run`.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Files under [`Window::folder`] that hold `canary` in clear, in UTF-8 or UTF-16.
    pub fn files_with(&self, canary: &str) -> Outcome<Vec<PathBuf>> {
        let wide: Vec<u8> = canary.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut found = Vec::new();
        let mut folders = vec![self.folder().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    folders.push(entry.path());
                } else if entry.file_type()?.is_file() {
                    let bytes = fs::read(entry.path())?;
                    let holds = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
                    if holds(canary.as_bytes()) || holds(&wide) {
                        found.push(entry.path());
                    }
                }
            }
        }
        Ok(found)
    }

    /// The page itself, for what the words below do not cover.
    pub fn page(&self) -> &WebDriver {
        &self.page
    }

    /// The visible element of this ARIA role with exactly this name.
    pub async fn find(&self, role: &str, name: &str) -> Outcome<WebElement> {
        let wanted = plain(name);
        self.find_where(role, &format!("“{name}”"), |name| name == wanted)
            .await
    }

    /// The first visible element of this ARIA role whose name begins so.
    pub async fn find_starting(&self, role: &str, start: &str) -> Outcome<WebElement> {
        let wanted = plain(start);
        self.find_where(role, &format!("“{start}…”"), |name| {
            name.starts_with(&wanted)
        })
        .await
    }

    /// The first visible element of this ARIA role.
    pub async fn find_any(&self, role: &str) -> Outcome<WebElement> {
        self.find_where(role, "with any name", |_| true).await
    }

    /// The visible field with this label: text, number, date, choice.
    pub async fn field(&self, label: &str) -> Outcome<WebElement> {
        let wanted = plain(label);
        self.find_where("field", &format!("“{label}”"), |name| name == wanted)
            .await
    }

    async fn find_where(
        &self,
        role: &str,
        described: &str,
        matches: impl Fn(&str) -> bool,
    ) -> Outcome<WebElement> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let seen = match self.named(role).await {
                Ok(seen) => seen,
                // The page may replace an element between two questions about it.
                Err(_) if Instant::now() < deadline => Vec::new(),
                Err(problem) => return Err(problem),
            };
            let mut names = Vec::new();
            for (element, name) in seen {
                if matches(&name) {
                    return Ok(element);
                }
                names.push(name);
            }
            if Instant::now() > deadline {
                let message = format!("no {role} {described}; there are: {names:?}");
                return Err(message.into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Visible elements of a role with their names, as WebKit computes both.
    async fn named(&self, role: &str) -> Outcome<Vec<(WebElement, String)>> {
        let found = self
            .page
            .execute(VISIBLE, vec![json!(selector(role))])
            .await?;
        let mut named = Vec::new();
        for element in found.elements()? {
            if role == "field" || self.ask(&element, "computedrole").await? == role {
                let name = self.ask(&element, "computedlabel").await?;
                named.push((element, plain(&name)));
            }
        }
        Ok(named)
    }

    async fn ask(&self, element: &WebElement, question: &'static str) -> Outcome<String> {
        let element = element.element_id().to_string();
        let request = Request::ExtensionCommand(Box::new(ElementQuestion { element, question }));
        Ok(self.page.cmd(request).await?.value()?)
    }

    /// Presses the mouse on the element of this role and name, once it is enabled.
    pub async fn click(&self, role: &str, name: &str) -> Outcome {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let element = self.find(role, name).await?;
            let clicked = match element.is_enabled().await {
                Ok(true) => element.click().await,
                Ok(false) if Instant::now() > deadline => {
                    return Err(format!("{role} “{name}” stays disabled").into());
                }
                other => other.map(drop),
            };
            match clicked {
                Ok(()) if element.is_enabled().await.unwrap_or(true) => return Ok(()),
                Err(problem) if Instant::now() > deadline => return Err(problem.into()),
                _ => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Replaces what a field holds by typing.
    pub async fn fill(&self, label: &str, text: &str) -> Outcome {
        let field = self.field(label).await?;
        field.click().await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Puts a text into a field in one piece, as a paste does.
    pub async fn paste(&self, label: &str, text: &str) -> Outcome {
        let field = self.field(label).await?;
        field.focus().await?;
        self.page
            .execute(
                "document.execCommand('insertText', false, arguments[0])",
                vec![json!(text)],
            )
            .await?;
        Ok(())
    }

    /// Presses a key or a combination where the focus is: `Escape`, `Control+k`, `Alt+1`.
    pub async fn press(&self, keys: &str) -> Outcome {
        let keys: Vec<char> = keys.split('+').map(key).collect::<Outcome<_>>()?;
        let mut chain = self.page.action_chain();
        for &key in &keys {
            chain = chain.key_down(key);
        }
        for &key in keys.iter().rev() {
            chain = chain.key_up(key);
        }
        chain.perform().await?;
        Ok(())
    }

    /// Types a text where the focus is.
    pub async fn type_text(&self, text: &str) -> Outcome {
        self.page.active_element().await?.send_keys(text).await?;
        Ok(())
    }

    /// Waits until the screen shows this text.
    pub async fn says(&self, text: &str) -> Outcome {
        let wanted = plain(text);
        let deadline = Instant::now() + PATIENCE;
        while !plain(&self.text().await?).contains(&wanted) {
            if Instant::now() > deadline {
                return Err(format!("the screen does not say “{text}”").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// All text of the page that is laid out.
    pub async fn text(&self) -> Outcome<String> {
        Ok(self
            .page
            .execute("return document.body.innerText", vec![])
            .await?
            .convert()?)
    }

    /// Gives the page this size in CSS pixels at 100 %.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        self.page.set_window_rect(0, 0, width, height).await?;
        let script = "return [innerWidth, innerHeight]";
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (inner_width, inner_height): (u32, u32) =
                self.page.execute(script, vec![]).await?.convert()?;
            if (inner_width, inner_height) == (width, height) {
                return Ok(());
            }
            if Instant::now() > deadline {
                let message =
                    format!("asked for {width} × {height}, got {inner_width} × {inner_height}");
                return Err(message.into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// A WebDriver question about one element that thirtyfour has no word for.
#[derive(Debug)]
struct ElementQuestion {
    element: String,
    question: &'static str,
}

impl ExtensionCommand for ElementQuestion {
    fn parameters_json(&self) -> Option<Value> {
        None
    }

    fn method(&self) -> Method {
        Method::GET
    }

    fn endpoint(&self) -> Arc<str> {
        format!("/element/{}/{}", self.element, self.question).into()
    }
}

/// One kind of white space, none at the ends: French typography has four of them.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn key(name: &str) -> Outcome<char> {
    let mut characters = name.chars();
    if let (Some(character), None) = (characters.next(), characters.next()) {
        return Ok(character);
    }
    let key = match name {
        "Control" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Space" => Key::Space,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "F1" => Key::F1,
        _ => return Err(format!("no key is called {name}").into()),
    };
    Ok(key.value())
}

/// The elements that can have a role; WebKit's computed role decides.
fn selector(role: &str) -> String {
    let native = match role {
        "field" => {
            "input, textarea, select, [contenteditable=true], [role=combobox], [role=textbox], [role=spinbutton]"
        }
        "button" => "button, summary, input[type=button], input[type=submit]",
        "link" => "a[href]",
        "heading" => "h1, h2, h3, h4, h5, h6",
        "textbox" | "searchbox" | "spinbutton" => "input, textarea",
        "checkbox" => "input[type=checkbox]",
        "radio" => "input[type=radio]",
        "combobox" | "listbox" => "select, input",
        "option" => "option",
        "dialog" => "dialog",
        "list" => "ul, ol",
        "listitem" => "li",
        "table" | "grid" => "table",
        "row" => "tr",
        "cell" | "gridcell" => "td",
        "columnheader" | "rowheader" => "th",
        "main" => "main",
        "navigation" => "nav",
        "group" => "fieldset, details",
        "image" | "img" => "img, svg",
        "progressbar" | "meter" => "progress, meter",
        "status" => "output",
        _ => return format!("[role={role}]"),
    };
    format!("{native}, [role={role}]")
}

/// Visible elements for a selector, within the topmost modal dialog if one is open.
const VISIBLE: &str = "
    const modals = document.querySelectorAll('dialog:modal, [aria-modal=true]');
    const scope = modals.length ? modals[modals.length - 1] : document;
    const own = scope !== document && scope.matches(arguments[0]) ? [scope] : [];
    return [...own, ...scope.querySelectorAll(arguments[0])].filter(element =>
        element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]'))";
