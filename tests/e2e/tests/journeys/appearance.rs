//! Every page and the open dialog, light and dark, wide and narrow: none has to be scrolled sideways, each keeps the rules of axe-core, and
//! for eyes there is a picture of each.

use anyhow::Result;
use switchboard_e2e::{Browser, Journey, Rules, Scheme, Size, is_full, journey};

use crate::page_catalogue::visit_all;

/// How each page is looked at. What a dark page breaks and a light one does not are the rules about colours: all else of it is the same.
const LOOKS: [(Scheme, Size, Option<Rules>); 4] = [
    (Scheme::Light, Size::DESK, Some(Rules::All)),
    (Scheme::Light, Size::TELEPHONE, None),
    (Scheme::Dark, Size::TELEPHONE, Some(Rules::All)),
    (Scheme::Dark, Size::DESK, Some(Rules::Colours)),
];

/// The stop that the README shows.
const README: &str = "operators";

#[test]
fn every_page_fits_the_screen_and_keeps_the_rules_of_accessibility() -> Result<()> {
    journey(async |it| {
        let mut broken = Vec::new();
        // Whether a page fits depends on the engine, and whether its markup keeps the rules hardly does.
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
            // The catalogue goes on as on a desk.
            it.page.resize(Size::DESK).await
        })
        .await?;
        assert!(broken.is_empty(), "{}", broken.join("\n\n"));
        Ok(())
    })
}

/// Only when they are asked for: nothing is tested by them. Beside all of them, the one for the README: `screens/readme.png`.
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
