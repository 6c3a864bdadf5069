//! What is said of values, failures and changes. Texts only: nothing here draws or calls.

pub mod change_text;
pub mod explain;
pub mod input;
pub mod local_text;
pub mod old_value;
pub mod runs;
pub mod store;
pub mod values;
