//! Confirming what cannot be undone: by typing the name of what goes.

use leptos::prelude::*;

use crate::i18n::{Text, t, tf};
use crate::ui::{Button, ButtonKind, Notice, TextField, Tone, focus};

/// A form inside a dialog that asks for a name to be typed. Until the name is right, pressing the button says that it is not.
#[component]
pub fn ConfirmForm(
    /// The field's id: unique on the page.
    id: &'static str,
    /// What has to be typed.
    name: String,
    /// What is said when something else was typed.
    #[prop(default = t(Text::DeleteConfirmWrong))]
    wrong: &'static str,
    /// What the button says.
    #[prop(into)]
    action: String,
    /// Whether it is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it did not work.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What happens once the name is right.
    on_confirm: Callback<()>,
    /// What closes the dialog.
    on_cancel: Callback<()>,
    /// The consequences, above the field.
    children: Children,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let complaint = RwSignal::new(None::<String>);
    let label = tf(Text::DeleteConfirm, &[("name", &name)]);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if typed.with_untracked(|typed| typed.trim() == name) {
            complaint.set(None);
            on_confirm.run(());
        } else {
            complaint.set(Some(wrong.to_owned()));
            focus(id);
        }
    };
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
            {children()}
            {move || error.get().map(|error| view! { <Notice tone=Tone::Bad title=error /> })}
            <TextField id label value=typed error=complaint />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=on_cancel />
                <Button kind=ButtonKind::Danger submit=true busy label=words />
            </div>
        </form>
    }
}
