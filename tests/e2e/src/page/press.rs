//! Presses with the mouse.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use thirtyfour::WebElement;

use super::{Page, Place};
use crate::eventually::eventually;
use crate::target::Target;

/// How long a button that has just appeared is unavailable at most.
const SETTLES: Duration = Duration::from_secs(1);

/// The polling interval for [`SETTLES`].
const PAUSE: Duration = Duration::from_millis(50);

/// How long the second press of a double click takes at most.
const DOUBLE_PRESS: Duration = Duration::from_millis(520);

/// Returns the centre of an element, at the edge of the window where it will be scrolled to.
const CENTRE: &str = "const box = arguments[0].getBoundingClientRect();
    const within = (at, end) => Math.min(Math.max(at, 0), end);
    return [within(box.x + box.width / 2, innerWidth), within(box.y + box.height / 2, innerHeight)]";

impl Page {
    /// Clicks an element.
    ///
    /// # Errors
    /// When there is no such element, or more than one, or another one covers it.
    pub async fn click(&self, target: Target) -> Result<()> {
        self.tell(format!("click {target}"));
        eventually(async || {
            let element = target.find(&self.driver).await?;
            let place = self
                .driver
                .session
                .execute(CENTRE, vec![element.to_json()?])
                .await?;
            let place: Place = place.convert()?;
            self.not_twice(place).await;
            self.until_settled(&element).await?;
            let clicked = element.click().await;
            self.note_press(place);
            if clicked.is_err() {
                // WebKitGTK's driver does not always scroll up to an element above the screen.
                element.scroll_into_view().await?;
            }
            Ok(clicked?)
        })
        .await
        .with_context(|| format!("{target} cannot be clicked"))
    }

    /// Lets a double click end before the next press at the same place, as a person does who means another thing. The
    /// panel drops the second press of a double click.
    pub(crate) async fn not_twice(&self, place: Place) {
        if let Some((at, last)) = self.pressed.get() {
            let is_same = match (place, last) {
                (Some((x, y)), Some((was_x, was_y))) => {
                    (x - was_x).abs() < 16.0 && (y - was_y).abs() < 48.0
                }
                (one, other) => one.is_none() == other.is_none(),
            };
            if is_same && let Some(left) = DOUBLE_PRESS.checked_sub(at.elapsed()) {
                tokio::time::sleep(left).await;
            }
        }
    }

    /// Notes a press. The driver's call has returned: the press came at some time during it.
    pub(crate) fn note_press(&self, place: Place) {
        self.pressed.set(Some((Instant::now(), place)));
    }

    /// Clicks an element twice, as people do who take it for a file.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn double_click(&self, target: Target) -> Result<()> {
        self.tell(format!("double click {target}"));
        let element = eventually(async || target.find(&self.driver).await).await?;
        let mouse = self.driver.session.action_chain();
        Ok(mouse.double_click_element(&element).perform().await?)
    }

    /// Waits while an element is unavailable, for as long as a button that has just appeared is.
    pub(crate) async fn until_settled(&self, element: &WebElement) -> Result<()> {
        let mut waited = Duration::ZERO;
        while waited < SETTLES && element.attr("aria-disabled").await?.is_some() {
            tokio::time::sleep(PAUSE).await;
            waited += PAUSE;
        }
        Ok(())
    }

    /// Presses the mouse button over an element, and holds it.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn hold_down(&self, target: Target) -> Result<()> {
        self.tell(format!("hold {target} down"));
        let element = eventually(async || target.find(&self.driver).await).await?;
        let mouse = self.driver.session.action_chain();
        Ok(mouse.click_and_hold_element(&element).perform().await?)
    }

    /// Releases the mouse button.
    ///
    /// # Errors
    /// When the browser does not do it.
    pub async fn let_go(&self) -> Result<()> {
        self.tell("let go");
        let mouse = self.driver.session.action_chain();
        Ok(mouse.release().perform().await?)
    }
}
