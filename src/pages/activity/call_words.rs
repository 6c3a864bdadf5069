//! Describes a call in words.

use switchboard_api::ApiError;

use crate::i18n::{Text, decimal, t, tf};
use crate::remote::{Call, CallEnd};
use crate::ui::Tone;
use crate::wording::explain::explain;
use crate::wording::values::Worded;

/// Returns how a call ended, or that it is in progress, with the API's message or the panel's explanation if there is
/// one.
pub(super) fn outcome(call: &Call) -> (Worded, Option<String>) {
    let worded = |tone, text| (tone, t(text).to_owned());
    let Some(end) = &call.end else {
        return (worded(Tone::Unknown, Text::CallOnItsWay), None);
    };
    let error = match &end.outcome {
        Ok(None) => return (worded(Tone::Good, Text::CallWorked), None),
        Ok(Some(warning)) | Err(ApiError::NoPayload { warning }) => {
            return (worded(Tone::Warn, Text::CallWarned), Some(warning.clone()));
        }
        Err(ApiError::Cancelled) => return (worded(Tone::Neutral, Text::CallCancelled), None),
        Err(error) => error,
    };
    let word = match error {
        ApiError::Unreachable { .. } | ApiError::TimedOut { .. } => Text::CallNoAnswer,
        ApiError::Refused { .. } | ApiError::NotAuthorised { .. } => Text::CallRefused,
        _ => Text::CallFailed,
    };
    let said = error.text();
    let said = said.unwrap_or_else(|| explain(error, call.at).title);
    (worded(Tone::Bad, word), Some(said))
}

/// Returns how long a call took: in milliseconds below 1 s, otherwise in seconds, rounded to tenths.
pub(super) fn duration(end: &CallEnd) -> String {
    if end.took < 1_000 {
        return tf(Text::Milliseconds, &[("number", &end.took.to_string())]);
    }
    let tenths = (f64::from(end.took) / 100.0).round();
    tf(Text::Seconds, &[("number", &decimal(tenths / 10.0))])
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use switchboard_api::{FieldError, Method, Severity, UnreadableReason};

    use super::*;

    fn call(outcome: Result<Option<String>, ApiError>) -> Call {
        Call {
            id: 1,
            at: 0,
            endpoint: "test",
            method: Method::Get,
            base: "https://acme.example/"
                .parse()
                .expect("a base URL of the test"),
            path: String::new(),
            headers: Vec::new(),
            token_header: String::new(),
            body: None,
            end: Some(CallEnd {
                took: 5,
                status: None,
                answer: None,
                outcome,
            }),
        }
    }

    #[test]
    fn every_outcome_of_a_call_has_words() {
        let raw = String::new;
        let said = |text: &str| {
            vec![FieldError {
                field: None,
                text: text.to_owned(),
            }]
        };
        let lost = ApiError::Unreachable { detail: raw() };
        let late = ApiError::TimedOut {
            after: Duration::from_secs(30),
        };
        let refused = |field_errors| ApiError::Refused {
            severity: Severity::Error,
            field_errors,
            http_status: 200,
            raw: raw(),
        };
        let http = |field_errors| ApiError::Http {
            status: 503,
            field_errors,
            raw: raw(),
        };
        let odd = ApiError::Unreadable {
            http_status: 200,
            reason: UnreadableReason::Html,
            raw: raw(),
        };
        for (outcome, tone, words) in [
            (Ok(None), Tone::Good, "Worked"),
            (
                Ok(Some("Careful".to_owned())),
                Tone::Warn,
                "Worked, with a warning: Careful",
            ),
            (
                Err(refused(said("No such operator"))),
                Tone::Bad,
                "Refused: No such operator",
            ),
            (
                Err(refused(Vec::new())),
                Tone::Bad,
                "Refused: The API refused and gave no reason.",
            ),
            (
                Err(lost),
                Tone::Bad,
                "No response: The API could not be reached.",
            ),
            (
                Err(late),
                Tone::Bad,
                "No response: The API did not respond within 30 seconds.",
            ),
            (Err(ApiError::Cancelled), Tone::Neutral, "Cancelled"),
            (
                Err(http(Vec::new())),
                Tone::Bad,
                "Failed: The API responded with HTTP status 503.",
            ),
            (Err(http(said("Down"))), Tone::Bad, "Failed: Down"),
            (
                Err(odd),
                Tone::Bad,
                "Failed: A web page arrived instead of the API's response.",
            ),
        ] {
            let ((told_tone, word), said) = super::outcome(&call(outcome));
            let told = said.map_or(word.clone(), |said| format!("{word}: {said}"));
            assert_eq!((told_tone, told.as_str()), (tone, words));
        }
        let on_its_way = Call {
            end: None,
            ..call(Ok(None))
        };
        assert_eq!(super::outcome(&on_its_way).0.1, "In progress");
    }

    #[test]
    fn duration_is_in_milliseconds_or_tenths_of_a_second() {
        let took = |took| {
            duration(&CallEnd {
                took,
                status: None,
                answer: None,
                outcome: Ok(None),
            })
        };
        let told = [0, 12, 999, 1_000, 1_949, 1_950, 30_000].map(took);
        assert_eq!(
            told,
            ["0 ms", "12 ms", "999 ms", "1 s", "1.9 s", "2 s", "30 s"]
        );
    }
}
