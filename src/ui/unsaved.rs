//! Unsaved input: asks before the user leaves the page by a link, Back, a reload, or an action such as disconnecting.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlAnchorElement, MouseEvent};

use super::button::{Button, ButtonKind};
use super::dialog::Dialog;
use super::field::focus;

/// The id of the button that stays on the page.
const STAY: &str = "unsaved-stay";

/// Where the user wanted to go.
#[derive(Clone)]
enum Away {
    /// Follow a link to this path with its query.
    To(String),
    /// Go back or forward in the history: one step back from the restored entry.
    Back,
    /// Do this, which ends the page.
    By(Callback<()>),
}

/// The forms with unsaved input, in context.
#[derive(Clone, Copy)]
pub struct UnsavedInput {
    forms: StoredValue<Vec<Signal<bool>>>,
    /// Texts to carry over into a form of the next page, by the form's name.
    handed_over: StoredValue<Vec<(String, String)>>,
    /// The page's path and query when the browser last had them.
    here: StoredValue<(String, String)>,
    away: RwSignal<Option<Away>>,
    open: RwSignal<bool>,
}

impl UnsavedInput {
    /// Provides it as context, and watches links, the history and the page's unload. Call it before the router is
    /// created, so that it sees each event first.
    pub fn provide() {
        let this = Self {
            forms: StoredValue::default(),
            handed_over: StoredValue::default(),
            here: StoredValue::default(),
            away: RwSignal::new(None),
            open: RwSignal::new(false),
        };
        let before_it_ends = window_event_listener(ev::beforeunload, move |event| {
            if this.is_any() {
                event.prevent_default();
            }
        });
        let link = window_event_listener(ev::click, move |event| {
            if let Some(path) = path_of_link(&event).filter(|path| this.leaves(path)) {
                event.prevent_default();
                this.ask(Away::To(path));
            }
        });
        let history = window_event_listener(ev::popstate, move |event| {
            let there = window().location().pathname().unwrap_or_default();
            if this.leaves(&there) {
                // The router must not see the event; the address is restored.
                event.stop_immediate_propagation();
                let (path, query) = this.here.get_value();
                let here = format!("{path}{query}");
                let put_back = window().history().and_then(|history| {
                    history.push_state_with_url(&JsValue::NULL, "", Some(&here))
                });
                if put_back.is_ok() {
                    this.ask(Away::Back);
                }
            }
        });
        on_cleanup(move || {
            before_it_ends.remove();
            link.remove();
            history.remove();
        });
        provide_context(this);
    }

    /// Returns the unsaved input of this page.
    ///
    /// # Panics
    /// When called outside the application, which is a programming error.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Counts a form as unsaved while `is_unsaved` returns true, as long as the calling component is mounted.
    pub fn watch(self, is_unsaved: impl Fn() -> bool + Send + Sync + 'static) {
        let is_unsaved = Signal::derive(is_unsaved);
        self.forms.update_value(|forms| {
            // Drops the forms of disposed pages.
            forms.retain(|form| form.try_get_untracked().is_some());
            forms.push(is_unsaved);
        });
    }

    /// Does what ends the page: at once, or after the user has agreed to lose the unsaved input.
    pub fn leave_by(self, action: Callback<()>) {
        if self.is_any() {
            self.ask(Away::By(action));
        } else {
            action.run(());
        }
    }

    /// Keeps a text for the form of this name on the next page.
    pub fn hand_over(self, form: String, text: String) {
        self.handed_over.update_value(|texts| {
            texts.retain(|(other, _)| *other != form);
            texts.push((form, text));
        });
    }

    /// Takes the text for the form of this name.
    #[must_use]
    pub fn take(self, form: &str) -> Option<String> {
        let take = |texts: &mut Vec<(String, String)>| {
            let at = texts.iter().position(|(name, _)| name == form)?;
            Some(texts.swap_remove(at).1)
        };
        self.handed_over.try_update_value(take).flatten()
    }

    /// Returns whether there is unsaved input, untracked.
    #[must_use]
    pub fn is_any(self) -> bool {
        let is_unsaved = |form: &Signal<bool>| form.try_get_untracked() == Some(true);
        self.forms.with_value(|forms| forms.iter().any(is_unsaved))
    }

