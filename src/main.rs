//! The panel's start: what a crash shows, then the application on the page.

fn main() {
    switchboard::panic_screen::install();
    switchboard::app::mount();
}
