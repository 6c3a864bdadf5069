//! A new tab joins the session of another tab of this browser.
//!
//! It asks the other tabs for the organisation that its address names, takes the first answer, and keeps it in its own session storage. A tab
//! without a session answers nothing. After [`ANSWER_WITHIN`] the new tab asks the user instead, and takes no answer any more.
//!
//! "Disconnect" reaches a tab by another way (`forget.rs`) and may arrive between question and answer. So a tab that asks gives up when it
//! hears of it, and a tab that handed its session over says so to the one that got it when it hears of it later than that.

use std::time::Duration;

use leptos::prelude::*;
use switchboard_api::{BaseUrl, Connection};

use super::kept::{self, Stored};
use super::other_tabs::Message;
use super::{Session, random_name};
use crate::browser::storage::start_over;

/// For how long a new tab waits for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// The handovers that this tab knows of.
#[derive(Debug, Default)]
pub(super) struct Handovers {
    asking: Option<PendingHandover>,
    /// By which this tab got its session.
    joined: Option<String>,
    /// By which other tabs got theirs from this one.
    given: Vec<String>,
}

/// A question that no tab has answered yet.
#[derive(Debug)]
struct PendingHandover {
    id: String,
    base_url: BaseUrl,
    /// Tokens that were replaced since, with what took their place: a tab may have answered before it heard of it.
    renewed: Vec<(String, String)>,
}

impl Handovers {
    fn ask(&mut self, id: String, base_url: BaseUrl) {
        self.asking = Some(PendingHandover {
            id,
            base_url,
            renewed: Vec::new(),
        });
    }

    /// Takes an answer: nothing unless it is the first one to the question that this tab asks now, and of the organisation that it asked for.
    fn take(&mut self, id: &str, answer: &Stored) -> Option<(Connection, String)> {
        let asking = self.asking.as_ref().filter(|asking| asking.id == id)?;
        let (mut connection, organisation) = answer.read_with_name()?;
        if connection.base_url != asking.base_url {
            return None;
        }
        for (old, new) in &asking.renewed {
            if connection.token.reveal() == old {
                connection.token = new.parse().ok()?;
            }
        }
        self.asking = None;
        self.joined = Some(id.to_owned());
        Some((connection, organisation))
    }

    /// Stops asking. Whether the question was still open.
    fn give_up(&mut self, id: &str) -> bool {
        let is_open = self.asking.as_ref().is_some_and(|asking| asking.id == id);
        if is_open {
            self.asking = None;
        }
        is_open
    }

    /// Somebody has disconnected from this base URL, or from all with none. Whether this tab was asking for its session.
    pub(super) fn ended(&mut self, base_url: Option<&str>) -> bool {
        let is_asked_for = self
            .asking
            .as_ref()
            .is_some_and(|asking| base_url.is_none_or(|url| asking.base_url.as_str() == url));
        if is_asked_for {
            self.asking = None;
        }
        is_asked_for
    }

    /// A token was replaced.
    pub(super) fn renewed(&mut self, base_url: &BaseUrl, old: &str, new: &str) {
        if let Some(asking) = &mut self.asking
            && asking.base_url == *base_url
        {
            asking.renewed.push((old.to_owned(), new.to_owned()));
        }
    }

    /// This tab has a session by another way, or none any more. By which handovers other tabs got the former one.
    pub(super) fn reset(&mut self) -> Vec<String> {
        std::mem::take(self).given
    }
}

impl Session {
    /// Whether another tab is being asked for its session, tracked.
    #[must_use]
    pub fn is_joining(&self) -> bool {
        self.joining.get()
    }

    /// Asks the other tabs for their session with an organisation. [`Self::is_joining`] says until when.
    pub(super) fn ask_other_tabs(&self, base_url: &BaseUrl) {
        let (session, id) = (*self, random_name());
        self.handovers
            .update_value(|it| it.ask(id.clone(), base_url.clone()));
        self.joining.set(true);
        self.tell_other_tabs(&Message::Ask {
            id: id.clone(),
            base_url: base_url.as_str().to_owned(),
        });
        set_timeout(
            move || {
                let is_open = session.handovers.try_update_value(|it| it.give_up(&id));
                if is_open == Some(true) {
                    session.joining.try_set(false);
                }
            },
            ANSWER_WITHIN,
        );
    }

