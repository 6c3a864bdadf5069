//! The switch "Live chat addon" of an operator (endpoint 5). It switches off at once. It switches on at once if no
//! domain is known here, else after asking for which domains.

use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{ApiError, DomainName, Email, LiveChatStatus, Operator};
use switchboard_model::journal::Change;

use crate::i18n::{Text, t, tf};
use crate::operations::submit::{WriteOutcome, submit};
use crate::remote::Remote;
use crate::ui::{Button, ButtonKind, Dialog, focus};
use crate::widgets::domain_choice::{DomainChoice, any_known};
use crate::widgets::places::{Places, PlacesProgress};
use crate::widgets::toggle::{Toggle, Write};

/// Returns whether the operator's addon is active.
pub fn has_live_chat(operator: &Operator) -> bool {
    operator.live_chat == Some(LiveChatStatus::Active)
}

/// The id of the dialog's button.
const GO: &str = "switch-on-go";

/// The question for which domains to switch an operator on. One for a page.
#[derive(Clone, Copy)]
pub struct AskDomains {
    open: RwSignal<bool>,
    asked: StoredValue<Option<SwitchOnQuestion>>,
    chosen: RwSignal<Vec<DomainName>>,
}

#[derive(Clone)]
struct SwitchOnQuestion {
    email: Email,
    name: String,
    go: Callback<Vec<DomainName>>,
}

impl Default for AskDomains {
    fn default() -> Self {
        Self {
            open: RwSignal::new(false),
            asked: StoredValue::new(None),
            chosen: RwSignal::new(Vec::new()),
        }
    }
}

impl AskDomains {
    fn ask(self, asked: SwitchOnQuestion) {
        self.asked.set_value(Some(asked));
        self.chosen.set(Vec::new());
        self.open.set(true);
    }
}

/// The dialog "Switch on live chat". Its button has the focus: Enter alone leaves the choice of domains to the API.
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
    let (email, name) = asked
        .get_value()
        .map(|asked| (asked.email, asked.name))
        .unzip();
    let name = name.unwrap_or_default();
    let touched = StoredValue::new(Vec::new());
    let found = Callback::new(move |domain: DomainName| {
        if touched.with_value(|touched| touched.contains(&domain)) {
            return;
        }
        chosen.update(|chosen| {
            if !chosen.contains(&domain) {
                chosen.push(domain);
            }
        });
    });
    let places = email.map(|email| Places::look_up(email, found));
    let is_waiting = RwSignal::new(false);
    Effect::new(move || focus(GO));
    let go = move || {
        open.set(false);
        if let Some(asked) = asked.get_value() {
            // Fails if the operator has left the list since.
            asked.go.try_run(chosen.get_untracked());
        }
    };
    // Endpoint 5 may replace the list of domains, so nothing is sent until the operator's present domains are known.
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if places.is_none_or(|places| untrack(|| places.is_over())) {
            go();
        } else {
            is_waiting.set(true);
        }
    };
    Effect::new(move || {
        if is_waiting.get() && places.is_none_or(Places::is_over) {
            is_waiting.set(false);
            // If a domain could not be read, the dialog says so and needs a second press.
            if !places.is_some_and(|places| untrack(|| places.has_failed())) {
                go();
            }
        }
    });
    view! {
        <form class="form" novalidate on:submit=submit>
            <p>{tf(Text::SwitchOnText, &[("name", &name)])}</p>
            <DomainChoice id="switch-on-search" chosen touched hint=tf(Text::SwitchOnHint, &[("name", &name)]) />
            {places.map(|places| view! { <PlacesProgress places after_stop=GO /> })}
            {move || places.filter(|places| places.has_failed()).map(|places| view! {
                <div class="actions">
                    <Button label=t(Text::TryAgain).to_owned() on_press=Callback::new(move |()| {
                        places.retry();
                        focus(GO);
                    }) />
                </div>
            })}
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button id=GO kind=ButtonKind::Primary submit=true busy=is_waiting label=t(Text::SwitchOn).to_owned() />
            </div>
        </form>
    }
}

/// The switch of one operator.
#[component]
pub fn LiveChatSwitch(
    /// The switch's name.
    #[prop(into)]
    label: Signal<String>,
    /// The operator's key, which may change to another operator's. `None` only briefly.
    #[prop(into)]
    email: Signal<Option<Email>>,
    /// The operator's name.
    #[prop(into)]
    name: Signal<String>,
    /// The value at the API.
    #[prop(into)]
    value: Signal<bool>,
    /// The number of answers that contained it.
    #[prop(into)]
    answers: Signal<u32>,
    /// Receives the value that the switch shows while that is not the API's.
    #[prop(optional)]
    requested: RwSignal<Option<bool>>,
    /// The question that asks for the domains.
    ask: AskDomains,
) -> impl IntoView {
    let domains = StoredValue::new(Vec::new());
    let write = set_live_chat(Remote::get(), email, domains);
    let before = Callback::new(move |(wanted, flip): (bool, Callback<bool>)| {
        domains.set_value(Vec::new());
        if wanted && any_known() {
            let asked = email.get_untracked();
            let go = Callback::new(move |chosen| {
                // Does nothing if the switch belongs to another operator by now.
                if email.get_untracked() == asked {
                    domains.set_value(chosen);
                    flip.run(true);
                }
            });
            if let Some(email) = email.get_untracked() {
                ask.ask(SwitchOnQuestion {
                    email,
                    name: name.get_untracked(),
                    go,
                });
            }
        } else {
            flip.run(wanted);
        }
    });
    view! { <Toggle label whose=email value answers write requested before /> }
}

fn set_live_chat(
    remote: Remote,
    email: Signal<Option<Email>>,
    domains: StoredValue<Vec<DomainName>>,
) -> Write {
    Arc::new(move |on| {
        let Some(email) = email.get_untracked() else {
            return Box::pin(async { WriteOutcome::NotDone(ApiError::Cancelled) });
        };
        let change = Change::SwitchOperator {
            email,
            on,
            domains: domains.get_value(),
        };
        Box::pin(submit(remote, change))
    })
}
