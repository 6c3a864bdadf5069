//! Form fields: a label, a control, a hint, and the error beside its cause.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::{Icon, IconName};

/// A single-line text field.
#[component]
pub fn TextField(
    /// The control's id: unique on the page.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// The value.
    value: RwSignal<String>,
    /// The error, shown below and announced.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help below the control.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// The keyboard that a small screen offers: `text`, `email`, `url`, `search`.
    #[prop(default = "text")]
    keyboard: &'static str,
    /// The `autocomplete` attribute.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// An example, as the placeholder.
    #[prop(optional, into)]
    example: String,
    /// A note about how the input was changed, shown below and announced.
    #[prop(optional, into)]
    note: Signal<Option<String>>,
    /// Called when the field loses the focus.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// Whether the form cannot be sent without it. The style sheet marks its label.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let error = while_unchanged(error, value);
    let described = describing(id, error, hint.is_some());
    let leave = move |_| {
        if let Some(on_leave) = on_leave {
            on_leave.run(());
        }
    };
    // Addresses are, in every language.
    let dir = matches!(keyboard, "email" | "url").then_some("ltr");
    let control = view! {
        <input
            id=id
            type="text"
            dir=dir
            inputmode=keyboard
            autocomplete=autocomplete
            autocapitalize="none"
            spellcheck="false"
            placeholder=example
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
            on:blur=leave
            aria-required=required.then_some("true")
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
        />
    };
    frame(id, label, noted(control.into_any(), note), error, hint)
}

/// A single-line text field that is masked until the user reveals it. It is always required.
#[component]
pub fn SecretField(
    /// The control's id: unique on the page.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// The value.
    value: RwSignal<String>,
    /// The error, shown below and announced.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help below the control.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// A note about how the input was changed, shown below and announced.
    #[prop(optional, into)]
    note: Signal<Option<String>>,
    /// The name of the button that reveals the input.
    #[prop(into)]
    reveal: String,
    /// The name of the button that masks it again.
    #[prop(into)]
    hide: String,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let names = StoredValue::new((reveal, hide));
    let error = while_unchanged(error, value);
    let described = describing(id, error, hint.is_some());
    let control = view! {
        <div class="with-button" dir="ltr">
            <input
                id=id
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                aria-required="true"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
            />
            <button
                type="button"
                class="icon-button"
                aria-label=move || names.with_value(|(reveal, hide)| if shown.get() { hide.clone() } else { reveal.clone() })
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {move || view! { <Icon name=if shown.get() { IconName::EyeOff } else { IconName::Eye } /> }}
            </button>
        </div>
    };
    frame(id, label, noted(control.into_any(), note), error, hint)
}

/// A checkbox.
#[component]
pub fn Checkbox(
    /// The control's id: unique on the page.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// Whether it is checked.
    checked: RwSignal<bool>,
    /// Help below the label.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="check">
            <input
                id=id
                type="checkbox"
                prop:checked=move || checked.get()
                on:change=move |event| checked.set(event_target_checked(&event))
                aria-describedby=hint_id.clone()
            />
            <label for=id>{label}</label>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

/// A select box.
#[component]
pub fn Choice(
    /// The control's id: unique on the page.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// The selected value.
    value: RwSignal<String>,
    /// The values with their names.
    options: Vec<(&'static str, String)>,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(option, name)| view! { <option value=option selected=move || value.with(|value| value == option)>{name}</option> })
        .collect_view();
    let control = view! { <select id=id on:change=move |event| value.set(event_target_value(&event))>{options}</select> };
    frame(id, label, control.into_any(), Signal::default(), None)
}

/// Renders a control with its label above, and the hint and the announced error below.
pub(super) fn frame(
    id: &'static str,
    label: String,
    control: AnyView,
    error: Signal<Option<String>>,
    hint: Option<Signal<String>>,
) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {control}
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{move || hint.get()}</p> })}
            <p class="field-error" id=format!("{id}-error") role="alert">{move || error.get()}</p>
        </div>
    }
    .into_any()
}

/// Returns the error while the value is still the one that it is about.
pub(super) fn while_unchanged(
    error: Signal<Option<String>>,
    value: RwSignal<String>,
) -> Signal<Option<String>> {
    let about = RwSignal::new(String::new());
    Effect::new(move || {
        error.track();
        about.set(value.get_untracked());
    });
    Signal::derive(move || error.get().filter(|_| value.get() == about.get()))
}

/// Renders a control with a note below it. The note is a live region that exists before it has text, so that the text
/// is announced.
fn noted(control: AnyView, note: Signal<Option<String>>) -> AnyView {
    view! {
        {control}
        <p class="field-note" role="status">{move || note.get()}</p>
    }
    .into_any()
}

/// Returns the ids of the elements that describe a control.
pub(super) fn describing(
    id: &'static str,
    error: Signal<Option<String>>,
    hinted: bool,
) -> impl Fn() -> Option<String> + Send + Sync + Clone + 'static {
    move || {
        let mut ids = Vec::new();
        if error.with(Option::is_some) {
            ids.push(format!("{id}-error"));
        }
        if hinted {
            ids.push(format!("{id}-hint"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// Focuses a control by its id.
pub fn focus(id: &str) {
    let control = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(control) = control {
        let _ = control.focus();
    }
}

/// Focuses the first element that matches, once a change is rendered. Nothing has the focus until then, because the
/// focused control may be removed, which would count as losing the focus.
pub fn focus_once_rendered(selector: String) {
    let control = |it: Option<web_sys::Element>| it?.dyn_into::<web_sys::HtmlElement>().ok();
    if let Some(control) = control(document().active_element()) {
        let _ = control.blur();
    }
    request_animation_frame(move || {
        if let Some(control) = control(document().query_selector(&selector).ok().flatten()) {
            let _ = control.focus();
        }
    });
}
