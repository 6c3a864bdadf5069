//! One attempt to connect.

use std::sync::Arc;

use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{ApiError, Connection, Organisation};

use crate::remote::{CallLog, Reach, barred, reach, try_connection};

/// The state of an attempt to connect.
#[derive(Clone, Debug, PartialEq)]
pub enum ConnectAttempt {
    /// No attempt was made yet.
    Idle,
    /// An attempt is in progress.
    Trying,
    /// The API answered with an error.
    Failed(ApiError),
    /// No answer came through.
    NoAnswer {
        /// What the browser could find out about the address.
        reach: Reach,
        /// The host of the address, with its port if one was typed.
        host: String,
        /// How the call ended.
        error: ApiError,
    },
}

/// Fetches the organisation, and finds the reason if that fails.
pub async fn connect(
    calls: CallLog,
    connection: &Connection,
) -> Result<Arc<Organisation>, ConnectAttempt> {
    if let Some(reach) = barred(&connection.base_url) {
        return Err(ConnectAttempt::NoAnswer {
            reach,
            host: connection.base_url.authority().to_owned(),
            error: ApiError::Unreachable {
                detail: "this page may not call the address, and did not".to_owned(),
            },
        });
    }
    match try_connection(calls, connection, &GetOrganisation).await {
        Ok(answer) => Ok(Arc::new(answer.payload)),
        Err(error @ ApiError::Unreachable { .. }) => Err(ConnectAttempt::NoAnswer {
            reach: reach(&connection.base_url).await,
            host: connection.base_url.authority().to_owned(),
            error,
        }),
        Err(error) => Err(ConnectAttempt::Failed(error)),
    }
}
