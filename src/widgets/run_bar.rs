//! The bar with the runs, above every page.

mod bar;
mod card;
pub mod rows;

pub use bar::RunBar;
pub use card::DRAWN_EVERY;
