//! The messages that the tabs of this browser send each other about their sessions. They are stored nowhere.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Session;
use super::kept::Stored;
use crate::browser::channel::TabChannel;

const CHANNEL: &str = "switchboard/1/session";

/// One message. The names belong to the channel's format and do not follow the code: tabs of two versions may be open
/// at the same time.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(super) enum Message {
    /// A new tab asks to join the session with this base URL.
    Ask { id: String, base_url: String },
    /// A tab hands its session over to the one that asked.
    Answer { id: String, session: Stored },
    /// The tab that handed its session over withdraws it. After "Disconnect", `id` is the base URL, and every tab's
    /// session with it ends.
    Withdraw { id: String },
    /// A token was replaced.
    Renewed {
        /// The token that was refused; a tab with another one keeps its own. `None` if the organisation was connected
        /// again: the message is then for every tab of it.
        old: Option<String>,
        session: Stored,
    },
}

impl Session {
    /// Joins the channel of the other tabs, to receive and to send.
    pub(super) fn join_other_tabs(&self) {
        let session = *self;
        let channel = TabChannel::open(CHANNEL, move |message| {
            match serde_json::from_str::<Message>(&message) {
                Ok(Message::Ask { id, base_url }) => session.hand_over(id, &base_url),
                Ok(Message::Answer {
                    id,
                    session: theirs,
                }) => session.take(&id, &theirs),
                Ok(Message::Withdraw { id }) => session.withdrawn(&id),
                Ok(Message::Renewed {
                    old,
                    session: theirs,
                }) => {
                    session.hear_of_token(old.as_deref(), &theirs);
                }
                // A message of another version.
                Err(_) => {}
            }
        });
        self.channel.set_value(channel);
    }

    pub(super) fn tell_other_tabs(&self, message: &Message) {
        let Ok(message) = serde_json::to_string(message) else {
            return;
        };
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.send(&message);
            }
        });
    }
}
