//! Confirms an irreversible action by typing the name of its object.

use leptos::prelude::*;

use crate::i18n::{Text, t, tf};
use crate::ui::{Button, ButtonKind, Notice, TextField, Tone, focus};
use crate::widgets::consequences::{CheckStatus, ConsequencesCheck, focus_way_on};

/// A form inside a dialog that asks the user to type a name. The action needs the right name and a complete check of
/// the consequences, unless the user chose to continue without the rest of the check. Otherwise the button says what
/// is missing.
#[component]
pub fn ConfirmForm(
    /// The field's id: unique on the page.
    id: &'static str,
    /// The name to type.
    name: String,
    /// Another way to type it.
    #[prop(optional, into)]
    also: Option<String>,
    /// What is said when something else was typed.
    #[prop(default = t(Text::DeleteConfirmWrong))]
    wrong: &'static str,
    /// The text of the button.
    #[prop(into)]
    action: String,
    /// Whether the action is in progress.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why the action failed.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The check of the consequences.
    #[prop(optional, into)]
    check: Option<ConsequencesCheck>,
    /// The id of the consequences, which describe the dialog.
    #[prop(optional)]
    consequences: Option<&'static str>,
    /// The action.
    on_confirm: Callback<()>,
    /// Closes the dialog.
    on_cancel: Callback<()>,
    /// The consequences, above the field.
    children: Children,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let field_error = RwSignal::new(None::<String>);
    let refused = RwSignal::new(None);
    let label = tf(Text::DeleteConfirm, &[("name", &name)]);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let is_right = |typed: &str| typed == name || also.as_deref() == Some(typed);
        if !typed.with_untracked(|typed| is_right(typed.trim())) {
            field_error.set(Some(wrong.to_owned()));
            focus(id);
            return;
        }
        field_error.set(None);
        match check.map_or(Ok(()), ConsequencesCheck::may_confirm) {
            Ok(()) => on_confirm.run(()),
            Err(obstacle) => {
                refused.set(Some(obstacle));
                focus_way_on(obstacle);
            }
        }
    };
    // The browser would focus the button that closes the dialog.
    Effect::new(move || focus(id));
    let action = StoredValue::new(action);
    let words = Signal::derive(move || {
        if busy.get() {
            t(Text::Deleting).to_owned()
        } else {
            action.get_value()
        }
    });
    view! {
        <form class="form" novalidate on:submit=submit>
            <div class="stack" id=consequences>{children()}</div>
            {check.map(|check| view! { <CheckStatus check refused /> })}
            {move || error.get().map(|error| view! { <Notice tone=Tone::Bad title=error /> })}
            <div class="confirm-foot form">
                <TextField id label value=typed error=field_error required=true />
                <div class="actions end">
                    <Button label=t(Text::Cancel).to_owned() on_press=on_cancel />
                    <Button kind=ButtonKind::Danger submit=true busy label=words />
                </div>
            </div>
        </form>
    }
}
