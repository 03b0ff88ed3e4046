//! What a screen looks like, and whether everyone can read it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::driver::target_folder;
use crate::harness::{Outcome, Window};

/// The two themes of the interface.
#[derive(Debug, Clone, Copy)]
enum Theme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

impl Theme {
    /// The value of `data-theme` on the root element.
    fn attribute(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Window {
    /// Zooms the page, 1 = 100 %, by the same call as Ctrl and plus.
    async fn zoom(&self, factor: f64) -> Outcome {
        let script = "const done = arguments[arguments.length - 1];
            __TAURI_INTERNALS__.invoke('plugin:webview|set_webview_zoom', { value: arguments[0] })
                .then(() => requestAnimationFrame(() => done(null)), problem => done(String(problem)))";
        let problem: Option<String> = self
            .page()
            .execute_async(script, vec![json!(factor)])
            .await?
            .convert()?;
        problem.map_or(Ok(()), |problem| Err(problem.into()))
    }

    /// Shows the page in the light or the dark theme, whatever the settings say, once the
    /// colours have settled.
    async fn theme(&self, theme: Theme) -> Outcome {
        let script = "document.documentElement.dataset.theme = arguments[0]";
        self.page()
            .execute(script, vec![json!(theme.attribute())])
            .await?;
        self.still().await
    }

    /// How bright the page's ground is, from 0 (black) to 1 (white).
    pub async fn brightness(&self) -> Outcome<f64> {
        let script = "const [red, green, blue] = getComputedStyle(document.body).backgroundColor
            .match(/[0-9.]+/g).map(Number);
            return (red + green + blue) / (3 * 255)";
        Ok(self.page().execute(script, vec![]).await?.convert()?)
    }

    /// Writes `target/shots/NAME.png`, 1440 × 900.
    pub async fn picture(&self, name: &str) -> Outcome {
        let folder = target_folder()?.join("shots");
        fs::create_dir_all(&folder)?;
        self.page()
            .screenshot(&folder.join(format!("{name}.png")))
            .await?;
        Ok(())
    }

    /// Pictures of the screen as it is: `NAME.png` (light), `NAME-sombre.png`, `NAME-200.png`.
    pub async fn shots(&self, name: &str) -> Outcome {
        self.theme(Theme::Light).await?;
        self.picture(name).await?;
        self.theme(Theme::Dark).await?;
        self.picture(&format!("{name}-sombre")).await?;
        self.theme(Theme::Light).await?;
        self.zoom(2.0).await?;
        self.still().await?;
        self.picture(&format!("{name}-200")).await?;
        self.zoom(1.0).await?;
        // A press before the page has settled would land beside what it is meant for.
        self.still().await
    }

    /// Waits until the picture of a page whose name begins so is drawn, not blank.
    pub async fn shows_a_page(&self, name: &str) -> Outcome {
        let image = self.find_starting("image", name).await?;
        self.until(&format!("ink on the page “{name}…”"), async || {
            let inked = self.page().execute(INK, vec![image.to_json()?]).await?;
            Ok(inked.convert::<f64>()? > LEAST_INK)
        })
        .await
    }

    /// Waits for fonts and ends running transitions, so that two pictures of one state agree.
    async fn still(&self) -> Outcome {
        let script = "const done = arguments[arguments.length - 1];
            document.fonts.ready.then(() => {
                for (const animation of document.getAnimations()) {
                    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
                }
                requestAnimationFrame(() => requestAnimationFrame(() => done()));
            })";
        self.page().execute_async(script, vec![]).await?;
        Ok(())
    }

    /// Fails with the list of what axe-core finds against WCAG 2.2 AA on this screen, in
    /// the light and in the dark theme.
    pub async fn axe(&self) -> Outcome {
        let mut violations = Vec::new();
        for theme in [Theme::Dark, Theme::Light] {
            self.theme(theme).await?;
            for violation in self.axe_once().await? {
                violations.push(format!("{theme:?}: {violation}"));
            }
        }
        if violations.is_empty() {
            return Ok(());
        }
        Err(format!("axe-core finds:\n{}", violations.join("\n")).into())
    }

    async fn axe_once(&self) -> Outcome<Vec<String>> {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(&path)
            .map_err(|problem| format!("axe-core is missing, run ./dev setup: {problem}"))?;
        self.page().execute(&axe, vec![]).await?;
        let report: Value = self
            .page()
            .execute_async(RUN_AXE, vec![])
            .await?
            .convert()?;
        if let Some(problem) = report.get("problem") {
            return Err(format!("axe-core did not run: {problem}").into());
        }
        if report["passes"].as_u64().unwrap_or_default() == 0 {
            return Err("axe-core examined nothing".into());
        }
        let violations = report["violations"]
            .as_array()
            .ok_or("axe-core gave no list")?;
        Ok(violations
            .iter()
            .map(|violation| violation.as_str().unwrap_or_default().to_owned())
            .collect())
    }
}

/// Share of the pixels of a page of text that are not white, at the least.
const LEAST_INK: f64 = 0.01;

const INK: &str = "
    const canvas = arguments[0].querySelector('canvas');
    if (!canvas || canvas.width === 0) return 0;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 0 && data[at] + data[at + 1] + data[at + 2] < 600) dark += 1;
    return dark / (data.length / 4);";

const RUN_AXE: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(
        result => done({
            passes: result.passes.length,
            violations: result.violations.flatMap(rule => rule.nodes.map(node =>
                `${rule.id} (${rule.impact}): ${rule.help}: ${node.target} ${node.html.slice(0, 200)}`)),
        }),
        problem => done({ problem: String(problem) }))";
