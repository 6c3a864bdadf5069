//! Wrappers of the browser's APIs other than the DOM and `fetch`. Storage, databases and files; the clock, timeouts,
//! time slices and throttling; addresses and history; locks and messages between tabs; visibility and page unload;
//! double presses;
//! streamed bodies and the network state.

pub mod address_bar;
pub mod body;
pub mod channel;
pub mod clock;
pub mod database;
pub mod double_press;
pub mod files;
pub mod fold;
pub mod history;
pub mod idna;
pub mod key_repeat;
pub mod lock;
pub mod network;
pub mod page_unload;
pub mod pointer;
pub mod storage;
pub mod throttle;
pub mod time_slice;
pub mod timeout;
pub mod visibility;
