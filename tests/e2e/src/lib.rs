//! What a journey through the panel needs: a sandbox of its own, a browser as if nobody had used it, and verbs that find things as people
//! do, by role and name.
//!
//! A journey is an ordinary test: `journey(async |it| { … })`. It gets a sandbox that serves the built panel, and a page in a browser;
//! it fails on its own account, or when the browser's console holds an error that it did not announce. A failure leaves a picture,
//! the page's source, the console and the story so far among the artifacts.
//!
//! Nothing here knows a page of the panel: that is for the journeys themselves.

mod accessibility;
mod alone;
mod browser;
mod clipboard;
mod console;
mod driver;
mod eventually;
mod fake;
mod faults;
mod files;
mod gate;
mod glimpse;
mod hold;
mod http;
mod journey;
#[doc(hidden)]
pub mod keeper;
mod keyboard;
mod killed;
mod page;
mod pool;
mod process;
mod relay;
mod reset;
mod sandbox;
mod screen;
mod settings;
mod storage;
mod tabs;
mod target;
mod watch;

pub use accessibility::{Rules, Violations};
pub use browser::Browser;
pub use eventually::eventually;
pub use fake::{Answer, FakeApi, closed_port};
pub use files::Download;
pub use glimpse::Glimpse;
pub use hold::Hold;
pub use http::{Request, Response};
pub use journey::{Journey, journey};
pub use keyboard::Key;
pub use killed::Profile;
pub use page::Page;
pub use relay::{Meddling, Relay};
pub use sandbox::{Call, Sandbox};
pub use screen::{Scheme, Size};
pub use settings::Settings;
pub use target::{
    Role, Target, alert, button, checkbox, dialog, field, group, heading, link, main_area,
    navigation, region, switch_off, switch_on, tab, table, title, toolbar,
};
