//! Asks above the rows whether to import new addresses without an ending such as `.com`.

use leptos::prelude::*;
use switchboard_model::csv::Accepted;

use crate::i18n::{Text, t, tn};
use crate::ui::{Notice, Tick, Tone};

/// Shows the warning about addresses without an ending, or nothing if there are none.
#[component]
pub(super) fn Addresses(
    /// Which questionable rows are imported.
    accepted: RwSignal<Accepted>,
    /// The number of rows with such an address.
    count: Memo<usize>,
) -> impl IntoView {
    let checked = Memo::new(move |_| accepted.with(|accepted| accepted.addresses));
    let label = Signal::derive(move || tn(Text::ImportNoEnding, count.get()));
    let some = Memo::new(move |_| count.get() > 0);
    move || {
        some.get().then(|| {
            let flip = move |on| accepted.update(|accepted| accepted.addresses = on);
            view! {
                <Notice tone=Tone::Warn title=Signal::derive(move || tn(Text::RowsNoEnding, count.get()))><p>{t(Text::NoEndingText)}</p></Notice>
                <Tick label checked on_flip=flip />
            }
        })
    }
}
