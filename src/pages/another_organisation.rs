//! The page for an address that names another organisation than the one this tab is connected to. A tab never changes
//! its organisation by itself.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use switchboard_api::BaseUrl;

use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::route::Route;
use crate::session::Session;
use crate::ui::{Button, ButtonKind, EmptyState, IconName, LinkButton, PageHeading};
use crate::wording::values::short_base_url;

/// Says which organisation this tab is connected to, and offers to switch.
#[component]
pub fn AnotherOrganisationPage(
    /// The organisation that the address names.
    organisation: BaseUrl,
    /// The address of "Connect" that continues to this address afterwards.
    connect: String,
) -> impl IntoView {
    let (session, remote, navigate) = (Session::get(), Remote::get(), use_navigate());
    let base_url = remote.connection().base_url;
    let mine = called(&session.organisation(), &base_url);
    let other = called(&session.saved_name(&organisation), &organisation);
    let values = [("mine", mine.as_str()), ("other", other.as_str())];
    let [title, text, switch, stay] = [
        Text::AnotherTitle,
        Text::AnotherText,
        Text::AnotherSwitch,
        Text::AnotherStay,
    ]
    .map(|text| tf(text, &values));
    let pressed = RwSignal::new(false);
    let busy = Signal::derive(move || pressed.get() && session.is_joining());
    Effect::new(move || {
        let has_answer = !session.is_joining();
        // Connected by now: the requested page has replaced this one.
        let is_here = session
            .connection_now()
            .is_some_and(|now| now.base_url == base_url);
        if has_answer && is_here && pressed.try_get() == Some(true) {
            navigate(&connect, NavigateOptions::default());
        }
    });
    let on_switch = Callback::new(move |()| {
        if !session.switch_to(&organisation) {
            pressed.set(true);
        }
    });
    view! {
        <PageHeading title=t(Text::AnotherHeading).to_owned() />
        <EmptyState icon=IconName::Building title text>
            <Button kind=ButtonKind::Primary label=switch busy on_press=on_switch />
            <LinkButton label=stay href=Route::Organisation.href() />
        </EmptyState>
    }
}

/// Returns an organisation's name with its address, which distinguishes two of the same name.
fn called(name: &str, base_url: &BaseUrl) -> String {
    let address = short_base_url(base_url);
    match name.trim() {
        "" => address.to_owned(),
        name => tf(
            Text::OrganisationAt,
            &[("name", name), ("address", address)],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisation_is_shown_by_name_and_address() {
        let base_url: BaseUrl = "https://acme.example/chat/".parse().expect("a base URL");
        assert_eq!(called(" Acme ", &base_url), "Acme (acme.example/chat)");
        assert_eq!(called("", &base_url), "acme.example/chat");
    }
}
