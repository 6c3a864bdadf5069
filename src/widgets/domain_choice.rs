//! Lets the user select some of the known domains, to assign operators or to switch an operator on.

use leptos::prelude::*;
use switchboard_api::DomainName;

use crate::i18n::{Text, t, tn};
use crate::ui::{TextField, Tick};
use crate::workspace::KnownDomains;

/// The number of domains from which a search field appears.
const MANY: usize = 8;

/// The maximum number of domains shown at once; a search finds the others.
const SHOWN: usize = 50;

/// Returns whether this browser knows any domain, untracked.
pub fn any_known() -> bool {
    untrack(|| KnownDomains::get().with_domains(|domains| !domains.is_empty()))
}

/// The group "Domains": a checkbox for each known domain. Renders nothing if none is known.
#[component]
pub fn DomainChoice(
    /// The search field's id: unique on the page.
    id: &'static str,
    /// The selected domains, in the order of their selection.
    chosen: RwSignal<Vec<DomainName>>,
    /// Receives each domain that the user selects or deselects.
    #[prop(optional)]
    touched: Option<StoredValue<Vec<DomainName>>>,
    /// What selecting a domain does.
    #[prop(into)]
    hint: String,
) -> impl IntoView {
    let known = KnownDomains::get();
    let sought = RwSignal::new(String::new());
    let names = Memo::new(move |_| known.names());
    let any = Memo::new(move |_| names.with(|names| !names.is_empty()));
    let many = Memo::new(move |_| names.with(Vec::len) >= MANY);
    let found =
        Memo::new(move |_| names.with(|names| sought.with(|sought| matching(names, sought))));
    let shown = move || found.with(|found| found.iter().take(SHOWN).cloned().collect::<Vec<_>>());
    let note = move || {
        let (found, chosen) = (found.with(Vec::len), chosen.with(Vec::len));
        if found == 0 {
            t(Text::DomainsNoMatch).to_owned()
        } else if found > SHOWN {
            tn(Text::DomainsMore, found - SHOWN)
        } else if many.get() && chosen > 0 {
            tn(Text::DomainsChosen, chosen)
        } else {
            String::new()
        }
    };
    let hint = StoredValue::new(hint);
    move || {
        any.get().then(|| view! {
            <fieldset class="group">
                <legend>{t(Text::OperatorDomains)}</legend>
                <p class="hint">{hint.get_value()}</p>
                {move || many.get().then(|| view! { <TextField id label=t(Text::SearchDomains) value=sought keyboard="search" /> })}
                <div class="ticks">
                    <For each=shown key=Clone::clone let:name>
                        <DomainOption name chosen touched />
                    </For>
                </div>
                <p class="hint" role="status">{note}</p>
            </fieldset>
        })
    }
}

#[component]
fn DomainOption(
    name: DomainName,
    chosen: RwSignal<Vec<DomainName>>,
    touched: Option<StoredValue<Vec<DomainName>>>,
) -> impl IntoView {
    let (ticked, flipped) = (name.clone(), name.clone());
    let checked = Memo::new(move |_| chosen.with(|chosen| chosen.contains(&ticked)));
    let flip = move |on: bool| {
        if let Some(touched) = touched {
            touched.update_value(|touched| touched.push(flipped.clone()));
        }
        chosen.update(|chosen| {
            chosen.retain(|one| *one != flipped);
            if on {
                chosen.push(flipped.clone());
            }
        });
    };
    view! { <Tick label=name.to_string() checked on_flip=flip /> }
}

/// Returns the domains whose name contains the search text.
fn matching(names: &[DomainName], sought: &str) -> Vec<DomainName> {
    let sought = sought.trim().to_lowercase();
    let found = names.iter().filter(|name| name.as_str().contains(&sought));
    found.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_matches_substrings_in_any_letter_case() {
        let names: Vec<DomainName> = ["shop.acme.example", "news.acme.example"]
            .map(|name| name.parse().expect("a domain of the test"))
            .into();
        assert_eq!(matching(&names, " SHOP "), names[..1]);
        assert_eq!(matching(&names, ""), names);
        assert_eq!(matching(&names, "nowhere"), []);
    }
}
