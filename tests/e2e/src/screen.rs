//! The size of the page, its colour scheme, and screenshots of it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use tokio::time::timeout;

use crate::browser::Browser;
use crate::eventually::eventually;
use crate::page::Page;

/// The timeout of a screenshot.
const PATIENCE: Duration = Duration::from_secs(30);

/// The size of the page in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
}

impl Size {
    /// A desktop.
    pub const DESK: Self = Self {
        width: 1440,
        height: 900,
    };
    /// The smallest phone that the panel supports.
    pub const TELEPHONE: Self = Self {
        width: 360,
        height: 740,
    };
}

/// The preferred colour scheme of the user's system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on a light background.
    Light,
    /// Light text on a dark background.
    Dark,
}

impl Scheme {
    /// Both schemes.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Returns its name in CSS.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Page {
    /// Resizes the page.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn resize(&self, size: Size) -> Result<()> {
        self.tell(format!("resize to {} × {}", size.width, size.height));
        self.metrics(size).await
    }

    /// Sets the preferred colour scheme, as the user's system does. Disables animations, so that no screenshot shows
    /// one half-way.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn prefer(&self, scheme: Scheme) -> Result<()> {
        self.tell(format!("prefer {}", scheme.name()));
        match self.driver.browser() {
            Browser::Chromium => {
                let features = json!([
                    { "name": "prefers-color-scheme", "value": scheme.name() },
                    { "name": "prefers-reduced-motion", "value": "reduce" },
                ]);
                let cdp = self.driver.session.cdp();
                cdp.send_raw(
                    "Emulation.setEmulatedMedia",
                    json!({ "features": features }),
                )
                .await?;
            }
            Browser::Firefox => {
                let scheme_number = i32::from(scheme == Scheme::Light);
                let scheme_of_pages = "layout.css.prefers-color-scheme.content-override";
                self.set_in_firefox(scheme_of_pages, scheme_number)?;
                self.set_in_firefox("ui.prefersReducedMotion", 1)?;
            }
            Browser::WebKit => {
                let line = format!("prefer {}", scheme.name());
                self.driver.tell_keeper(&line)?;
            }
        }
        // The page learns of it asynchronously.
        eventually(async || {
            let arguments = [json!(scheme.name())];
            let drawn = self.script(include_str!("scheme.js"), &arguments).await?;
            ensure!(drawn == json!(true), "The page is not {}", scheme.name());
            Ok(())
        })
        .await
    }

    /// Asserts that the page needs no horizontal scrolling, and cuts nothing off.
    ///
    /// # Errors
    /// With how far it overflows, and which elements do.
    pub async fn fits_the_width(&self) -> Result<()> {
        let overflow = self.script(include_str!("overflow.js"), &[]).await?;
        ensure!(overflow.is_null(), "The page is too wide: {overflow}");
        Ok(())
    }

    /// Takes a screenshot of the window.
    ///
    /// # Errors
    /// When it cannot be taken or written.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        // Without a compositor, WebKitGTK takes its screenshot at the next paint, which never comes on an idle page.
        let is_restless = self.driver.browser() == Browser::WebKit;
        if is_restless {
            self.script(include_str!("restless.js"), &[]).await?;
        }
        let taken = timeout(PATIENCE, self.driver.session.screenshot_as_png());
        let picture = taken.await.context("No picture was taken in time")??;
        if is_restless {
            let rest = "window[Symbol.for('restless')]()";
            self.script(rest, &[]).await?;
        }
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, picture)
            .with_context(|| format!("{} cannot be written", file.display()))
    }

    /// Takes a screenshot of the whole page, `size.width` wide and in full height; of the window while a dialog is
    /// open.
    ///
    /// # Errors
    /// When it cannot be taken or written.
    pub async fn whole_picture(&self, size: Size, file: &Path) -> Result<()> {
        let script = "return document.querySelector('dialog[open]') ? 0 : document.documentElement.scrollHeight";
        let height = self.script(script, &[]).await?.as_u64();
        let height = height.and_then(|height| height.try_into().ok());
        let height = height.unwrap_or(size.height).clamp(size.height, 6_000);
        self.metrics(Size { height, ..size }).await?;
        let taken = self.picture(file).await;
        self.metrics(size).await?;
        taken
    }

    async fn metrics(&self, size: Size) -> Result<()> {
        match self.driver.browser() {
            Browser::Chromium => {
                let metrics = json!({
                    "width": size.width, "height": size.height, "deviceScaleFactor": 1, "mobile": false,
                });
                let cdp = self.driver.session.cdp();
                cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics)
                    .await?;
                // As on a phone and on most desktops: scrollbars take no space.
                let hidden = json!({ "hidden": true });
                cdp.send_raw("Emulation.setScrollbarsHidden", hidden)
                    .await?;
            }
            Browser::Firefox => {
                let size = [json!(size.width), json!(size.height)];
                self.driver
                    .in_firefox(include_str!("size_firefox.js"), &size)?;
            }
            Browser::WebKit => {
                self.fit_window(size).await?;
                self.script(include_str!("frames.js"), &[]).await?;
                return Ok(());
            }
        }
        // The page learns of it asynchronously.
        eventually(async || {
            let now = self.script("return [innerWidth, innerHeight]", &[]).await?;
            ensure!(
                now == json!([size.width, size.height]),
                "The page is {now} large"
            );
            Ok(())
        })
        .await
    }

    /// Makes the window as large as the page plus the browser's toolbars.
    async fn fit_window(&self, size: Size) -> Result<()> {
        let wanted = (i64::from(size.width), i64::from(size.height));
        eventually(async || {
            let script = "return [innerWidth, innerHeight, outerWidth, outerHeight]";
            let now = self.script(script, &[]).await?;
            let (width, height, outer_width, outer_height): (i64, i64, i64, i64) =
                serde_json::from_value(now)?;
            if (width, height) == wanted {
                return Ok(());
            }
            let outer_width = (wanted.0 + outer_width - width).try_into()?;
            let outer_height = (wanted.1 + outer_height - height).try_into()?;
            let session = &self.driver.session;
            session
                .set_window_rect(0, 0, outer_width, outer_height)
                .await?;
            // The page learns of it asynchronously.
            bail!("The page is {width} × {height} large")
        })
        .await
    }
}
