//! Explains what a rename means for the website, before it is sent.

use leptos::prelude::*;
use switchboard_model::embed::names_domain;
use switchboard_model::workspace::{HeldCode, PendingRename};

use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::workspace::KnownDomains;

/// The consequences of a rename, in a dialog that asks about it.
#[component]
pub fn RenameConsequences(
    /// The rename.
    rename: PendingRename,
) -> impl IntoView {
    let [from, to] = [&rename.from, &rename.to].map(readable);
    let names = [("from", from.as_str()), ("to", to.as_str())];
    let code_of = |name| KnownDomains::get().find_now(name)?.held;
    let held = code_of(&rename.from);
    let replaced = replaces_another(held.as_ref(), code_of(&rename.to).as_ref())
        .then(|| view! { <li>{tf(Text::RenameReplaces, &names)}</li> });
    let held = held.map(|held| {
        let text = if names_domain(&held.code, &rename.from) {
            Text::RenameHeld
        } else {
            Text::RenameHeldOpaque
        };
        view! { <li>{tf(text, &names)}</li> }
    });
    view! {
        <p>{tf(Text::RenameConsequences, &names)}</p>
        <ul class="consequences">
            <li>{tf(Text::RenameWebsite, &names)}</li>
            {held}
            {replaced}
            <li>{t(Text::RenameNoNewCode)}</li>
        </ul>
    }
}

/// Returns whether the code that moves to the new name replaces another one there.
fn replaces_another(moves: Option<&HeldCode>, there: Option<&HeldCode>) -> bool {
    moves
        .zip(there)
        .is_some_and(|(moves, there)| moves.code != there.code)
}

#[cfg(test)]
mod tests {
    use switchboard_api::EmbedCode;
    use switchboard_model::workspace::CodeOrigin;

    use super::*;

    #[test]
    fn only_another_code_of_the_new_name_is_replaced() {
        let held = |link: &str, received_at| HeldCode {
            code: EmbedCode {
                link: link.to_owned(),
                socket_link: String::new(),
            },
            origin: CodeOrigin::Added,
            received_at,
        };
        let (one, same, other) = (held("one", 1), held("one", 2), held("other", 1));
        assert!(replaces_another(Some(&one), Some(&other)));
        assert!(!replaces_another(Some(&one), Some(&same)));
        assert!(!replaces_another(Some(&one), None));
        assert!(!replaces_another(None, Some(&other)));
    }
}
