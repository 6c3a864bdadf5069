//! What speaks against the domain that is being typed: it is known here already, or looks like one that is. Pointed out, never in the way.

use leptos::prelude::*;
use switchboard_api::DomainName;
use switchboard_model::lookalike::{Likeness, resembles};

use super::super::input;
use crate::i18n::{Text, t, tf};
use crate::route::Route;
use crate::ui::{Notice, Tone};
use crate::workspace::KnownDomains;

/// Says so beside the field; nothing while nothing speaks against it.
#[component]
pub(super) fn Doubt(
    /// What is typed for the domain.
    typed: RwSignal<String>,
) -> impl IntoView {
    let known = KnownDomains::get();
    let names = Memo::new(move |_| known.names());
    let found = Memo::new(move |_| {
        let name = typed.with(|typed| input::domain(typed)).ok()?.name;
        names.with(|names| doubt(name, names))
    });
    move || {
        let (name, likeness) = found.get()?;
        let values = [("domain", name.as_str())];
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

/// The known domain that a name is, or else the one that it looks like most, and in what they differ.
fn doubt(name: DomainName, known: &[DomainName]) -> Option<(DomainName, Option<Likeness>)> {
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
    fn the_same_name_is_said_to_be_known_and_a_similar_one_to_be_alike() {
        let name = |text: &str| -> DomainName { text.parse().expect("a domain name of the test") };
        let known = [name("shop.acme.example"), name("news.acme.example")];
        assert_eq!(
            doubt(name("news.acme.example"), &known),
            Some((name("news.acme.example"), None))
        );
        assert_eq!(
            doubt(name("sh0p.acme.example"), &known),
            Some((name("shop.acme.example"), Some(Likeness::Homoglyphs)))
        );
        assert_eq!(doubt(name("blog.other.example"), &known), None);
    }
}
