//! The target of a verb: an element of the page, by role and name.

use std::collections::HashSet;
use std::fmt;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::WebElement;

use crate::browser::Browser;
use crate::driver::Driver;
use crate::wait;

/// The role of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// An error that is announced at once.
    Alert,
    /// A button.
    Button,
    /// A checkbox.
    Checkbox,
    /// A dialog.
    Dialog,
    /// Any labelled control that takes text or a choice.
    Field,
    /// A named group of controls.
    Group,
    /// A heading of any level.
    Heading,
    /// A link.
    Link,
    /// The main landmark.
    Main,
    /// A navigation landmark.
    Navigation,
    /// A named region of the page.
    Region,
    /// A switch that is off.
    SwitchOff,
    /// A switch that is on.
    SwitchOn,
    /// A tab.
    Tab,
    /// A table.
    Table,
    /// The level-1 heading: the page's name.
    Title,
    /// A bar of buttons.
    Toolbar,
}

impl Role {
    /// Returns the role's key in `target.js`.
    fn key(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Button => "button",
            Self::Checkbox => "checkbox",
            Self::Dialog => "dialog",
            Self::Field => "field",
            Self::Group => "group",
            Self::Heading => "heading",
            Self::Link => "link",
            Self::Main => "main",
            Self::Navigation => "navigation",
            Self::Region => "region",
            Self::SwitchOff => "switch that is off",
            Self::SwitchOn => "switch that is on",
            Self::Tab => "tab",
            Self::Table => "table",
            Self::Title => "title",
            Self::Toolbar => "toolbar",
        }
    }

    /// Returns the role as the browser computes it; `None` if this role stands for several.
    fn computed(self) -> Option<&'static str> {
        match self {
            Self::Field => None,
            Self::Title => Some("heading"),
            Self::SwitchOff | Self::SwitchOn => Some("switch"),
            _ => Some(self.key()),
        }
    }
}

/// An element of the page.
#[derive(Debug, Clone)]
pub struct Target {
    role: Role,
    name: String,
    within: Option<Box<Target>>,
}

impl Target {
    /// Restricts it to the inside of another element.
    #[must_use]
    pub fn within(self, outer: Target) -> Self {
        Self {
            within: Some(Box::new(outer)),
            ..self
        }
    }

    /// Finds the element: exactly one, whose role and name for assistive technology are the same.
    pub(crate) async fn find(&self, driver: &Driver) -> Result<WebElement> {
        let mut candidates = self
            .candidates(driver, "(seen) => seen.found.length === 1")
            .await?;
        match candidates.found.len() {
            0 => bail!("There is no {self}. There are: {:?}", candidates.names),
            1 => {}
            many => bail!("There are {many} times {self}."),
        }
        let element = candidates.found.remove(0);
        // Each server between panel and sandbox is another organisation.
        let asked = format!("{self} on {}", behind_organisation(&candidates.path));
        let is_known = asked_already().contains(&asked);
        if !is_known {
            self.ask_of(&element, driver)?;
            asked_already().insert(asked);
        }
        Ok(element)
    }

    /// Asserts the role and name that the browser computes for the element.
    fn ask_of(&self, element: &WebElement, driver: &Driver) -> Result<()> {
        if let Some(wanted) = self.role.computed() {
            let role = driver.role_of(element)?;
            ensure!(role == wanted, "The {self} has the role {role}.");
        }
        if !self.name.is_empty() && self.role != Role::Alert {
            let name = driver.name_of(element)?;
            ensure!(
                name == self.name || names_a_chooser(driver.browser(), &name, &self.name),
                "Assistive technology knows the {self} as {name:?}."
            );
        }
        Ok(())
    }

    /// Returns how many are left at the timeout.
    pub(crate) async fn count_left(&self, driver: &Driver) -> Result<usize> {
        let left = self.candidates(driver, "(seen) => seen.found.length === 0");
        Ok(left.await?.found.len())
    }

    /// Returns the candidates once they fit, or at the timeout of one poll.
    async fn candidates(&self, driver: &Driver, fits: &str) -> Result<Candidates> {
        let within = match &self.within {
            Some(outer) => Box::pin(outer.find(driver)).await?.to_json()?,
            None => Value::Null,
        };
        let arguments = vec![json!(self.role.key()), json!(self.name), within];
        let seen = wait::look(driver, include_str!("target.js"), fits, arguments).await?;
        let Said { found, names, path } =
            serde_json::from_value(seen).context("The script that finds things is wrong.")?;
        let found: Result<Vec<_>, _> = found
            .into_iter()
            .map(|element| WebElement::from_json(element, driver.session.handle().clone()))
            .collect();
        Ok(Candidates {
            found: found?,
            names,
            path,
        })
    }
}

