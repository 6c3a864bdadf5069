//! The environment of the measurements: the three applications, each served by its own sandbox, and browsers with
//! fresh profiles.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use switchboard_e2e::{Browser, Page, Sandbox, Settings, Size, button, checkbox, field, title};

use crate::Options;

/// An application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum App {
    /// The panel.
    Panel,
    /// The smallest Leptos application of its kind.
    Floor,
    /// The hand-written list of operators.
    Vanilla,
}

impl App {
    /// Returns the path of its list of operators.
    pub fn list(self) -> &'static str {
        match self {
            Self::Panel | Self::Floor => "/operators",
            Self::Vanilla => "/",
        }
    }
}

/// The options of the measurements.
#[derive(Debug)]
pub struct Stage {
    settings: Settings,
    floor: Option<PathBuf>,
    vanilla: PathBuf,
    /// The number of repeats.
    pub repeats: usize,
}

/// A served application, and what it stores in a browser that is connected to its sandbox.
#[derive(Debug)]
pub struct Served {
    /// The application.
    pub app: App,
    /// Its server.
    pub sandbox: Sandbox,
    /// The keys and values of `localStorage`, as an object.
    pub memory: Value,
}

impl Stage {
    /// Creates it from the options.
    pub fn new(options: &Options) -> Self {
        Self {
            settings: Settings {
                sandbox: options.sandbox.clone(),
                dist: options.panel.clone(),
                browser: Browser::Chromium,
                program: options.chromium.clone(),
                driver: options.chromedriver.clone(),
                // Neither is needed, because nothing is judged here.
                axe: PathBuf::new(),
                artifacts: PathBuf::new(),
            },
            floor: options.floor.clone(),
            vanilla: options.vanilla.clone(),
            repeats: options.repeats,
        }
    }

    /// Serves an application from its own sandbox, with the demo organisation and as many more operators as make it
    /// `operators`.
    pub async fn serve(&self, app: App, operators: usize) -> Result<Served> {
        let dist = match app {
            App::Panel => &self.settings.dist,
            App::Floor => self.floor.as_ref().context("--floor is missing.")?,
            App::Vanilla => &self.vanilla,
        };
        let settings = Settings {
            dist: dist.clone(),
            ..self.settings.clone()
        };
        let sandbox = Sandbox::start(&settings)?;
        let mut served = Served {
            app,
            sandbox,
            memory: Value::Null,
        };
        served.grow_to(operators)?;
        served.memory = match app {
            App::Panel => self.connected(&served).await?,
            App::Floor | App::Vanilla => json!({ "token": served.sandbox.token() }),
        };
        Ok(served)
    }

    /// Starts a browser with a fresh profile and empty storage, with the probe installed.
    pub async fn browser(&self, served: &Served) -> Result<Page> {
        let page = Page::in_a_new_browser(&self.settings, &served.sandbox.url()).await?;
        page.resize(Size::DESK).await?;
        let probe = json!({ "source": include_str!("probe.js") });
        page.cdp("Page.addScriptToEvaluateOnNewDocument", probe)
            .await?;
        Ok(page)
    }

    /// Does the same, and stores the connection. No file of the application has been loaded.
    pub async fn connected_browser(&self, served: &Served) -> Result<Page> {
        let page = self.browser(served).await?;
        served.remind(&page).await?;
        Ok(page)
    }

    /// Returns what the panel stores once a user has connected and saved the connection.
    async fn connected(&self, served: &Served) -> Result<Value> {
        let page = self.browser(served).await?;
        page.open("/connect").await?;
        page.fill(field("API base URL"), &served.sandbox.url())
            .await?;
        page.fill(field("API token"), served.sandbox.token())
            .await?;
        page.click(checkbox("Keep me connected on this device"))
            .await?;
        page.click(button("Connect")).await?;
        page.see_no(title("Connect")).await?;
        Ok(json!(page.local_storage().await?))
    }
}

impl Served {
    /// Adds operators up to this number.
    pub fn grow_to(&self, operators: usize) -> Result<()> {
        let there = self.operators()?;
        ensure!(there <= operators, "There are {there} operators already.");
        self.sandbox.seed(u32::try_from(operators - there)?, 0)
    }

    /// Returns the number of operators.
    pub fn operators(&self) -> Result<usize> {
        let path = "auth/addon/live_chat/operator/list";
        let answer = self.sandbox.ask("GET", path, &Value::Null)?;
        Ok(answer["message"]
            .as_array()
            .context("The list of operators is none.")?
            .len())
    }

    /// Stores the connection in a browser, on a page that is not the application's.
    pub async fn remind(&self, page: &Page) -> Result<()> {
        page.open("/sandbox").await?;
        let keep = "localStorage.clear(); sessionStorage.clear();
            for (const [key, value] of Object.entries(arguments[0])) localStorage.setItem(key, value)";
        page.script(keep, std::slice::from_ref(&self.memory))
            .await?;
        page.open("about:blank").await
    }
}
