//! Where it is measured: the three applications, each served by a sandbox of its own, and browsers that nobody has used.

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
    /// The list of operators by hand.
    Vanilla,
}

impl App {
    /// The path of its list of operators.
    pub fn list(self) -> &'static str {
        match self {
            Self::Panel | Self::Floor => "/operators",
            Self::Vanilla => "/",
        }
    }
}

/// What is measured and how often.
#[derive(Debug)]
pub struct Stage {
    settings: Settings,
    floor: Option<PathBuf>,
    vanilla: PathBuf,
    /// How often what is repeated is.
    pub repeats: usize,
}

/// An application that is served, and what it keeps in a browser that is connected to its sandbox.
#[derive(Debug)]
pub struct Served {
    /// Which.
    pub app: App,
    /// Who serves it.
    pub sandbox: Sandbox,
    /// Keys and values of `localStorage`: an object.
    pub memory: Value,
}

impl Stage {
    /// As the options have it.
    pub fn new(options: &Options) -> Self {
        Self {
            settings: Settings {
                sandbox: options.sandbox.clone(),
                dist: options.panel.clone(),
                browser: Browser::Chromium,
                program: options.chromium.clone(),
                driver: options.chromedriver.clone(),
                // Neither is needed: nothing is judged here.
                axe: PathBuf::new(),
                artifacts: PathBuf::new(),
            },
            floor: options.floor.clone(),
            vanilla: options.vanilla.clone(),
            repeats: options.repeats,
        }
    }

    /// Serves an application from a sandbox of its own, with the demo organisation and as many operators besides as make it `operators`.
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

    /// A browser with a fresh profile, watched, in which nothing is kept.
    pub async fn browser(&self, served: &Served) -> Result<Page> {
        let page = Page::in_a_new_browser(&self.settings, &served.sandbox.url()).await?;
        page.resize(Size::DESK).await?;
        let probe = json!({ "source": include_str!("probe.js") });
        page.cdp("Page.addScriptToEvaluateOnNewDocument", probe)
            .await?;
        Ok(page)
    }

    /// The same, and it remembers the connection. No file of the application has been loaded.
    pub async fn connected_browser(&self, served: &Served) -> Result<Page> {
        let page = self.browser(served).await?;
        served.remind(&page).await?;
        Ok(page)
    }

    /// What the panel keeps once somebody has connected and asked to stay so.
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
    /// Adds operators until there are so many.
    pub fn grow_to(&self, operators: usize) -> Result<()> {
        let there = self.operators()?;
        ensure!(there <= operators, "There are {there} operators already.");
        self.sandbox.seed(u32::try_from(operators - there)?, 0)
    }

    /// How many operators there are.
    pub fn operators(&self) -> Result<usize> {
        let path = "auth/addon/live_chat/operator/list";
        let answer = self.sandbox.ask("GET", path, &Value::Null)?;
        Ok(answer["message"]
            .as_array()
            .context("The list of operators is none.")?
            .len())
    }

    /// Has a browser remember the connection, on a page that is none of the application's.
    pub async fn remind(&self, page: &Page) -> Result<()> {
        page.open("/sandbox").await?;
        let keep = "localStorage.clear(); sessionStorage.clear();
            for (const [key, value] of Object.entries(arguments[0])) localStorage.setItem(key, value)";
        page.script(keep, std::slice::from_ref(&self.memory))
            .await?;
        page.open("about:blank").await
    }
}
