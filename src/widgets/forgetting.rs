//! Forgets a domain: removes it from this browser's list, with no effect on the API. Asks first if that would delete
//! its embed code.

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::journal::{CodeFacts, LocalChange};
use switchboard_model::workspace::KnownDomain;

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::journal::ChangeJournal;
use crate::ui::{Button, ButtonKind, CopyButton, Dialog, Notice, Toasts, Tone, focus};
use crate::widgets::embed_codes::{both, copy_texts, names_another};
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;

/// The id of the button that closes the dialog.
const CANCEL: &str = "forget-domain-cancel";

/// The id of the text in the dialog that describes it.
const TEXT: &str = "forget-domain-text";

/// The action "Forget" for domains. Shared by all rows of a table.
#[derive(Clone, Copy)]
pub struct Forgetting {
    known: KnownDomains,
    journal: ChangeJournal,
    toasts: Toasts,
    open: RwSignal<bool>,
    asked: RwSignal<Option<KnownDomain>>,
    /// Whether the dialog asks again, because another code was stored while it was open.
    is_again: RwSignal<bool>,
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
            is_again: RwSignal::new(false),
            done,
        }
    }

    /// Forgets a domain at once if no code is lost with it, else after the user has confirmed it in the dialog.
    pub fn ask(&self, name: &DomainName) {
        let Some(record) = self.known.find_now(name) else {
            return;
        };
        if record.held.is_some() {
            self.show(record, false);
        } else {
            self.forget(record);
        }
    }

    fn show(&self, record: KnownDomain, is_again: bool) {
        self.is_again.set(is_again);
        self.asked.set(Some(record));
        self.open.set(true);
    }

    /// Forgets the domain, unless a code is stored by now that the user has not seen: asks about that one then.
    fn forget(&self, shown: KnownDomain) {
        let (known, journal, toasts) = (self.known, self.journal, self.toasts);
        let record = match present(&shown, known.find_now(&shown.name)) {
            Ok(record) => record.unwrap_or(shown),
            Err(unseen) => return self.show(unseen, true),
        };
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

/// Returns the record to forget, `None` if there is none by now. The error is a record with a code that differs from
/// the shown one.
fn present(
    shown: &KnownDomain,
    now: Option<KnownDomain>,
) -> Result<Option<KnownDomain>, KnownDomain> {
    match now {
        Some(now) if now.held.is_some() && now.held != shown.held => Err(now),
        now => Ok(now.filter(|now| now.held == shown.held)),
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
            let mark = names_another(&record.name, &held.code);
            view! { <CopyButton label=t(Text::CopyBoth) text texts=copy_texts() /><span class="hint">{mark}</span> }
        });
        let go = Callback::new(move |()| forgetting.forget(record.clone()));
        // The browser would focus the button that closes the dialog.
        Effect::new(move || focus(CANCEL));
        let again = forgetting.is_again.get_untracked().then(|| {
            view! { <Notice tone=Tone::Warn title=t(Text::ForgetOther)><p>{t(Text::ForgetOtherText)}</p></Notice> }
        });
        Some(view! {
            <div class="form">
                {again}
                <div class="stack" id=TEXT>
                    <p class="notice-title">{title}</p>
                    <p>{t(Text::ForgetCodeText)}</p>
                    <p class="hint">{t(Text::ForgetStays)}</p>
                </div>
                <div class="actions">{copy}</div>
                <div class="actions end">
                    <Button id=CANCEL label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                    <Button kind=ButtonKind::Danger label=t(Text::ForgetYes).to_owned() on_press=go />
                </div>
            </div>
        })
    };
    view! { <Dialog open title=t(Text::ForgetDomain) id="forget-domain-title" described_by=TEXT close=t(Text::Close)>{content}</Dialog> }
}

#[cfg(test)]
mod tests {
    use switchboard_api::EmbedCode;
    use switchboard_model::workspace::{CodeOrigin, HeldCode};

    use super::*;

    #[test]
    fn only_the_shown_code_is_forgotten() {
        let name: DomainName = "shop.example".parse().expect("a domain of the test");
        let record = |link: Option<&str>| KnownDomain {
            held: link.map(|link| HeldCode {
                code: EmbedCode {
                    link: link.to_owned(),
                    socket_link: String::new(),
                },
                origin: CodeOrigin::Added,
                received_at: 1,
            }),
            ..KnownDomain::new(name.clone(), None, 1)
        };
        let (none, one, two) = (record(None), record(Some("one")), record(Some("two")));
        for (shown, now, found) in [
            (&one, Some(&one), Ok(Some(&one))),
            (&one, Some(&two), Err(&two)),
            (&none, Some(&one), Err(&one)),
            (&none, Some(&none), Ok(Some(&none))),
            // Another tab has forgotten it. "Undo" restores what was shown.
            (&one, None, Ok(None)),
            (&one, Some(&none), Ok(None)),
        ] {
            let found = found.map(|it| it.cloned()).map_err(Clone::clone);
            assert_eq!(present(shown, now.cloned()), found);
        }
    }
}
