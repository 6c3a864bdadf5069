//! Keeps in the module what is needed to take it apart (the feature `split`).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let set = |name| std::env::var_os(name).is_some();
    let for_browsers = std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if set("CARGO_FEATURE_SPLIT") && for_browsers {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