/// The answer of `target.js`.
#[derive(Deserialize)]
struct Said {
    found: Vec<Value>,
    names: Vec<String>,
    path: String,
}

/// The candidates for the target.
struct Candidates {
    found: Vec<WebElement>,
    /// The names of all elements of that role.
    names: Vec<String>,
    /// The page's path.
    path: String,
}

/// The elements whose computed role and name were checked already in this run. Computing them makes a browser build
/// the accessibility tree of the whole page, again after each change, which took a large part of the journeys' time.
fn asked_already() -> MutexGuard<'static, HashSet<String>> {
    static ASKED: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);
    ASKED.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.role.key())?;
        if !self.name.is_empty() {
            write!(out, " {:?}", self.name)?;
        }
        match &self.within {
            Some(outer) => write!(out, " in the {outer}"),
            None => Ok(()),
        }
    }
}

/// Returns whether this is the browser's name for a file input: its label and its button, and in Firefox the chosen
/// file.
fn names_a_chooser(browser: Browser, name: &str, label: &str) -> bool {
    let Some(rest) = name.strip_prefix(label) else {
        return false;
    };
    match browser {
        Browser::Chromium => false,
        Browser::Firefox => rest.starts_with(" Browse…"),
        Browser::WebKit => rest == " Choose File",
    }
}

fn target(role: Role, name: impl Into<String>) -> Target {
    Target {
        role,
        name: name.into(),
        within: None,
    }
}

/// The alert that contains these words.
#[must_use]
pub fn alert(words: impl Into<String>) -> Target {
    target(Role::Alert, words)
}

/// The button of this name.
#[must_use]
pub fn button(name: impl Into<String>) -> Target {
    target(Role::Button, name)
}

/// The checkbox of this name.
#[must_use]
pub fn checkbox(name: impl Into<String>) -> Target {
    target(Role::Checkbox, name)
}

/// The dialog of this name.
#[must_use]
pub fn dialog(name: impl Into<String>) -> Target {
    target(Role::Dialog, name)
}

/// The field with this label.
#[must_use]
pub fn field(name: impl Into<String>) -> Target {
    target(Role::Field, name)
}

/// The group of controls of this name.
#[must_use]
pub fn group(name: impl Into<String>) -> Target {
    target(Role::Group, name)
}

/// The heading of this name, of any level.
#[must_use]
pub fn heading(name: impl Into<String>) -> Target {
    target(Role::Heading, name)
}

/// The link of this name.
#[must_use]
pub fn link(name: impl Into<String>) -> Target {
    target(Role::Link, name)
}

/// The main landmark: everything on the page except the navigation.
#[must_use]
pub fn main_area() -> Target {
    target(Role::Main, "")
}

/// The navigation landmark of this name.
#[must_use]
pub fn navigation(name: impl Into<String>) -> Target {
    target(Role::Navigation, name)
}

/// The region of this name.
#[must_use]
pub fn region(name: impl Into<String>) -> Target {
    target(Role::Region, name)
}

/// The switch of this name, if it is off.
#[must_use]
pub fn switch_off(name: impl Into<String>) -> Target {
    target(Role::SwitchOff, name)
}

/// The switch of this name, if it is on.
#[must_use]
pub fn switch_on(name: impl Into<String>) -> Target {
    target(Role::SwitchOn, name)
}

/// The tab of this name, which shows one of several views.
#[must_use]
pub fn tab(name: impl Into<String>) -> Target {
    target(Role::Tab, name)
}

/// The table of this name.
#[must_use]
pub fn table(name: impl Into<String>) -> Target {
    target(Role::Table, name)
}

/// The page's level-1 heading of this name.
#[must_use]
pub fn title(name: impl Into<String>) -> Target {
    target(Role::Title, name)
}

/// The toolbar of this name.
#[must_use]
pub fn toolbar(name: impl Into<String>) -> Target {
    target(Role::Toolbar, name)
}

/// Returns the address after the first segment if that names an organisation: no page has a dot or a colon in its
/// name.
pub(crate) fn behind_organisation(address: &str) -> &str {
    let path = address.split('?').next().unwrap_or_default();
    let end = path
        .get(1..)
        .and_then(|path| path.find('/'))
        .map(|at| at + 1);
    match end {
        Some(end) if path[..end].contains(['.', ':']) => &address[end..],
        _ => address,
    }
}
