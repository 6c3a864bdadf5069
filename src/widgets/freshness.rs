//! The age of the data on a page: shown beside the page's name with a button to refresh it, and kept low
//! automatically.

use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use crate::browser::clock;
use crate::browser::network::{Network, is_offline};
use crate::i18n::{Text, t, tn};
use crate::preferences::DevicePreferences;
use crate::remote::Remote;
use crate::route::Route;
use crate::ui::{Icon, IconName, PageNote};

/// The age from which data is fetched again when the window gains focus, and presence while the page is visible, in
/// milliseconds.
const OLD: u64 = 30_000;

/// How often the age is checked.
const TICK: Duration = Duration::from_secs(5);

/// Refreshes old data when the window gains focus, and presence every 30 seconds, while the calling component lives.
/// Returns the note that [`PageHeading`](crate::ui::PageHeading) shows on pages with data.
pub fn keep_fresh(route: Memo<Route>) -> PageNote {
    let (remote, preferences) = (Remote::get(), DevicePreferences::get());
    let network = Network::get();
    let ticks = RwSignal::new(0_u32);
    let refresh_old = move || {
        if can_fetch(remote) {
            remote.refresh_old(OLD);
            network.try_again();
        }
        ticks.update(|ticks| *ticks = ticks.wrapping_add(1));
    };
    let focused = window_event_listener(ev::focus, move |_| refresh_old());
    let shown = window_event_listener(ev::visibilitychange, move |_| refresh_old());
    let tick = move || {
        ticks.update(|ticks| *ticks = ticks.wrapping_add(1));
        if untrack(|| preferences.refreshes_presence()) && can_fetch(remote) {
            remote.refresh_presence(OLD);
        }
    };
    let timer = set_interval_with_handle(tick, TICK).ok();
    on_cleanup(move || {
        focused.remove();
        shown.remove();
        if let Some(timer) = timer {
            timer.clear();
        }
    });
    PageNote(Arc::new(move || {
        let has_data = Memo::new(move |_| route.with(has_data));
        view! { {move || has_data.get().then(|| view! { <Freshness remote ticks /> })} }.into_any()
    }))
}

/// Returns whether a call makes sense now: in a visible page, with a network and with a token that the API accepts.
fn can_fetch(remote: Remote) -> bool {
    !document().hidden() && !is_offline() && !untrack(|| remote.auth().asked().get())
}

fn has_data(route: &Route) -> bool {
    matches!(
        route,
        Route::Organisation
            | Route::Operators
            | Route::Operator(_)
            | Route::Domains
            | Route::Domain(_)
    )
}

#[component]
fn Freshness(
    remote: Remote,
    /// Changes as time passes.
    ticks: RwSignal<u32>,
) -> impl IntoView {
    let failed = Memo::new(move |_| remote.is_failing());
    let age = Memo::new(move |_| {
        ticks.track();
        let (loaded, failed) = (remote.loaded_at(), failed.get());
        loaded.map_or_else(String::new, |at| age_in_words(clock::now(), at, failed))
    });
    let busy = Memo::new(move |_| remote.is_refreshing());
    let press = move |_| {
        if !busy.get_untracked() {
            remote.refresh();
        }
    };
    view! {
        <p class="freshness" data-failed=move || failed.get().then_some("true") data-empty=move || age.with(String::is_empty).then_some("true")>
            <span>{age}</span>
            <span class="visually-hidden" role="status">{move || failed.get().then(|| t(Text::RefreshFailed))}</span>
            <button
                type="button" class="icon-button" aria-label=t(Text::Refresh) title=t(Text::Refresh)
                aria-busy=move || busy.get().then_some("true") on:click=press
            >
                <Icon name=IconName::Refresh />
            </button>
        </p>
    }
}

/// Returns the age of data loaded `at`, both in milliseconds since 1970, and whether a refresh has failed since. A time
/// in the future counts as new, because the clock was set back.
fn age_in_words(now: u64, at: u64, failed: bool) -> String {
    let minutes = usize::try_from(now.saturating_sub(at) / 60_000).unwrap_or(usize::MAX);
    match (minutes, failed) {
        (0, false) => t(Text::UpdatedNow).to_owned(),
        (0, true) => t(Text::RefreshFailed).to_owned(),
        (1..60, false) => tn(Text::UpdatedMinutes, minutes),
        (1..60, true) => tn(Text::NotUpdatedMinutes, minutes),
        (_, false) => tn(Text::UpdatedHours, minutes / 60),
        (_, true) => tn(Text::NotUpdatedHours, minutes / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_is_shown_in_minutes_then_hours() {
        let minute = 60_000;
        for (age, expected) in [
            (0, "Updated just now"),
            (minute - 1, "Updated just now"),
            (minute, "Updated 1 min ago"),
            (59 * minute, "Updated 59 min ago"),
            (60 * minute, "Updated 1 hour ago"),
            (180 * minute, "Updated 3 hours ago"),
        ] {
            assert_eq!(
                age_in_words(1_000_000_000_000 + age, 1_000_000_000_000, false),
                expected
            );
        }
        assert_eq!(age_in_words(5, 1_000, false), "Updated just now");
        let failed = [0, 2, 180].map(|minutes| age_in_words(minutes * minute, 0, true));
        assert_eq!(
            failed,
            [
                "Refresh failed",
                "Not updated for 2 min",
                "Not updated for 3 hours"
            ]
        );
    }
}
