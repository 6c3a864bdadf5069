//! The harness detects the failures that every journey relies on.

use anyhow::Result;
use switchboard_e2e::{Rules, Size, button, journey};

#[test]
fn an_error_in_the_console_a_page_too_wide_and_a_broken_rule_are_noticed() -> Result<()> {
    journey(async |it| {
        it.page.open("/connect").await?;
        // The program has rendered the page.
        it.page.see(button("Open the sandbox")).await?;
        it.page.resize(Size::TELEPHONE).await?;
        it.page.check_console().await?;
        it.page.fits_the_width().await?;
        assert!(
            it.page
                .violations(&it.settings.axe, Rules::All)
                .await?
                .is_none()
        );

        let spoil = "const wide = document.createElement('p');
            wide.style.inlineSize = '400px';
            wide.append(document.createElement('input'));
            document.body.append(wide);
            console.error('spoilt');
            reportError(new Error('thrown'));";
        it.page.script(spoil, &[]).await?;
        let noticed = it.page.fits_the_width().await.unwrap_err().to_string();
        assert!(noticed.contains("400px"), "{noticed}");
        let noticed = it
            .page
            .violations(&it.settings.axe, Rules::All)
            .await?
            .to_string();
        assert!(noticed.contains("\"label\" (\"critical\")"), "{noticed}");
        let noticed = it.page.check_console().await.unwrap_err().to_string();
        assert!(
            noticed.contains("spoilt") && noticed.contains("thrown"),
            "{noticed}"
        );
        it.page.expect_in_console("spoilt");
        it.page.expect_in_console("thrown");
        Ok(())
    })
}
