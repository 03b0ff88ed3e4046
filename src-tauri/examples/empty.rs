//! An empty window: the least that this framework costs. `./dev bench` weighs the application against it; it is not shipped.

use std::borrow::Cow;
use std::error::Error;

use tauri::utils::assets::{AssetKey, AssetsIter, CspHash};
use tauri::{Assets, Runtime, WebviewUrl, WebviewWindowBuilder};

/// One page without anything on it, in the place of the interface.
struct EmptyPage;

impl<R: Runtime> Assets<R> for EmptyPage {
    fn get(&self, _key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Borrowed(b"<!doctype html><title>empty</title>"))
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(std::iter::empty())
    }

    fn csp_hashes(&self, _page: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the framework ends the process itself, inside its own macro"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let mut context = tauri::generate_context!();
    context.set_assets(Box::new(EmptyPage));
    tauri::Builder::default()
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .inner_size(1440.0, 900.0)
                .incognito(true)
                .build()?;
            Ok(())
        })
        .run(context)?;
    Ok(())
}
