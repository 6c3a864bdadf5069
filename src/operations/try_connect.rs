//! One attempt to connect.

use std::sync::Arc;

use switchboard_api::endpoints::GetOrganisation;
use switchboard_api::{ApiError, Connection, Organisation};

use crate::remote::{CallLog, Reach, barred, reach, try_connection};

/// Where connecting stands.
#[derive(Clone, Debug, PartialEq)]
pub enum ConnectAttempt {
    /// Nothing was tried yet.
    Idle,
    /// Under way.
    Trying,
    /// The API answered, but not as it should.
    Failed(ApiError),
    /// Nothing came through.
    NoAnswer {
        /// What the browser could find out.
        reach: Reach,
        /// The host that was asked, with its port where one was typed.
        host: String,
        /// What the call ended with.
        error: ApiError,
    },
}

/// Asks for the organisation, and for the reason when that fails.
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
