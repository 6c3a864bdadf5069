//! The panel's start: what a crash shows, then the application on the page.

fn main() {
    switchboard::panic_screen::install();
    switchboard::browser::history::survive_refusals();
    switchboard::app::mount();
}
