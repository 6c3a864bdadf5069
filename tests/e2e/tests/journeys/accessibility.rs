//! Every page and the open dialog keep the rules of axe-core, light and dark, wide and narrow.

use anyhow::Result;
use switchboard_e2e::{Scheme, Size, journey};

use crate::tour::tour;

#[test]
fn no_page_breaks_a_rule_of_accessibility_light_or_dark() -> Result<()> {
    journey(async |it| {
        let mut broken = Vec::new();
        tour(it, async |stop| {
            for (scheme, size) in [
                (Scheme::Light, Size::DESK),
                (Scheme::Dark, Size::DESK),
                (Scheme::Dark, Size::TELEPHONE),
            ] {
                it.page.prefer(scheme).await?;
                it.page.resize(size).await?;
                let violations = it.page.violations(&it.settings.axe).await?;
                if !violations.is_none() {
                    let (scheme, width) = (scheme.name(), size.width);
                    broken.push(format!("{stop}, {scheme}, {width} px wide: {violations}"));
                }
            }
            it.page.resize(Size::DESK).await
        })
        .await?;
        assert!(broken.is_empty(), "{}", broken.join("\n\n"));
        Ok(())
    })
}