    /// Another tab asks for the session with this base URL.
    pub(super) fn hand_over(&self, id: String, base_url: &str) {
        let connection = self.connection_now();
        let Some(connection) = connection.filter(|it| it.base_url.as_str() == base_url) else {
            return;
        };
        if self.ended.get_untracked() {
            return;
        }
        self.handovers.update_value(|it| it.given.push(id.clone()));
        let session = Stored::named(&connection, &self.organisation());
        self.tell_other_tabs(&Message::Answer { id, session });
    }

    /// Another tab hands its session over.
    pub(super) fn take(&self, id: &str, theirs: &Stored) {
        let taken = self
            .handovers
            .try_update_value(|it| it.take(id, theirs))
            .flatten();
        if let Some((connection, organisation)) = taken {
            self.adopt(connection, organisation);
            self.joining.set(false);
        }
    }

    /// The session that was handed over to a tab has ended since.
    pub(super) fn withdrawn(&self, id: &str) {
        let is_mine = self
            .handovers
            .with_value(|it| it.joined.as_deref() == Some(id));
        if is_mine {
            self.suspend();
        }
    }

    /// Makes a connection that was tried before the one of this tab.
    pub(super) fn adopt(&self, connection: Connection, organisation: String) {
        start_over();
        kept::store(Some((&connection, &organisation)));
        self.organisation.set_value(organisation);
        self.renewed.set(None);
        self.ended.set(false);
        self.connection.set(Some(connection));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACME: &str = "https://acme.example/";

    fn base_url(text: &str) -> BaseUrl {
        text.parse().expect("a base URL of the test")
    }

    fn session(url: &str, token: &str) -> Stored {
        let token = token.parse().expect("a token of the test");
        Stored::named(&Connection::new(base_url(url), token), "Acme")
    }

    fn asking(id: &str) -> Handovers {
        let mut handovers = Handovers::default();
        handovers.ask(id.to_owned(), base_url(ACME));
        handovers
    }

    fn token(taken: Option<(Connection, String)>) -> Option<String> {
        taken.map(|(connection, _)| connection.token.reveal().to_owned())
    }

    #[test]
    fn the_first_of_two_answers_counts() {
        let mut tab = asking("1");
        let (connection, name) = tab.take("1", &session(ACME, "a")).expect("an answer");
        assert_eq!(
            (connection.base_url.as_str(), name.as_str()),
            (ACME, "Acme")
        );
        assert_eq!(token(tab.take("1", &session(ACME, "b"))), None);
        assert_eq!(tab.joined.as_deref(), Some("1"));
    }

    #[test]
    fn an_answer_to_another_question_or_of_another_organisation_is_refused() {
        let mut tab = asking("2");
        assert_eq!(token(tab.take("1", &session(ACME, "a"))), None);
        let other = session("https://other.example/", "a");
        assert_eq!(token(tab.take("2", &other)), None);
        assert_eq!(
            token(tab.take("2", &session(ACME, "b"))).as_deref(),
            Some("b")
        );
        assert_eq!(
            token(Handovers::default().take("2", &session(ACME, "a"))),
            None
        );
    }

    #[test]
    fn an_answer_after_the_time_is_over_is_refused() {
        let mut tab = asking("1");
        assert!(!tab.give_up("another"));
        assert!(tab.give_up("1"));
        assert!(!tab.give_up("1"));
        assert_eq!(token(tab.take("1", &session(ACME, "a"))), None);
    }

    #[test]
    fn an_answer_that_a_disconnect_overtook_is_refused() {
        for ended in [Some(ACME), None] {
            let mut tab = asking("1");
            assert!(!tab.ended(Some("https://other.example/")));
            assert!(tab.ended(ended));
            assert_eq!(token(tab.take("1", &session(ACME, "a"))), None);
        }
    }

    #[test]
    fn an_answer_with_a_token_that_was_replaced_meanwhile_gets_the_new_one() {
        let mut tab = asking("1");
        tab.renewed(&base_url(ACME), "a", "b");
        tab.renewed(&base_url("https://other.example/"), "a", "x");
        tab.renewed(&base_url(ACME), "b", "c");
        assert_eq!(
            token(tab.take("1", &session(ACME, "a"))).as_deref(),
            Some("c")
        );
    }

    #[test]
    fn a_tab_that_ends_withdraws_what_it_handed_over_once() {
        let mut tab = Handovers {
            given: vec!["1".to_owned(), "2".to_owned()],
            joined: Some("0".to_owned()),
            ..Handovers::default()
        };
        assert_eq!(tab.reset(), ["1", "2"]);
        assert!(tab.reset().is_empty());
        assert_eq!(tab.joined, None);
    }
}
