//! Every page and the open dialog, light and dark, wide and narrow: none needs horizontal scrolling, each satisfies
//! the rules of axe-core, and screenshots are taken on demand.

use anyhow::Result;
use serde_json::json;
use switchboard_e2e::{Browser, Journey, Rules, Scheme, Size, is_full, journey};

use crate::page_catalogue::visit_all;

/// The variants of each page. For a dark page only the rules about colours are checked: everything else is the same
/// as in the light one.
const LOOKS: [(Scheme, Size, Option<Rules>); 8] = [
    (Scheme::Light, Size::DESK, Some(Rules::All)),
    (Scheme::Light, Size::TELEPHONE, None),
    (Scheme::Dark, Size::TELEPHONE, Some(Rules::All)),
    (Scheme::Dark, Size::DESK, Some(Rules::Colours)),
    (Scheme::Light, size(320, 800), None),
    (Scheme::Light, size(768, 1024), None),
    (Scheme::Light, size(1024, 768), None),
    (Scheme::Light, size(2560, 1440), None),
];

const fn size(width: u32, height: u32) -> Size {
    Size { width, height }
}

/// The stop that the README shows.
const README: &str = "operators";

#[test]
fn every_page_fits_the_screen_and_keeps_the_rules_of_accessibility() -> Result<()> {
    journey(async |it| {
        let mut broken = Vec::new();
        // Whether a page fits depends on the engine; whether its markup satisfies the rules hardly does.
        let is_whole = it.settings.browser == Browser::Chromium || is_full();
        let looks = if is_whole { &LOOKS[..] } else { &LOOKS[..2] };
        visit_all(it, async |stop| {
            for (scheme, size, rules) in looks.iter().copied() {
                it.page.prefer(scheme).await?;
                it.page.resize(size).await?;
                let look = format!("{stop}, {}, {} px wide", scheme.name(), size.width);
                if let Err(error) = it.page.fits_the_width().await {
                    broken.push(format!("{look}: {error}"));
                }
                if let Some(rules) = rules {
                    let violations = it.page.violations(&it.settings.axe, rules).await?;
                    if !violations.is_none() {
                        broken.push(format!("{look}: {violations}"));
                    }
                }
                if takes_pictures() {
                    take_picture(it, stop, scheme.name(), size).await?;
                }
            }
            if takes_pictures() && it.settings.browser == Browser::Chromium {
                take_further_pictures(it, stop).await?;
            }
            // The catalogue continues at desktop size.
            it.page.resize(Size::DESK).await
        })
        .await?;
        assert!(broken.is_empty(), "{}", broken.join("\n\n"));
        Ok(())
    })
}

/// Returns whether screenshots are requested. They test nothing.
fn takes_pictures() -> bool {
    std::env::var_os("SWITCHBOARD_PICTURES").is_some()
}

/// Takes screenshots of what the checks leave out: wide and dark, right to left, with forced colours.
async fn take_further_pictures(it: &Journey, stop: &str) -> Result<()> {
    it.page.prefer(Scheme::Dark).await?;
    take_picture(it, stop, "dark", size(1024, 768)).await?;
    take_picture(it, stop, "dark", size(2560, 1440)).await?;
    it.page.prefer(Scheme::Light).await?;
    let turn = "document.documentElement.dir = arguments[0]";
    it.page.script(turn, &[json!("rtl")]).await?;
    for size in [Size::DESK, Size::TELEPHONE, size(768, 1024)] {
        take_picture(it, stop, "right-to-left", size).await?;
    }
    it.page.script(turn, &[json!("ltr")]).await?;
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    it.page.cdp("Emulation.setEmulatedMedia", forced).await?;
    for size in [Size::DESK, Size::TELEPHONE] {
        take_picture(it, stop, "forced-colours", size).await?;
    }
    it.page.prefer(Scheme::Light).await
}

/// Takes a screenshot of the whole page. The one for the README is also saved as `screens/readme.png`.
async fn take_picture(it: &Journey, stop: &str, look: &str, size: Size) -> Result<()> {
    let folder = it.settings.artifacts.join("screens");
    it.page.resize(size).await?;
    let name = format!("{stop}.{look}.{}.png", size.width);
    it.page.whole_picture(size, &folder.join(name)).await?;
    if (stop, look, size) == (README, Scheme::Light.name(), Size::DESK) {
        it.page.picture(&folder.join("readme.png")).await?;
    }
    Ok(())
}
