//! A person: an avatar, the name and the address.

use leptos::prelude::*;

use super::ltr::Ltr;

/// How many tints there are in the style sheet (`.avatar[data-tint]`).
const TINTS: u32 = 6;

/// A person in a row: the initials, the name, and the address, which distinguishes people of the same name. Both are
/// isolated for bidirectional text, because they may be in any script.
#[component]
pub fn Person(
    /// One or two characters.
    #[prop(into)]
    initials: Signal<String>,
    /// The name. If it is empty, the address replaces it.
    #[prop(into)]
    name: Signal<String>,
    /// The e-mail address.
    #[prop(into)]
    email: Signal<String>,
    /// The link of the name, if it has one.
    #[prop(optional, into)]
    href: Option<Signal<String>>,
    /// The content beside the name, e.g. a badge.
    #[prop(optional, into)]
    note: Option<ViewFn>,
) -> impl IntoView {
    let shown = move || {
        let name = name.get();
        if name.is_empty() { email.get() } else { name }
    };
    let name = match href {
        Some(href) => {
            let href = move || href.get();
            view! { <a class="row-link" href=href><bdi>{shown}</bdi></a> }.into_any()
        }
        None => view! { <bdi>{shown}</bdi> }.into_any(),
    };
    view! {
        <div class="person">
            <Avatar initials key=email />
            <div>
                <span class="person-name">{name}{note.map(|note| note.run())}</span>
                <span class="person-email"><Ltr text=email /></span>
            </div>
        </div>
    }
}

/// A person's initials on a tint that is always the same for the same key. Decorative: the name is beside it.
#[component]
fn Avatar(
    /// One or two characters.
    initials: Signal<String>,
    /// The key, e.g. the e-mail address.
    key: Signal<String>,
) -> impl IntoView {
    let tint = move || key.with(|key| tint(key).to_string());
    view! { <span class="avatar" aria-hidden="true" data-tint=tint>{move || initials.get()}</span> }
}

fn tint(key: &str) -> u32 {
    key.bytes().fold(17_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    }) % TINTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tint_is_stable_and_in_range() {
        for key in ["", "ada@acme.example", "優子"] {
            assert_eq!(tint(key), tint(key));
            assert!(tint(key) < TINTS);
        }
    }
}
