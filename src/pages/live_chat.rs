//! The switch "Live chat addon" of an operator (endpoint 5), wherever it is shown: off at once; on at once where no domain is known here,
//! and after asking for which domains where some are.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{ApiError, DomainName, Email, LiveChatStatus, Operator};
use switchboard_model::journal::Change;

use super::domain_choice::{DomainChoice, any_known};
use super::settle::{Settled, quietly};
use super::toggle::{Toggle, Write};
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::ui::{Button, ButtonKind, Dialog, focus};

/// Whether the addon is on for the operator.
pub fn has_live_chat(operator: &Operator) -> bool {
    operator.live_chat == Some(LiveChatStatus::Active)
}

/// The question for which domains somebody is switched on. One for a page.
#[derive(Clone, Copy)]
pub struct AskDomains {
    open: RwSignal<bool>,
    asked: StoredValue<Option<Asked>>,
    chosen: RwSignal<Vec<DomainName>>,
}

#[derive(Clone)]
struct Asked {
    name: String,
    go: Callback<Vec<DomainName>>,
}

impl AskDomains {
    /// Nothing is asked yet.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            asked: StoredValue::new(None),
            chosen: RwSignal::new(Vec::new()),
        }
    }

    fn ask(self, name: String, go: Callback<Vec<DomainName>>) {
        self.asked.set_value(Some(Asked { name, go }));
        self.chosen.set(Vec::new());
        self.open.set(true);
    }
}

/// The dialog "Switch on live chat". Its button has the focus: Enter alone leaves the domains to the API.
#[component]
pub fn AskDomainsDialog(
    /// The question.
    ask: AskDomains,
) -> impl IntoView {
    view! {
        <Dialog open=ask.open title=t(Text::SwitchOnTitle) id="switch-on-title" close=t(Text::Close)>
            <AskForm ask />
        </Dialog>
    }
}

#[component]
fn AskForm(ask: AskDomains) -> impl IntoView {
    let AskDomains {
        open,
        asked,
        chosen,
    } = ask;
    let name = asked.get_value().map(|asked| asked.name);
    Effect::new(move || focus("switch-on-go"));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        open.set(false);
        if let Some(asked) = asked.get_value() {
            // Nothing to do where the operator went from the list in the meantime.
            asked.go.try_run(chosen.get_untracked());
        }
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <p>{tf(Text::SwitchOnText, &[("name", &name.unwrap_or_default())])}</p>
            <DomainChoice id="switch-on-search" chosen hint=t(Text::SwitchOnHint) />
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button id="switch-on-go" kind=ButtonKind::Primary submit=true label=t(Text::SwitchOn).to_owned() />
            </div>
        </form>
    }
}

/// The switch.
#[component]
pub fn LiveChatSwitch(
    /// The switch's name.
    #[prop(into)]
    label: Signal<String>,
    /// The operator's key; it may become another's. Nobody's for a moment at most.
    #[prop(into)]
    email: Signal<Option<Email>>,
    /// What the operator is called.
    #[prop(into)]
    name: Signal<String>,
    /// The server's value.
    #[prop(into)]
    value: Signal<bool>,
    /// How many answers with it there were.
    #[prop(into)]
    answers: Signal<u32>,
    /// Where the domains are asked for.
    ask: AskDomains,
) -> impl IntoView {
    let domains = StoredValue::new(Vec::new());
    let write = set_live_chat(Remote::get(), email, domains);
    let before = Callback::new(move |(wanted, flip): (bool, Callback<bool>)| {
        domains.set_value(Vec::new());
        if wanted && any_known() {
            let asked = email.get_untracked();
            let go = Callback::new(move |chosen| {
                // Nothing to do where the switch has become another's in the meantime.
                if email.get_untracked() == asked {
                    domains.set_value(chosen);
                    flip.run(true);
                }
            });
            ask.ask(name.get_untracked(), go);
        } else {
            flip.run(wanted);
        }
    });
    view! { <Toggle label whose=email value answers write before /> }
}

fn set_live_chat(
    remote: Remote,
    email: Signal<Option<Email>>,
    domains: StoredValue<Vec<DomainName>>,
) -> Write {
    Arc::new(move |on| {
        let Some(email) = email.get_untracked() else {
            return Box::pin(async { Settled::NotDone(ApiError::Cancelled) });
        };
        let change = Change::SwitchOperator {
            email,
            on,
            domains: domains.get_value(),
        };
        Box::pin(quietly(remote, change))
    })
}
