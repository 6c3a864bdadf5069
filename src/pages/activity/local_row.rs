//! Shows a change to the workspace of this browser in the list of changes. The change sent no call, and cannot be undone from
//! the list.

use leptos::prelude::*;
use switchboard_model::journal::LocalEntry;

use crate::browser::clock;
use crate::i18n::{Text, locale, t};
use crate::ui::{Badge, Tone};
use crate::wording::local_text::{LocalWords, local_words};

/// Shows the row of one entry.
#[component]
pub(super) fn LocalRow(
    /// The entry.
    entry: LocalEntry,
) -> impl IntoView {
    let LocalWords {
        title,
        detail,
        about,
        before,
    } = local_words(&entry.local);
    let detail = detail.map(|detail| view! { <p class="hint">{detail}</p> });
    let lines = about
        .into_iter()
        .map(|line| view! { <bdi class="line">{line}</bdi> });
    view! {
        <tr>
            <td data-label=t(Text::Time) class="numeric"><time datetime=clock::iso(entry.at)>{clock::date_and_time(entry.at, locale())}</time></td>
            <th scope="row"><div><bdi class="row-title">{title}</bdi>{detail}</div></th>
            <td data-label=t(Text::ChangeAbout)><span class="lines">{lines.collect_view()}</span></td>
            <td data-label=t(Text::ChangeBefore)>{before}</td>
            <td data-label=t(Text::Outcome)><Badge tone=Tone::Neutral text=t(Text::LocalOnly) /></td>
            <td class="row-actions"></td>
        </tr>
    }
}
