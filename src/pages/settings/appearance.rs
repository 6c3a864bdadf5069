//! Theme, density, and whether presence refreshes automatically.

use leptos::prelude::*;
use switchboard_model::preferences::{Density, Theme};
use switchboard_model::workspace::StoreError;

use crate::i18n::{Text, t};
use crate::preferences::DevicePreferences;
use crate::ui::{Panel, Segments, Toasts};

/// The region "Appearance".
#[component]
pub(super) fn Appearance() -> impl IntoView {
    let (preferences, toasts) = (DevicePreferences::get(), Toasts::get());
    let theme = Memo::new(move |_| preferences.theme());
    let density = Memo::new(move |_| preferences.density());
    let refreshes = Memo::new(move |_| preferences.refreshes_presence());
    let tell = move |kept: Result<(), StoreError>| {
        if kept.is_err() {
            toasts.warn(t(Text::PreferenceNotKept));
        }
    };
    let themes = [
        (Theme::System, Text::ThemeSystem),
        (Theme::Light, Text::ThemeLight),
        (Theme::Dark, Text::ThemeDark),
    ];
    let densities = [
        (Density::Comfortable, Text::DensityComfortable),
        (Density::Compact, Text::DensityCompact),
    ];
    view! {
        <Panel title=t(Text::Appearance) id="appearance">
            <div class="rows">
                <Segments
                    id="theme" label=t(Text::Theme) hint=t(Text::ThemeHint) value=theme options=named(&themes)
                    on_choose=move |theme| tell(preferences.choose_theme(theme))
                />
                <Segments
                    id="density" label=t(Text::Density) hint=t(Text::DensityHint) value=density options=named(&densities)
                    on_choose=move |density| tell(preferences.choose_density(density))
                />
                <Segments
                    id="refresh-presence" label=t(Text::RefreshPresence) hint=t(Text::RefreshPresenceHint) value=refreshes
                    options=named(&[(true, Text::RefreshOn), (false, Text::RefreshOff)])
                    on_choose=move |on| tell(preferences.choose_refreshing(on))
                />
            </div>
        </Panel>
    }
}

fn named<T: Copy>(options: &[(T, Text)]) -> Vec<(T, String)> {
    options
        .iter()
        .map(|(option, name)| (*option, t(*name).to_owned()))
        .collect()
}
