//! The entry point of the panel: installs the panic screen, then mounts the application.

fn main() {
    switchboard::panic_screen::install();
    switchboard::browser::history::survive_refusals();
    switchboard::app::mount();
}
