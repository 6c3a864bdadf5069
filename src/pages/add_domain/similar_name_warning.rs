//! Warns about the domain that is being typed: it is in the list already, or looks like one that is. Never blocks the form.

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::lookalike::{Likeness, resembles};

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{Notice, Tone};
use crate::wording::input;
use crate::workspace::KnownDomains;

/// Shows the warning beside the field, if there is one.
#[component]
pub(super) fn SimilarNameWarning(
    /// The domain as it is typed.
    typed: RwSignal<String>,
    /// Whether exactly this was sent. The warning then stays as it was: the domain is in the list once it is added.
    #[prop(into)]
    is_sent: Signal<bool>,
) -> impl IntoView {
    let known = KnownDomains::get();
    let names = Memo::new(move |_| known.names());
    let found = Memo::new(move |last: Option<&(String, Option<_>)>| {
        let typed = typed.get();
        if let Some(last) = last.filter(|(text, _)| is_sent.get() && *text == typed) {
            return last.clone();
        }
        let name = input::domain(&typed).ok().map(|input| input.name);
        let found = name.and_then(|name| names.with(|names| similar_name(name, names)));
        (typed, found)
    });
    move || {
        let (name, likeness) = found.get().1?;
        let domain = readable(&name);
        let values = [("domain", domain.as_str())];
        let (title, text) = match likeness {
            None => (Text::DomainKnownAlready, None),
            Some(likeness) => (Text::DomainAlike, Some(t(difference(likeness)))),
        };
        let (title, open) = (tf(title, &values), tf(Text::DomainOpen, &values));
        let href = Route::Domain(name.clone()).href();
        Some(
            view! { <Notice tone=Tone::Warn title><p>{text}" "<a href=href>{open}</a></p></Notice> },
        )
    }
}

/// Returns the known domain with this name, or else the one that it resembles most and how they differ.
fn similar_name(name: DomainName, known: &[DomainName]) -> Option<(DomainName, Option<Likeness>)> {
    if known.contains(&name) {
        return Some((name, None));
    }
    let alike = resembles(&name, known)?;
    Some((alike.known, Some(alike.likeness)))
}

fn difference(likeness: Likeness) -> Text {
    match likeness {
        Likeness::Hyphens => Text::AlikeHyphens,
        Likeness::Homoglyphs => Text::AlikeHomoglyphs,
        Likeness::Swapped => Text::AlikeSwapped,
        Likeness::Ending => Text::AlikeEnding,
        Likeness::OneCharacter => Text::AlikeOneCharacter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_and_similar_names_are_distinguished() {
        let name = |text: &str| -> DomainName { text.parse().expect("a domain name of the test") };
        let known = [name("shop.acme.example"), name("news.acme.example")];
        assert_eq!(
            similar_name(name("news.acme.example"), &known),
            Some((name("news.acme.example"), None))
        );
        assert_eq!(
            similar_name(name("sh0p.acme.example"), &known),
            Some((name("shop.acme.example"), Some(Likeness::Homoglyphs)))
        );
        assert_eq!(similar_name(name("blog.other.example"), &known), None);
    }
}
