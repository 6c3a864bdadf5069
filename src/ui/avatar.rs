//! A round sign for a person.

use leptos::prelude::*;

/// How many tints there are in the style sheet (`.avatar[data-tint]`).
const TINTS: u32 = 6;

/// The initials of a person on a tint that is always the same for the same key. Decoration: the name stands beside it.
#[component]
pub fn Avatar(
    /// One or two characters.
    #[prop(into)]
    initials: String,
    /// What tells people apart, e.g. the e-mail address.
    #[prop(into)]
    key: String,
) -> impl IntoView {
    view! { <span class="avatar" aria-hidden="true" data-tint=tint(&key).to_string()>{initials}</span> }
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
