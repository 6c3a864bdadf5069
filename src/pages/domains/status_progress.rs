//! Shows how many of the known domains were read, while the list depends on all of them.

use leptos::prelude::*;
use switchboard_model::sweep::Phase;

use super::domain_query::DomainQuery;
use super::known_statuses::KnownStatuses;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tc, tf, tn};
use crate::ui::{Button, Notice, ProgressLine, Tone};
use crate::wording::values::some_names;

/// The maximum number of domains that are named.
const NAMED: usize = 10;

/// Shows the progress with a button to stop, then the unread domains with a button to resume. Shows nothing once every
/// domain was read.
#[component]
pub(super) fn StatusProgress(
    /// The statuses that were read so far.
    statuses: KnownStatuses,
    /// The query of the list.
    query: Memo<DomainQuery>,
) -> impl IntoView {
    let phase = Memo::new(move |_| {
        let needs = query.with(DomainQuery::needs_answers);
        needs.then(|| statuses.with_sweep(|sweep| sweep.phase()))
    });
    let announced = move || match phase.get() {
        Some(Phase::Running) => {
            let count = statuses.with_sweep(|sweep| sweep.total());
            tn(Text::CheckBegun, count)
        }
        Some(Phase::Complete) => {
            let count = statuses.with_sweep(|sweep| sweep.total());
            tn(Text::CheckComplete, count)
        }
        _ => String::new(),
    };
    let announced = Memo::new(move |_| announced());
    view! {
        {move || match phase.get() {
            Some(Phase::Running) => view! { <Reading statuses query /> }.into_any(),
            Some(Phase::Incomplete) => view! { <Unread statuses query /> }.into_any(),
            Some(Phase::Complete) | None => ().into_any(),
        }}
        <p class="visually-hidden" role="status">{announced}</p>
    }
}

#[component]
fn Reading(statuses: KnownStatuses, query: Memo<DomainQuery>) -> impl IntoView {
    let done = Memo::new(move |_| statuses.with_sweep(|sweep| (sweep.answered(), sweep.total())));
    let line = Signal::derive(move || {
        let (checked, known) = done.get();
        let text = if query.with(DomainQuery::filters_by_answers) {
            Text::DomainsCheckedFilter
        } else {
            Text::DomainsCheckedSort
        };
        tc(text, &[("checked", checked), ("known", known)], &[])
    });
    view! {
        <ProgressLine
            line done name=t(Text::CheckProgressName) stop=t(Text::StopChecking) stop_id="stop-reading-domains"
            on_stop=Callback::new(move |()| statuses.stop())
        />
    }
}

#[component]
fn Unread(statuses: KnownStatuses, query: Memo<DomainQuery>) -> impl IntoView {
    let unread = Memo::new(move |_| {
        statuses.with_sweep(|sweep| {
            let names = sweep.unanswered().map(|(name, _)| readable(name));
            names.collect::<Vec<_>>()
        })
    });
    let place = move || {
        t(if query.with(DomainQuery::filters_by_answers) {
            Text::DomainsUncheckedFilter
        } else {
            Text::DomainsUncheckedSort
        })
    };
    move || {
        unread.with(|unread| {
            let title = tn(Text::CheckIncomplete, unread.len());
            let names = tf(
                Text::CheckNotAsked,
                &[("names", &some_names(unread, NAMED))],
            );
            view! {
                <Notice tone=Tone::Warn title>
                    <p>{names}" "{place}</p>
                    <div class="actions"><Button label=t(Text::CheckRest).to_owned() on_press=Callback::new(move |()| statuses.resume()) /></div>
                </Notice>
            }
        })
    }
}
