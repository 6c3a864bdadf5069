//! Icons, drawn inline: 16 by 16 units, one stroke, in the colour of the text.

use leptos::prelude::*;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// A house with a flag: the organisation.
    Building,
    /// Two people.
    People,
    /// A globe: websites.
    Globe,
    /// Two overlapping sheets.
    Copy,
    /// A check mark.
    Check,
    /// A plus.
    Plus,
    /// A magnifying glass.
    Search,
    /// A triangle with an exclamation mark.
    Warning,
    /// A circle with an i.
    Info,
    /// An open eye.
    Eye,
    /// A crossed-out eye.
    EyeOff,
    /// A cross.
    Close,
    /// Angle brackets: code.
    Code,
    /// An arrow out of a door.
    Leave,
    /// Two arrows in a circle.
    Refresh,
    /// An arrow to the start of the line.
    Back,
    /// An arrow to the end of the line.
    Forward,
    /// A pulse: activity.
    Activity,
    /// A play sign in a box: the sandbox.
    Sandbox,
    /// Two sliders: settings.
    Sliders,
    /// An arrow down to a line.
    Download,
    /// An arrow up from a line.
    Upload,
    /// An envelope.
    Mail,
}

impl IconName {
    /// Whether it points along the line, and so the other way where lines run from right to left.
    fn is_pointing(self) -> bool {
        matches!(self, Self::Leave | Self::Back | Self::Forward)
    }

    fn path(self) -> &'static str {
        match self {
            Self::Building => {
                "M2.5 14V3.5a1 1 0 0 1 1-1h5a1 1 0 0 1 1 1V14m0-7.5h3a1 1 0 0 1 1 1V14M1.5 14h13M5 5.5h2M5 8h2m-2 2.5h2"
            }
            Self::People => {
                "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c0-2.200 2-3.5 4.5-3.5s4.5 1.300 4.5 3.5M10.5 2.700a2.5 2.5 0 0 1 0 4.600M12 10.300c1.5.5 2.5 1.600 2.5 3.200"
            }
            Self::Globe => {
                "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM1.5 8h13M8 1.5c2 2 2.800 4.200 2.800 6.5S10 12.5 8 14.5C6 12.5 5.200 10.300 5.200 8S6 3.5 8 1.5Z"
            }
            Self::Copy => "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
            Self::Check => "m3 8.5 3.5 3.5L13 4.5",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Search => "M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm3.600-1.400L14 14",
            Self::Warning => "M8 2 1.5 13.5h13L8 2Zm0 4.5v3.5m0 1.700v.1",
            Self::Info => "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM8 7.5V11m0-6.200v.1",
            Self::Eye => {
                "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
            }
            Self::EyeOff => {
                "M2 2l12 12M6.5 3.700A6 6 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a12 12 0 0 1-1.900 2.400M4.300 4.800A11 11 0 0 0 1.5 8S4 12.5 8 12.5c1.200 0 2.300-.4 3.200-1M6.600 6.600a2 2 0 0 0 2.800 2.800"
            }
            Self::Close => "m4 4 8 8m0-8-8 8",
            Self::Code => "m5 4.5-3.5 3.5L5 11.5m6-7 3.5 3.5-3.5 3.5M9.200 3 6.800 13",
            Self::Leave => "M6.5 14h-3a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1h3m4 9 3-3-3-3m3 3h-7.5",
            Self::Refresh => {
                "M13.5 3v3.5H10M2.5 13V9.5H6M12.900 6.5A5.300 5.300 0 0 0 3.600 5M3.100 9.5a5.300 5.300 0 0 0 9.300 1.5"
            }
            Self::Back => "M9.5 3.5 5 8l4.5 4.5",
            Self::Forward => "M6.5 3.5 11 8l-4.500 4.5",
            Self::Activity => "M1.5 8.5h3l2-6 3.500 11 2-5h2.500",
            Self::Sandbox => "M2.5 2.5h11v11h-11zM6.5 5.5 10.5 8l-4 2.5z",
            Self::Sliders => {
                "M2 4.5h7m4 0h1M11 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM2 11.5h1m4 0h7M5 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z"
            }
            Self::Download => "M8 2.5V10m0 0 3-3m-3 3L5 7m-2.5 6.5h11",
            Self::Upload => "M8 10V2.5m0 0 3 3m-3-3-3 3m-2.5 8h11",
            Self::Mail => "M2 3.5h12v9H2zM2.500 4 8 8.5 13.500 4",
        }
    }
}

/// An icon. It is decorative: the text or the label near it has the meaning.
#[component]
pub fn Icon(
    /// The icon's name.
    name: IconName,
) -> impl IntoView {
    let class = if name.is_pointing() {
        "icon pointing"
    } else {
        "icon"
    };
    view! {
        <svg class=class viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=name.path()></path>
        </svg>
    }
}
