//! Every page and the open dialog, light and dark, wide and narrow: none needs horizontal scrolling, each satisfies
//! the rules of axe-core, and screenshots are taken on demand.

use anyhow::Result;
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
                take_pictures(it, stop, scheme, size).await?;
            }
            // The catalogue continues at desktop size.
            it.page.resize(Size::DESK).await
        })
        .await?;
        assert!(broken.is_empty(), "{}", broken.join("\n\n"));
        Ok(())
    })
}

/// Takes screenshots if they are requested: they test nothing. The one for the README is also saved as
/// `screens/readme.png`.
async fn take_pictures(it: &Journey, stop: &str, scheme: Scheme, size: Size) -> Result<()> {
    if std::env::var_os("SWITCHBOARD_PICTURES").is_none() {
        return Ok(());
    }
    let folder = it.settings.artifacts.join("screens");
    let name = format!("{stop}.{}.{}.png", scheme.name(), size.width);
    it.page.whole_picture(size, &folder.join(name)).await?;
    if (stop, scheme, size) == (README, Scheme::Light, Size::DESK) {
        it.page.picture(&folder.join("readme.png")).await?;
    }
    Ok(())
}
