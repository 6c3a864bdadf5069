//! Starts a web server with its file of `deploy/`: with names, paths and ports filled in, and plain HTTP on this
//! machine.

use std::fs::{self, Permissions};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::client::Client;
use crate::tools::web_servers;

/// The timeout until a server listens.
const LIMIT: Duration = Duration::from_secs(20);

/// How often to check whether the server listens.
const PAUSE: Duration = Duration::from_millis(10);

/// The host of the API in every file.
const API: &str = "https://acme.chatwhizz.com";

/// Apache modules that Debian does not compile in. docs/deploy.md names those that have to be enabled.
const APACHE_MODULES: [&str; 9] = [
    "mpm_event",
    "authz_core",
    "headers",
    "rewrite",
    "mime",
    "env",
    "ssl",
    "proxy",
    "proxy_http",
];

/// A web server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Nginx,
    Caddy,
    Apache,
}

impl Kind {
    fn program(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
            Self::Apache => "apache2",
        }
    }

    /// Returns its file of `deploy/` for this port, folder and API. The proxy is enabled if there is an API.
    fn site(self, port: u16, panel: &Path, api: Option<&str>) -> String {
        let file = match self {
            Self::Nginx => include_str!("../../../../deploy/nginx.conf"),
            Self::Caddy => include_str!("../../../../deploy/Caddyfile"),
            Self::Apache => include_str!("../../../../deploy/apache.conf"),
        };
        let mut site = replaced(file, "/srv/switchboard", &panel.display().to_string());
        if let Some(api) = api {
            site = replaced(&switched_on(&site), API, &format!("http://{api}"));
        }
        match self {
            Self::Nginx => {
                let site = replaced(
                    &site,
                    "listen 443 ssl;",
                    &format!("listen 127.0.0.1:{port};"),
                );
                without(&without(&site, "listen [::]:443"), " ssl_certificate")
            }
            Self::Caddy => {
                if let Some(api) = api {
                    site = replaced(&site, "Host acme.chatwhizz.com", &format!("Host {api}"));
                }
                replaced(
                    &site,
                    "switchboard.example {",
                    &format!("http://127.0.0.1:{port} {{"),
                )
            }
            Self::Apache => {
                let site = replaced(&site, "*:443", &format!("127.0.0.1:{port}"));
                without(&without(&site, "SSLEngine"), "SSLCertificate")
            }
        }
    }

    /// Returns the configuration around the site; the server writes only into `folder`.
    fn around(self, port: u16, folder: &Path) -> String {
        let folder = folder.display();
        match self {
            Self::Nginx => format!(
                "daemon off; master_process off; pid {folder}/pid; error_log {folder}/log; events {{}}\n\
                 http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n\
                 fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;\n\
                 include {folder}/site; }}\n"
            ),
            Self::Caddy => format!("{{\n\tadmin off\n\tauto_https off\n}}\nimport {folder}/site\n"),
            Self::Apache => {
                let modules = APACHE_MODULES.map(|name| {
                    format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n")
                });
                // The ids of the user nobody, because it does not serve as root.
                format!(
                    "{}ServerRoot {folder}\nServerName localhost\nPidFile {folder}/pid\nDefaultRuntimeDir {folder}\n\
                     ErrorLog {folder}/log\nTypesConfig /dev/null\nUser #65534\nGroup #65534\n\
                     Listen 127.0.0.1:{port}\nInclude {folder}/site\n",
                    modules.concat()
                )
            }
        }
    }

    fn command(self, folder: &Path) -> Command {
        let program = web_servers::find(self.program()).unwrap_or_else(|| {
            panic!(
                "{} is missing. As root, cargo xtask test native installs it; by hand: \
                 sudo apt-get install --no-install-recommends nginx caddy apache2-bin",
                self.program()
            )
        });
        let mut command = Command::new(program);
        match self {
            Self::Nginx => command
                .arg("-e")
                .arg(folder.join("log"))
                .arg("-c")
                .arg(folder.join("main")),
            Self::Caddy => command
                .args(["run", "--adapter", "caddyfile", "--config"])
                .arg(folder.join("main"))
                .env("HOME", folder)
                .env("XDG_CONFIG_HOME", folder)
                .env("XDG_DATA_HOME", folder),
            Self::Apache => command.arg("-X").arg("-f").arg(folder.join("main")),
        };
        command
    }
}

/// Creates a folder that a server may read, whatever user it runs as.
pub fn open_to_everybody() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    folder
}

/// A running web server. It is killed when this is dropped.
pub struct WebServer {
    child: Child,
    address: String,
    folder: TempDir,
}

impl WebServer {
    /// Starts a server of the panel in this folder that, if `api` is a host and port, forwards the API's paths there.
    pub fn start(kind: Kind, panel: &Path, api: Option<&str>) -> Self {
        // Another program may take the free port first.
        let attempts = (0..3).map(|_| Self::attempt(kind, panel, api));
        let mut failed = String::new();
        for attempt in attempts {
            match attempt {
                Ok(server) => return server,
                Err(said) => failed = said,
            }
        }
        panic!("{kind:?} does not start: {failed}")
    }

    fn attempt(kind: Kind, panel: &Path, api: Option<&str>) -> Result<Self, String> {
        let folder = open_to_everybody();
        let port = {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            listener.local_addr().unwrap().port()
        };
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("site", &kind.site(port, panel, api));
        write("main", &kind.around(port, folder.path()));
        let output = fs::File::create(folder.path().join("output")).unwrap();
        let child = kind
            .command(folder.path())
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap();
        let mut server = Self {
            child,
            address: format!("127.0.0.1:{port}"),
            folder,
        };
        server.wait_until_it_listens()?;
        Ok(server)
    }

    fn wait_until_it_listens(&mut self) -> Result<(), String> {
        let started = Instant::now();
        while TcpStream::connect(&self.address).is_err() {
            let has_ended = self.child.try_wait().unwrap().is_some();
            if has_ended || started.elapsed() > LIMIT {
                return Err(self.said());
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Returns what it wrote to its outputs and its log.
    fn said(&self) -> String {
        let read = |name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        read("output") + &read("log")
    }

    /// Returns host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Returns a client of it.
    pub fn client(&self) -> Client {
        Client::of(&self.address)
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.said());
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Enables the lines that begin with # and no space.
fn switched_on(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        match code.strip_prefix('#') {
            Some(off) if off.starts_with(|first: char| !first.is_whitespace()) => {
                format!("{indent}{off}\n")
            }
            _ => format!("{line}\n"),
        }
    });
    lines.collect()
}

/// Replaces a word that must occur.
#[track_caller]
fn replaced(text: &str, word: &str, other: &str) -> String {
    assert!(text.contains(word), "{word} is not there: {text}");
    text.replace(word, other)
}

/// Removes the lines that contain a word; there must be at least one.
#[track_caller]
fn without(text: &str, word: &str) -> String {
    assert!(text.contains(word), "{word} is not there: {text}");
    let lines = text.lines().filter(|line| !line.contains(word));
    lines.map(|line| format!("{line}\n")).collect()
}
