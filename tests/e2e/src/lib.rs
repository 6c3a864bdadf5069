//! The harness of the journeys: for each a sandbox and a clean browser, with verbs that find elements as users do, by
//! role and name.
//!
//! A journey is an ordinary test: `journey(async |it| { … })`. It gets a sandbox that serves the built panel, and a
//! page in a browser. It fails by its own assertions, or if the browser's console contains an error that it did not
//! announce. A failure saves a screenshot, the page's source, the console and the steps so far as artifacts.
//!
//! Nothing here knows a page of the panel: that is for the journeys themselves.

mod accessibility;
mod alone;
mod browser;
mod clipboard;
mod console;
mod console_log;
mod driver;
#[doc(hidden)]
pub mod driver_supervisor;
mod engines;
mod eventually;
mod fake;
mod faults;
mod files;
mod hold;
mod http;
mod integrity;
mod journey;
mod keyboard;
mod killed;
mod page;
mod pool;
mod ports;
mod process;
mod proxy;
mod reset;
mod sandbox;
mod scratch;
mod screen;
mod semaphore;
mod settings;
mod snapshot;
mod storage;
mod tabs;
mod target;
mod wait;
mod watch;

pub use accessibility::{Rules, Violations};
pub use browser::Browser;
pub use engines::is_full;
pub use eventually::eventually;
pub use fake::{Answer, FakeApi, closed_port};
pub use files::Download;
pub use hold::Hold;
pub use http::{Request, Response};
pub use integrity::integrity;
pub use journey::{Journey, cold_journey, journey, journeys_in_turn, leave_to_other_engines};
pub use keyboard::Key;
pub use killed::Profile;
pub use page::Page;
pub use proxy::{Interception, Proxy};
pub use sandbox::{Call, Sandbox};
pub use screen::{Scheme, Size};
pub use settings::Settings;
pub use target::{
    Role, Target, alert, button, checkbox, dialog, field, group, heading, link, main_area,
    navigation, region, switch_off, switch_on, tab, table, title, toolbar,
};
