//! The database: opening it, and running reads and writes. The files beside this one define the rows; HTTP and JSON
//! are elsewhere.
//!
//! One connection behind a mutex serves all requests, on threads that may block. Every write is one transaction, and
//! is on disk before it is answered (`synchronous = FULL`).

pub(crate) mod assignments;
pub(crate) mod domains;
mod migrations;
pub(crate) mod organisation;
mod token;
pub(crate) mod users;

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, Transaction, TransactionBehavior, ffi};

/// The location of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Database {
    /// In memory: gone when the sandbox stops.
    #[default]
    Memory,
    /// In a file, created if it is missing.
    File(PathBuf),
}

impl FromStr for Database {
    type Err = std::convert::Infallible;

    /// Parses `:memory:`, or else a path.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text == ":memory:" {
            Self::Memory
        } else {
            Self::File(PathBuf::from(text))
        })
    }
}

/// Why a database could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// SQLite refused: the folder is missing, the file is no database, there is no permission…
    Sqlite(rusqlite::Error),
    /// The operating system returned no random bytes for the token.
    Random(getrandom::Error),
    /// It is the database of another program.
    Foreign,
    /// A newer sandbox wrote it.
    Newer {
        /// The schema version in the file.
        version: u32,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(error) => write!(formatter, "{error}"),
            Self::Random(error) => write!(formatter, "there is no random token for it: {error}"),
            Self::Foreign => write!(formatter, "it is a database of another program"),
            Self::Newer { version } => write!(
                formatter,
                "a newer sandbox wrote it (schema version {version})"
            ),
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// The open database, shared by all requests.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    connection: Arc<Mutex<Connection>>,
    token: Arc<str>,
}

impl Store {
    /// Opens the database, migrates its schema, creates a token and, if it is empty, inserts the demo organisation.
    pub(crate) fn open(database: &Database) -> Result<Self, OpenError> {
        let mut connection = match database {
            Database::Memory => Connection::open_in_memory()?,
            Database::File(path) => open_file(path)?,
        };
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(64);
        migrations::migrate(&mut connection)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !organisation::exists(&transaction)? {
            crate::demo::fill(&transaction)?;
        }
        let token = token::ensure(&transaction)?;
        transaction.commit()?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
            token: token.into(),
        })
    }

    /// Returns the token stored in this database.
    pub(crate) fn token(&self) -> Arc<str> {
        Arc::clone(&self.token)
    }

    /// Runs `work` in one transaction: commits it on `Ok` before this returns, and rolls it back on `Err`. The work
    /// runs to its end even if the caller disconnects.
    pub(crate) async fn write<T, E>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<rusqlite::Error> + Send + 'static,
    {
        self.run(move |connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        })
        .await
    }

    /// Runs `work`, which only reads.
    pub(crate) async fn read<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<rusqlite::Error> + Send + 'static,
    {
        self.run(move |connection| work(connection)).await
    }

    async fn run<T, E>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<rusqlite::Error> + Send + 'static,
    {
        let shared = Arc::clone(&self.connection);
        let task = tokio::task::spawn_blocking(move || {
            // A panic in earlier work rolled its transaction back, so the connection behind a poisoned lock is valid.
            let mut connection = shared.lock().unwrap_or_else(PoisonError::into_inner);
            work(&mut connection)
        });
        match task.await.map_err(tokio::task::JoinError::try_into_panic) {
            Ok(result) => result,
            Err(Ok(panic)) => std::panic::resume_unwind(panic),
            // The sandbox is stopping, and this work never began.
            Err(Err(_)) => Err(rusqlite::Error::SqliteFailure(
                ffi::Error::new(ffi::SQLITE_INTERRUPT),
                None,
            )
            .into()),
        }
    }
}

fn open_file(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection)
}
