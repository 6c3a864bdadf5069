//! The settings of the user's own device: a touch screen, forced colours. Only Chromium can emulate them.

use anyhow::Result;
use serde_json::{Value, json};
use switchboard_e2e::{Browser, Journey, Size, button, checkbox, journey, table, toolbar};

use crate::steps::enter;

/// Returns each kind of control that is lower than 44 px, with its height. What an overlay adds counts.
const TOO_LOW: &str = "
    const controls = 'button, select, summary, a.button, a.row-link, a.nav-link, a.back, label.tick, .segment, input:not([type=checkbox], [type=radio], [type=file])';
    const low = {};
    for (const element of document.querySelectorAll(controls)) {
        if (!element.checkVisibility({ visibilityProperty: true }) || element.matches('.skip-link')) continue;
        const over = getComputedStyle(element, '::after');
        const added = over.content !== 'none' && over.position === 'absolute' ? -parseFloat(over.top) - parseFloat(over.bottom) : 0;
        const height = element.getBoundingClientRect().height + Math.max(0, added || 0);
        if (height < 43.5) low[element.className || element.tagName] ??= `${element.textContent.trim().slice(0, 30)}: ${height}`;
    }
    return low";

async fn select_two(it: &Journey) -> Result<()> {
    it.page.click(checkbox("Select Ada Okafor")).await?;
    it.page.click(checkbox("Select Grace Hopper")).await?;
    it.page.see(toolbar("Bulk actions")).await
}

#[test]
fn on_a_touch_screen_every_control_is_44_px_high() -> Result<()> {
    journey(async |it| {
        if it.settings.browser != Browser::Chromium {
            return Ok(());
        }
        enter(it, "/operators").await?;
        select_two(it).await?;
        it.page.resize(Size::TELEPHONE).await?;
        let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
        it.page
            .cdp("Emulation.setTouchEmulationEnabled", touch)
            .await?;
        let is_coarse = "return matchMedia('(pointer: coarse)').matches";
        assert_eq!(it.page.script(is_coarse, &[]).await?, json!(true));
        // The bulk actions are a menu here.
        it.page.click(button("Actions")).await?;
        it.page.see(button("Deactivate")).await?;
        let mut low = vec![("/operators", it.page.script(TOO_LOW, &[]).await?)];
        for (path, shown) in [
            ("/operators/ada%40acme.example", button("Delete user")),
            ("/domains", button("Look up")),
            ("/domains/shop.acme.example", button("Delete domain")),
            ("/activity", button("Copy as cURL")),
            ("/settings", button("Forget everything")),
        ] {
            it.page.open(path).await?;
            it.page.see(shown).await?;
            low.push((path, it.page.script(TOO_LOW, &[]).await?));
        }
        low.retain(|(_, low)| *low != json!({}));
        assert!(low.is_empty(), "{low:#?}");
        Ok(())
    })
}

#[test]
fn forced_colours_show_states_and_leave_the_outline_to_the_focus() -> Result<()> {
    /// Returns what the eye can tell apart: per state, the colours and borders.
    const LOOK: &str = "
        const look = (selector) => {
            const element = document.querySelector(selector);
            const style = getComputedStyle(element);
            return [style.backgroundColor, style.outlineStyle];
        };
        const dot = getComputedStyle(document.querySelector('.badge.good'), '::before');
        return {
            on: look('.switch[aria-checked=true]')[0], off: look('.switch[aria-checked=false]')[0],
            current: look('.nav-link[aria-current]'), other: look('.nav-link:not([aria-current])'),
            ticked: look('tr[data-ticked]')[1], plain: look('tbody tr:not([data-ticked])')[1],
            dot: dot.backgroundColor, ground: getComputedStyle(document.body).backgroundColor,
        }";
    journey(async |it| {
        if it.settings.browser != Browser::Chromium {
            return Ok(());
        }
        enter(it, "/operators").await?;
        let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
        it.page.cdp("Emulation.setEmulatedMedia", forced).await?;
        it.page.see(table("Operators")).await?;
        select_two(it).await?;
        let look: Value = it.page.script(LOOK, &[]).await?;
        assert_ne!(look["on"], look["off"], "{look}");
        assert_ne!(look["current"][0], look["other"][0], "{look}");
        assert_eq!(look["current"][1], "none", "{look}");
        assert_ne!(look["ticked"], look["plain"], "{look}");
        assert_ne!(look["dot"], look["ground"], "{look}");
        Ok(())
    })
}