    /// Returns whether navigating to this path loses unsaved input. Another query is the same page.
    fn leaves(self, path: &str) -> bool {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        self.here
            .with_value(|(here, _)| decoded(here) != decoded(path))
            && self.is_any()
    }

    fn ask(self, away: Away) {
        self.away.set(Some(away));
        self.open.set(true);
    }

    /// Navigates to where the user wanted to go, and drops the input.
    fn leave(self, navigate: impl Fn(&str, NavigateOptions)) {
        let forms = self.forms.try_update_value(std::mem::take);
        self.open.set(false);
        match self.away.get_untracked() {
            Some(Away::To(path)) => navigate(&path, NavigateOptions::default()),
            Some(Away::Back) => {
                if let Ok(history) = window().history() {
                    let _ = history.back();
                }
            }
            Some(Away::By(action)) => {
                let is_left = action.try_run(()).is_some();
                // Otherwise what the action belongs to has ended meanwhile, and the user stays.
                if !is_left {
                    self.forms.set_value(forms.unwrap_or_default());
                }
            }
            None => {}
        }
    }
}

/// Decodes a path for comparison, because the router and the browser escape differently.
fn decoded(path: &str) -> String {
    let decoded = js_sys::decode_uri_component(path).ok();
    decoded
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| path.to_owned())
}

/// Returns the path, query and fragment of the link that a click would follow inside the application. Applies the
/// router's own rules: the browser handles all other links.
fn path_of_link(event: &MouseEvent) -> Option<String> {
    let is_plain = event.button() == 0
        && !(event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key());
    if event.default_prevented() || !is_plain {
        return None;
    }
    let path = event.composed_path();
    let mut elements = path.iter();
    let link = elements.find_map(|element| element.dyn_into::<HtmlAnchorElement>().ok())?;
    let rel = link.rel();
    let is_external = rel.split_ascii_whitespace().any(|word| word == "external");
    let is_here = link.origin() == window().location().origin().ok()?;
    let stays = link.target().is_empty() && !link.has_attribute("download") && !is_external;
    (is_here && stays).then(|| format!("{}{}{}", link.pathname(), link.search(), link.hash()))
}

/// The dialog that asks. Must be inside the router.
#[component]
pub fn UnsavedDialog(
    /// The dialog's heading.
    #[prop(into)]
    title: String,
    /// What would be lost.
    #[prop(into)]
    text: String,
    /// The button that stays.
    #[prop(into)]
    stay: String,
    /// The button that leaves.
    #[prop(into)]
    leave: String,
    /// The close button's name.
    #[prop(into)]
    close: String,
) -> impl IntoView {
    let unsaved = UnsavedInput::get();
    let (location, navigate) = (use_location(), use_navigate());
    Effect::new(move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        let query = query.trim_start_matches('?');
        let query = if query.is_empty() {
            String::new()
        } else {
            format!("?{query}")
        };
        unsaved.here.set_value((path, query));
    });
    let texts = StoredValue::new((text, stay, leave));
    let open = unsaved.open;
    let leaving = Callback::new(move |()| unsaved.leave(&navigate));
    view! {
        <Dialog open title id="unsaved-title" described_by="unsaved-text" close>
            <UnsavedPrompt texts=texts.get_value() on_stay=Callback::new(move |()| open.set(false)) on_leave=leaving />
        </Dialog>
    }
}

#[component]
fn UnsavedPrompt(
    texts: (String, String, String),
    on_stay: Callback<()>,
    on_leave: Callback<()>,
) -> impl IntoView {
    let (text, stay, leave) = texts;
    let shown = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if shown.get().is_some() {
            focus(STAY);
        }
    });
    view! {
        <div class="form" node_ref=shown>
            <p id="unsaved-text">{text}</p>
            <div class="actions end">
                <Button kind=ButtonKind::Danger label=leave on_press=on_leave />
                <Button id=STAY kind=ButtonKind::Primary label=stay on_press=on_stay />
            </div>
        </div>
    }
}
