//! Forgets a domain: removes it from this browser's list, with no effect on the API. Asks first if that would delete
//! its embed code.

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::journal::{CodeFacts, LocalChange};
use switchboard_model::workspace::KnownDomain;

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::journal::ChangeJournal;
use crate::ui::{Button, ButtonKind, CopyButton, Dialog, Toasts};
use crate::widgets::embed_codes::{both, copy_texts};
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;

/// The action "Forget" for domains. Shared by all rows of a table.
#[derive(Clone, Copy)]
pub struct Forgetting {
    known: KnownDomains,
    journal: ChangeJournal,
    toasts: Toasts,
    open: RwSignal<bool>,
    asked: RwSignal<Option<KnownDomain>>,
    done: Callback<DomainName>,
}

impl Forgetting {
    /// Creates the action. `done` runs after a domain was forgotten, in addition to the message.
    pub fn new(done: Callback<DomainName>) -> Self {
        Self {
            known: KnownDomains::get(),
            journal: ChangeJournal::get(),
            toasts: Toasts::get(),
            open: RwSignal::new(false),
            asked: RwSignal::new(None),
            done,
        }
    }

    /// Forgets a domain at once if no code is lost with it, else after the user has confirmed it in the dialog.
    pub fn ask(&self, name: &DomainName) {
        let Some(record) = self.known.find_now(name) else {
            return;
        };
        if record.held.is_some() {
            self.asked.set(Some(record));
            self.open.set(true);
        } else {
            self.forget(record);
        }
    }

    fn forget(&self, record: KnownDomain) {
        let (known, journal, toasts) = (self.known, self.journal, self.toasts);
        self.open.set(false);
        let (name, code) = (
            record.name.clone(),
            record.held.as_ref().map(CodeFacts::from),
        );
        let shown = readable(&name);
        let values = [("domain", shown.as_str())];
        match known.forget(&name) {
            Ok(()) => {
                let domain = name.clone();
                journal.note_local(LocalChange::ForgetDomain { domain, code });
                let (bring_back, domain) = (known.bring_back(record), name.clone());
                let restore = move || match bring_back() {
                    Ok(()) => {
                        let domain = domain.clone();
                        journal.note_local(LocalChange::RestoreDomain { domain, code });
                    }
                    Err(error) => toasts.bad(store_error(error)),
                };
                toasts.offer(tf(Text::Forgotten, &values), t(Text::Undo), restore);
                self.done.run(name);
            }
            Err(error) => toasts.bad(store_error(error)),
        }
    }
}

/// The dialog that asks before an embed code is deleted.
#[component]
pub fn ForgetDialog(
    /// The action that opens it.
    forgetting: Forgetting,
) -> impl IntoView {
    let open = forgetting.open;
    let content = move || {
        let record = forgetting.asked.get()?;
        let shown = readable(&record.name);
        let values = [("domain", shown.as_str())];
        let title = tf(Text::ForgetCode, &values);
        let copy = record.held.as_ref().map(|held| {
            let text = Signal::stored(both(&held.code));
            view! { <CopyButton label=t(Text::CopyBoth) text texts=copy_texts() /> }
        });
        let go = Callback::new(move |()| forgetting.forget(record.clone()));
        Some(view! {
            <div class="form">
                <p class="notice-title">{title}</p>
                <p>{t(Text::ForgetCodeText)}</p>
                <div class="actions">{copy}</div>
                <p class="hint">{t(Text::ForgetStays)}</p>
                <div class="actions end">
                    <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                    <Button kind=ButtonKind::Danger label=t(Text::ForgetYes).to_owned() on_press=go />
                </div>
            </div>
        })
    };
    view! { <Dialog open title=t(Text::ForgetDomain) id="forget-domain-title" close=t(Text::Close)>{content}</Dialog> }
}
