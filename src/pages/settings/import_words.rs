//! Words an import: what it changes, and why a file is refused.

use switchboard_model::workspace::file::{FileError, day};
use switchboard_model::workspace::import::{ImportChange, ImportCounts, Stays};
use switchboard_model::workspace::{HeldCode, ImportUndone};

use crate::browser::files::ReadError;
use crate::browser::idna::readable;
use crate::i18n::{Text, number, sentences, side_by_side, t, tf, tn};
use crate::wording::local_text;
use crate::wording::values::some_names;

/// The maximum number of characters repeated from a file's text.
const REPEATED: usize = 60;

/// The maximum number of domains named in a sentence.
const NAMED: usize = 10;

/// Why a file is not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WorkspaceFileRefusal {
    /// The file could not be read.
    Read(ReadError),
    /// Its content is not a valid workspace.
    File(FileError),
}

impl From<ReadError> for WorkspaceFileRefusal {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<FileError> for WorkspaceFileRefusal {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

/// Explains why a file is refused, and what to do.
pub(super) fn refusal(why: &WorkspaceFileRefusal) -> String {
    match why {
        WorkspaceFileRefusal::Read(ReadError::Unreadable) => t(Text::FileUnreadable).to_owned(),
        WorkspaceFileRefusal::Read(ReadError::TooLarge(_))
        | WorkspaceFileRefusal::File(FileError::TooLarge { .. }) => {
            t(Text::FileTooLarge).to_owned()
        }
        WorkspaceFileRefusal::File(error) => match error {
            FileError::TooLarge { .. } => t(Text::FileTooLarge).to_owned(),
            FileError::NotJson => t(Text::FileNotJson).to_owned(),
            FileError::CutOff => t(Text::FileCutOff).to_owned(),
            FileError::NotAWorkspace => t(Text::FileNotAWorkspace).to_owned(),
            FileError::Newer { version } => {
                tf(Text::FileNewer, &[("version", &version.to_string())])
            }
            FileError::Damaged { line } => tf(Text::FileDamaged, &[("line", &number(*line))]),
            FileError::NoOrganisation(text) => {
                tf(Text::FileNoOrganisation, &[("text", &shortened(text))])
            }
            FileError::NoDomain(text) => tf(Text::FileNoDomain, &[("text", &shortened(text))]),
            FileError::NoEmail(name) => tf(Text::FileNoEmail, &[("domain", &readable(name))]),
            FileError::Twice(name) => tf(Text::FileTwice, &[("domain", &readable(name))]),
        },
    }
}

/// Shortens a text of any length and content, to be quoted in a sentence.
fn shortened(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(REPEATED)
        .collect();
    if text.chars().nth(REPEATED).is_some() {
        shown.push('…');
    }
    shown
}

/// Says what happens to one domain.
pub(super) fn change(change: &ImportChange) -> &'static str {
    t(match change {
        ImportChange::New { with_code: true } => Text::ImportNewWithCode,
        ImportChange::New { with_code: false } => Text::ImportNew,
        ImportChange::AddsCode => Text::ImportAddsCode,
        ImportChange::OtherCode {
            stays: Stays::Here, ..
        } => Text::ImportKeptHere,
        ImportChange::OtherCode {
            stays: Stays::File, ..
        } => Text::ImportReplaced,
        ImportChange::Details => Text::ImportDetails,
        ImportChange::Unchanged => Text::ImportUnchanged,
    })
}

/// Says how many domains change in which way, without the zero counts.
pub(super) fn counted(counts: ImportCounts) -> String {
    let parts = [
        (Text::ImportCountNew, counts.new),
        (Text::ImportCountChanged, counts.changed),
        (Text::ImportCountUnchanged, counts.unchanged),
        (Text::ImportCountCodes, counts.codes),
        (Text::ImportCountNotUsed, counts.not_used),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(text, count)| tn(text, count))
        .collect();
    if said.is_empty() {
        t(Text::ImportCountNone).to_owned()
    } else {
        side_by_side(&said)
    }
}

/// Says how and when a code arrived, in this browser or in the one that wrote the file.
pub(super) fn code_origin(held: &HeldCode, from_file: bool) -> String {
    if from_file && held.received_at > 0 {
        return tf(Text::ImportCodeInFile, &[("day", &day(held.received_at))]);
    }
    local_text::code_origin(&held.into())
}

/// Says what undoing an import did.
pub(super) fn undone_words(undone: &ImportUndone) -> String {
    let restored = tn(Text::ImportRestored, undone.restored);
    if undone.changed_since.is_empty() {
        return restored;
    }
    let names: Vec<String> = undone
        .changed_since
        .iter()
        .map(ToString::to_string)
        .collect();
    let names = some_names(&names, NAMED);
    let changed = tf(Text::ImportChangedSince, &[("domains", &names)]);
    sentences(&restored, &changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_counts_are_left_out() {
        let counts = ImportCounts {
            new: 2,
            unchanged: 1,
            codes: 1,
            not_used: 1,
            ..ImportCounts::default()
        };
        assert_eq!(
            counted(counts),
            "2 new domains · 1 domain unchanged · 1 embed code used · 1 embed code in the file not used"
        );
        assert_eq!(counted(ImportCounts::default()), "It contains no domains.");
    }

    #[test]
    fn text_of_a_file_is_shortened() {
        let long = "x".repeat(5_000_000);
        let said = refusal(&WorkspaceFileRefusal::File(FileError::NoDomain(long)));
        assert!(said.len() < 200 && said.contains("x…"), "{said}");
        let odd = refusal(&WorkspaceFileRefusal::File(FileError::NoDomain(
            "a\u{0}\nb".to_owned(),
        )));
        assert!(odd.contains("ab"), "{odd}");
    }

    #[test]
    fn every_reason_has_its_own_words() {
        let name = "a.example"
            .parse::<switchboard_api::DomainName>()
            .expect("a domain name");
        let text = || "x".to_owned();
        let reasons = [
            WorkspaceFileRefusal::Read(ReadError::Unreadable),
            WorkspaceFileRefusal::File(FileError::TooLarge { bytes: 1 }),
            WorkspaceFileRefusal::File(FileError::NotJson),
            WorkspaceFileRefusal::File(FileError::CutOff),
            WorkspaceFileRefusal::File(FileError::NotAWorkspace),
            WorkspaceFileRefusal::File(FileError::Newer { version: 2 }),
            WorkspaceFileRefusal::File(FileError::Damaged { line: 3 }),
            WorkspaceFileRefusal::File(FileError::NoOrganisation(text())),
            WorkspaceFileRefusal::File(FileError::NoDomain(text())),
            WorkspaceFileRefusal::File(FileError::NoEmail(name.clone())),
            WorkspaceFileRefusal::File(FileError::Twice(name)),
        ];
        let said: std::collections::BTreeSet<String> = reasons.iter().map(refusal).collect();
        assert_eq!(said.len(), reasons.len());
        assert!(said.iter().all(|text| !text.contains('{')), "{said:?}");
    }
}
