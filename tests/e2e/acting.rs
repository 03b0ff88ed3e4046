//! What a person does on a screen: press, type, choose a file.

use std::path::Path;
use std::time::Instant;

use thirtyfour::{By, Key, WebElement};

use crate::harness::{Outcome, PATIENCE, PAUSE, Window};

/// More stops than any screen has.
const MOST_TABS: usize = 80;

impl Window {
    /// Presses the mouse on the element of this role and name, once it can be pressed.
    pub async fn click(&self, role: &str, name: &str) -> Outcome {
        self.press_on(name, async || self.find(role, name).await)
            .await
    }

    /// The same, for a name that begins so.
    pub async fn click_starting(&self, role: &str, start: &str) -> Outcome {
        self.press_on(start, async || self.find_starting(role, start).await)
            .await
    }

    /// The same, inside the place of another role and name: a group, a region.
    pub async fn click_in(&self, place: (&str, &str), role: &str, name: &str) -> Outcome {
        self.press_on(name, async || {
            let place = self.find(place.0, place.1).await?;
            self.find_in(&place, role, name).await
        })
        .await
    }

    /// Presses the mouse on the line under which something is folded, by its text: WebKit gives it no role.
    pub async fn unfold(&self, text: &str) -> Outcome {
        self.press_on(text, async || {
            for line in self.page().find_all(By::Css("summary")).await? {
                if line.text().await?.trim() == text {
                    return Ok(line);
                }
            }
            Err("nothing is folded so".into())
        })
        .await
    }

    /// The page may replace an element, or block it for a while: it is found anew each time.
    async fn press_on(&self, name: &str, find: impl AsyncFn() -> Outcome<WebElement>) -> Outcome {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let tried: Outcome<bool> = async {
                let element = find().await?;
                let ready = is_ready(&element).await?;
                if ready {
                    element.click().await?;
                }
                Ok(ready)
            }
            .await;
            match tried {
                Ok(true) => return Ok(()),
                Ok(false) if Instant::now() > deadline => {
                    return Err(format!("“{name}” stays blocked").into());
                }
                Err(problem) if Instant::now() > deadline => {
                    return Err(format!("“{name}” cannot be clicked: {problem}").into());
                }
                _ => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Replaces what a field holds by typing.
    pub async fn fill(&self, label: &str, text: &str) -> Outcome {
        replace(&self.enter(label).await?, text).await
    }

    /// The same, for a field inside the place of another role and name.
    pub async fn fill_in(&self, place: (&str, &str), label: &str, text: &str) -> Outcome {
        let field = self.enter_where(label, async || {
            let place = self.find(place.0, place.1).await?;
            self.find_in(&place, "field", label).await
        });
        replace(&field.await?, text).await
    }

    /// Puts the focus on a field, by the mouse.
    pub async fn enter(&self, label: &str) -> Outcome<WebElement> {
        self.enter_where(label, async || self.field(label).await)
            .await
    }

    /// What stands above a field may come or go between the look and the press: it is tried again.
    async fn enter_where(
        &self,
        label: &str,
        find: impl AsyncFn() -> Outcome<WebElement>,
    ) -> Outcome<WebElement> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let field = find().await?;
            match field.click().await {
                Ok(()) => return Ok(field),
                Err(problem) if Instant::now() > deadline => {
                    return Err(format!("“{label}” cannot be clicked: {problem}").into());
                }
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Gives a file to the region of this name, as its file dialog would.
    pub async fn give_file(&self, region: &str, file: &Path) -> Outcome {
        self.give_file_in(("region", region), file).await
    }

    /// The same, for the place of another role and name.
    pub async fn give_file_in(&self, place: (&str, &str), file: &Path) -> Outcome {
        let place = self.find(place.0, place.1).await?;
        // The input itself is out of sight: a button stands for it.
        let script = "return arguments[0].querySelector('input[type=file]')";
        let found = self.page().execute(script, vec![place.to_json()?]).await?;
        let file = file.to_str().ok_or("a file name that is no text")?;
        found.element()?.send_keys(file).await?;
        Ok(())
    }

    /// Presses a key or a combination where the focus is: `Escape`, `Control+k`, `Alt+1`.
    pub async fn press(&self, keys: &str) -> Outcome {
        let keys: Vec<char> = keys.split('+').map(key).collect::<Outcome<_>>()?;
        let mut chain = self.page().action_chain();
        for &key in &keys {
            chain = chain.key_down(key);
        }
        for &key in keys.iter().rev() {
            chain = chain.key_up(key);
        }
        chain.perform().await?;
        Ok(())
    }

    /// Presses Tab until the focus is on what bears this name.
    pub async fn tab_to(&self, name: &str) -> Outcome {
        self.tab_where(name, |focused| focused == name).await
    }

    /// The same for the beginning of a name.
    pub async fn tab_to_starting(&self, start: &str) -> Outcome {
        self.tab_where(start, |focused| focused.starts_with(start))
            .await
    }

    async fn tab_where(&self, what: &str, is_it: impl Fn(&str) -> bool) -> Outcome {
        let mut passed = Vec::new();
        for _ in 0..MOST_TABS {
            let focused = self.focused().await?;
            if is_it(&focused) {
                return Ok(());
            }
            passed.push(focused);
            self.press("Tab").await?;
        }
        Err(format!("Tab does not reach “{what}”; it passes {passed:?}").into())
    }

    /// Types a text where the focus is, once a field has it: one of the dialog, if one is open.
    pub async fn type_text(&self, text: &str) -> Outcome {
        self.until("a field with the focus", async || {
            let script = "const field = document.activeElement;
                const modals = document.querySelectorAll('dialog:modal, [aria-modal=true]');
                return field.matches('input, textarea')
                    && (modals.length === 0 || modals[modals.length - 1].contains(field))";
            Ok(self.page().execute(script, vec![]).await?.convert()?)
        })
        .await?;
        self.page().active_element().await?.send_keys(text).await?;
        Ok(())
    }

    /// Gives the page this size in CSS pixels at 100 %.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        self.page().set_window_rect(0, 0, width, height).await?;
        let script = "return [innerWidth, innerHeight]";
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (inner_width, inner_height): (u32, u32) =
                self.page().execute(script, vec![]).await?.convert()?;
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

/// Types over what a field holds.
async fn replace(field: &WebElement, text: &str) -> Outcome {
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(text).await?;
    Ok(())
}

/// A button that says why it cannot be pressed, or that is at work, stays in the tab order.
async fn is_ready(element: &WebElement) -> Outcome<bool> {
    let is = async |name| {
        Ok::<_, Box<dyn std::error::Error>>(element.attr(name).await?.as_deref() == Some("true"))
    };
    Ok(element.is_enabled().await? && !is("aria-disabled").await? && !is("aria-busy").await?)
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
