//! Finding what a screen holds as assistive technology finds it: by role and name, as WebKit
//! computes both.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::Method;
use serde_json::{Value, json};
use thirtyfour::WebElement;
use thirtyfour::common::command::{Command as Request, ExtensionCommand};

use crate::harness::{Outcome, PATIENCE, PAUSE, Window};

impl Window {
    /// The visible element of this ARIA role with exactly this name.
    pub async fn find(&self, role: &str, name: &str) -> Outcome<WebElement> {
        let wanted = plain(name);
        self.find_where(None, role, &format!("“{name}”"), |name| name == wanted)
            .await
    }

    /// The same, inside another element: a group, a region, a list.
    pub async fn find_in(&self, place: &WebElement, role: &str, name: &str) -> Outcome<WebElement> {
        let wanted = plain(name);
        let described = format!("“{name}” in that place");
        self.find_where(Some(place), role, &described, |name| name == wanted)
            .await
    }

    /// The first visible element of this ARIA role whose name begins so.
    pub async fn find_starting(&self, role: &str, start: &str) -> Outcome<WebElement> {
        let wanted = plain(start);
        self.find_where(None, role, &format!("“{start}…”"), |name| {
            name.starts_with(&wanted)
        })
        .await
    }

    /// The visible field with this label: text, number, date, choice.
    pub async fn field(&self, label: &str) -> Outcome<WebElement> {
        self.find("field", label).await
    }

    /// What the field with this label holds.
    pub async fn value(&self, label: &str) -> Outcome<String> {
        Ok(self
            .field(label)
            .await?
            .prop("value")
            .await?
            .unwrap_or_default())
    }

    /// The names of all visible elements of this ARIA role, now.
    pub async fn names(&self, role: &str) -> Outcome<Vec<String>> {
        let named = self.named(None, role).await?;
        Ok(named.into_iter().map(|(_, name)| name).collect())
    }

    async fn find_where(
        &self,
        place: Option<&WebElement>,
        role: &str,
        described: &str,
        matches: impl Fn(&str) -> bool,
    ) -> Outcome<WebElement> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let seen = match self.named(place, role).await {
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

    /// Visible elements of a role with their names.
    async fn named(
        &self,
        place: Option<&WebElement>,
        role: &str,
    ) -> Outcome<Vec<(WebElement, String)>> {
        let mut arguments = vec![json!(selector(role))];
        if let Some(place) = place {
            arguments.push(place.to_json()?);
        }
        let found = self.page().execute(VISIBLE, arguments).await?;
        let mut named = Vec::new();
        for element in found.elements()? {
            if role == "field" || self.ask(&element, "computedrole").await? == role {
                let name = self.ask(&element, "computedlabel").await?;
                named.push((element, plain(&name)));
            }
        }
        Ok(named)
    }

    /// The name of what has the focus; empty for the page itself.
    pub async fn focused(&self) -> Outcome<String> {
        let name = async {
            let element = self.page().active_element().await?;
            self.ask(&element, "computedlabel").await
        };
        // The page may replace an element between two questions about it.
        Ok(plain(&name.await.unwrap_or_default()))
    }

    async fn ask(&self, element: &WebElement, question: &'static str) -> Outcome<String> {
        let element = element.element_id().to_string();
        let request = Request::ExtensionCommand(Box::new(ElementQuestion { element, question }));
        Ok(self.page().cmd(request).await?.value()?)
    }

    /// Waits until the screen shows this text.
    pub async fn says(&self, text: &str) -> Outcome {
        self.until(&format!("“{text}” on the screen"), async || {
            Ok(plain(&self.text().await?).contains(&plain(text)))
        })
        .await
    }

    /// Waits until the screen shows this text no more.
    pub async fn says_no_more(&self, text: &str) -> Outcome {
        self.until(&format!("“{text}” gone from the screen"), async || {
            Ok(!plain(&self.text().await?).contains(&plain(text)))
        })
        .await
    }

    /// Waits until something is true.
    pub async fn until(&self, what: &str, is_so: impl AsyncFn() -> Outcome<bool>) -> Outcome {
        self.until_within(PATIENCE, what, is_so).await
    }

    /// The same for what takes longer than a screen does.
    pub async fn until_within(
        &self,
        patience: Duration,
        what: &str,
        is_so: impl AsyncFn() -> Outcome<bool>,
    ) -> Outcome {
        let deadline = Instant::now() + patience;
        while !is_so().await? {
            if Instant::now() > deadline {
                return Err(format!("waited in vain for {what}").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// All text of the page that is laid out.
    pub async fn text(&self) -> Outcome<String> {
        let script = "return document.body.innerText";
        Ok(self.page().execute(script, vec![]).await?.convert()?)
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
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The elements that can have a role; WebKit's computed role decides.
fn selector(role: &str) -> String {
    let native = match role {
        "field" => {
            "input:not([type=radio], [type=checkbox], [type=file]), textarea, select, [contenteditable=true], [role=combobox], [role=textbox], [role=spinbutton]"
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
        "form" => "form",
        "main" => "main",
        "navigation" => "nav",
        "group" => "fieldset, details",
        "region" => "section",
        "complementary" => "aside",
        "image" => "img, svg, [role=img]",
        "progressbar" | "meter" => "progress, meter",
        "status" => "output",
        _ => return format!("[role={role}]"),
    };
    format!("{native}, [role={role}]")
}

/// Visible elements for a selector, in a place if one is given, else within the topmost modal
/// dialog if one is open.
const VISIBLE: &str = "
    const modals = document.querySelectorAll('dialog:modal, [aria-modal=true]');
    const scope = arguments[1] ?? (modals.length ? modals[modals.length - 1] : document);
    const own = scope !== document && scope.matches(arguments[0]) ? [scope] : [];
    return [...own, ...scope.querySelectorAll(arguments[0])].filter(element =>
        element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]'))";
