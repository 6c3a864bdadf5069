//! Pictures of every page, for eyes; and none has to be scrolled sideways on the smallest screen.

use anyhow::Result;
use switchboard_e2e::{Scheme, Size, journey};

use crate::tour::tour;

/// Beside all pictures, the one for the README: `screens/readme.png`.
#[test]
fn screenshots_of_every_page_fit_the_screen() -> Result<()> {
    journey(async |it| {
        let folder = it.settings.artifacts.join("screens");
        let mut too_wide = Vec::new();
        tour(it, async |stop| {
            for scheme in Scheme::ALL {
                it.page.prefer(scheme).await?;
                for size in [Size::TELEPHONE, Size::DESK] {
                    it.page.resize(size).await?;
                    let (scheme, width) = (scheme.name(), size.width);
                    if let Err(error) = it.page.fits_the_width().await {
                        too_wide.push(format!("{stop}, {width} px wide: {error}"));
                    }
                    let file = folder.join(format!("{stop}.{scheme}.{width}.png"));
                    it.page.whole_picture(size, &file).await?;
                    if (stop, scheme, size) == (README, "light", Size::DESK) {
                        it.page.picture(&folder.join("readme.png")).await?;
                    }
                }
            }
            Ok(())
        })
        .await?;
        assert!(too_wide.is_empty(), "{}", too_wide.join("\n"));
        Ok(())
    })
}

/// The stop that the README shows.
const README: &str = "operators";
