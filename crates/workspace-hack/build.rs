//! Exists because Cargo considers build dependencies and their features only if there is a build script.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
