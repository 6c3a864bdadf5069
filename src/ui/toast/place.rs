//! The toasts of one place: of the page, or of an open dialog.

use std::time::Duration;

use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::super::badge::Tone;
use super::super::button::{Button, ButtonKind};
use super::super::icon::{Icon, IconName};
use super::super::sticky_bars::style_of;
use super::super::tabs::is_rtl;
use super::placement::{Corner, IN_USE, NAVIGATION, Obstacle, Rect, place};
use super::{Toast, Toasts};

/// How often toasts look whether what they cover has changed. No event tells of every scroll and change of the layout.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The selector of controls on a page.
const CONTROLS: &str = "a[href], button, input, select, textarea, summary, label";

/// The selector of those that are never covered by choice: the next ones to press.
const NEAR: &str = ".bulk-bar *, .run *, .nav *, .danger, .switch-line *";

/// Two live regions that exist before their first message, so that assistive technology announces it.
#[component]
pub(in crate::ui) fn ToastPlace(
    /// The page (0) or the dialog.
    place: u32,
) -> impl IntoView {
    let toasts = Toasts::get();
    let region = NodeRef::<Div>::new();
    let those = move |is_bad: bool| {
        let of = move || {
            let is_it =
                |toast: &&Toast| toast.place == place && (toast.tone == Tone::Bad) == is_bad;
            toasts
                .toasts
                .with(|toasts| toasts.iter().filter(is_it).cloned().collect::<Vec<_>>())
        };
        view! { <For each=of key=|toast| toast.id let:toast><ToastItem toast /></For> }
    };
    let arrange = move || {
        if let Some(Some(region)) = region.try_get_untracked() {
            arrange(&region);
        }
    };
    Effect::new(move || {
        let is_shown = toasts
            .toasts
            .with(|toasts| toasts.iter().any(|toast| toast.place == place));
        request_animation_frame(arrange);
        if is_shown && let Ok(timer) = set_interval_with_handle(arrange, LOOK_EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
    // At once for the control that gets the focus.
    let focused = window_event_listener(ev::focusin, move |_| arrange());
    on_cleanup(move || focused.remove());
    let hold = move |by: usize, is_held: bool| toasts.held.update_value(|it| it[by] = is_held);
    view! {
        <div
            class="toasts"
            node_ref=region
            on:pointerenter=move |_| hold(0, true)
            on:pointerleave=move |_| hold(0, false)
            on:focusin=move |_| hold(1, true)
            on:focusout=move |_| hold(1, false)
        >
            <div role="status" aria-live="polite" aria-atomic="false">{those(false)}</div>
            <div role="alert" aria-atomic="false">{those(true)}</div>
        </div>
    }
}

#[component]
fn ToastItem(toast: Toast) -> impl IntoView {
    let toasts = Toasts::get();
    let Toast {
        id,
        tone,
        text,
        offer,
        ..
    } = toast;
    let (class, icon) = match tone {
        Tone::Good => ("toast good", IconName::Check),
        Tone::Bad => ("toast bad", IconName::Warning),
        _ => ("toast warn", IconName::Warning),
    };
    let offer = offer.map(|(label, on_press)| {
        let press = Callback::new(move |()| {
            on_press();
            toasts.close(id);
        });
        view! { <Button kind=ButtonKind::Quiet label on_press=press /> }
    });
    view! {
        <div class=class>
            <Icon name=icon />
            <span>{text}</span>
            {offer}
            <button type="button" class="icon-button" aria-label=toasts.dismiss.get_value() on:click=move |_| toasts.close(id)>
                <Icon name=IconName::Close />
            </button>
        </div>
    }
}

/// Moves the toasts to a place where they cover no control in use.
fn arrange(region: &HtmlElement) {
    let size = region.get_bounding_client_rect();
    if size.height() == 0.0 {
        // The next toast chooses its place afresh.
        let _ = region.remove_attribute("data-corner");
        return;
    }
    if matches(region, ":hover") {
        return;
    }
    let side = |value: Result<wasm_bindgen::JsValue, _>| {
        value
            .ok()
            .and_then(|value| value.as_f64())
            .unwrap_or_default()
    };
    let screen = (side(window().inner_width()), side(window().inner_height()));
    let navigation = document().query_selector(".nav").ok().flatten();
    let is_at_foot = navigation.is_some_and(|it| style_of(&it, "position") == "fixed");
    let foot = if is_at_foot { NAVIGATION } else { 0.0 };
    let before = region.get_attribute("data-corner");
    let before = before.as_deref().and_then(Corner::named);
    let size = (size.width(), size.height());
    let corner = place(before, size, screen, foot, is_rtl(), &obstacles(region));
    if before != Some(corner) {
        let _ = region.set_attribute("data-corner", corner.as_str());
    }
}

/// Returns the controls that can be used now: those of the open dialog, or of the page.
fn obstacles(region: &HtmlElement) -> Vec<Obstacle> {
    let dialog = region.closest("dialog").ok().flatten();
    let found = match &dialog {
        Some(dialog) => dialog.query_selector_all(CONTROLS),
        None => document().query_selector_all(CONTROLS),
    };
    let Ok(found) = found else {
        return Vec::new();
    };
    let focused = document().active_element();
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into::<Element>().ok())
        .filter(|control| !matches(control, ".toasts *"))
        .map(|control| {
            let rect = control.get_bounding_client_rect();
            let is_in_use = focused.as_ref() == Some(&control) || matches(&control, ":hover");
            let is_near = dialog.is_some() || matches(&control, NEAR);
            Obstacle {
                rect: Rect {
                    left: rect.left(),
                    top: rect.top(),
                    right: rect.right(),
                    bottom: rect.bottom(),
                },
                weight: match (is_in_use, is_near) {
                    (true, _) => 1_000,
                    (false, true) => IN_USE,
                    (false, false) => 1,
                },
            }
        })
        .collect()
}

fn matches(element: &Element, selector: &str) -> bool {
    element.matches(selector).unwrap_or(false)
}
