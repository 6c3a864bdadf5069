//! Supervises a browser's driver for the journeys, and ends with them.

use std::process::ExitCode;

fn main() -> ExitCode {
    switchboard_e2e::driver_supervisor::main()
}
