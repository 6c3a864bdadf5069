//! Describes journal entries about the workspace of this browser in words.

use switchboard_model::journal::{CodeFacts, LocalChange};
use switchboard_model::workspace::CodeOrigin;
use switchboard_model::workspace::file::day;

use crate::browser::idna::readable;
use crate::i18n::{Text, side_by_side, t, tf, tn};

/// An entry in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalWords {
    /// What happened.
    pub title: String,
    /// The result, if the title does not give it.
    pub detail: Option<String>,
    /// The file and the domains that it is about, one entry each.
    pub about: Vec<String>,
    /// The state before, if there is one to show.
    pub before: Option<String>,
}

/// Describes an entry in words.
#[must_use]
pub fn local_words(local: &LocalChange) -> LocalWords {
    let code_or_none = |code: &Option<CodeFacts>| match code {
        Some(code) => code_origin(code),
        None => t(Text::LocalNoCode).to_owned(),
    };
    let (title, detail, about, before) = match local {
        LocalChange::ImportWorkspace {
            file,
            new,
            changed,
            codes,
            replaced,
            domains,
        } => {
            let counts = [
                (Text::ImportCountNew, *new),
                (Text::ImportCountChanged, *changed),
                (Text::ImportCountCodes, *codes),
                (Text::LocalReplaced, *replaced),
            ];
            let counts = counts.into_iter().filter(|(_, count)| *count > 0);
            let counts: Vec<String> = counts.map(|(text, count)| tn(text, count)).collect();
            let names = domains.iter().map(readable);
            let about = std::iter::once(file.clone()).chain(names).collect();
            (
                Text::LocalImported,
                Some(side_by_side(&counts)),
                about,
                None,
            )
        }
        LocalChange::UndoImport { file, restored } => (
            Text::LocalImportUndone,
            Some(tn(Text::ImportRestored, *restored)),
            vec![file.clone()],
            None,
        ),
        LocalChange::ForgetDomain { domain, code } => (
            Text::LocalForgotten,
            None,
            vec![readable(domain)],
            Some(code_or_none(code)),
        ),
        LocalChange::RestoreDomain { domain, code } => (
            Text::LocalRestored,
            Some(code_or_none(code)),
            vec![readable(domain)],
            None,
        ),
        LocalChange::ReplaceCode { domain, old, new } => (
            Text::LocalCodeReplaced,
            Some(code_origin(new)),
            vec![readable(domain)],
            Some(code_origin(old)),
        ),
        LocalChange::DeleteRecord { record } => {
            (Text::LocalRecordDeleted, None, vec![record.clone()], None)
        }
    };
    LocalWords {
        title: t(title).to_owned(),
        detail,
        about,
        before,
    }
}

/// Returns how and when this browser received a code.
#[must_use]
pub fn code_origin(code: &CodeFacts) -> String {
    if code.received_at == 0 {
        return t(Text::ImportCodeUndated).to_owned();
    }
    let text = match code.origin {
        CodeOrigin::Added => Text::ImportCodeAdded,
        CodeOrigin::Pasted => Text::ImportCodePasted,
        CodeOrigin::Imported | CodeOrigin::Chosen => Text::ImportCodeImported,
    };
    tf(text, &[("day", &day(code.received_at))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_entry_shows_action_subject_and_former_state() {
        let domain = || "a.example".parse().expect("a domain name of the test");
        let code = |origin| CodeFacts {
            origin,
            received_at: 86_400_000,
        };
        let (pasted, added) = (code(CodeOrigin::Pasted), code(CodeOrigin::Added));
        let imported = LocalChange::ImportWorkspace {
            file: "w.json".to_owned(),
            new: 2,
            changed: 0,
            codes: 2,
            replaced: 1,
            domains: vec![domain()],
        };
        let forgotten = |code| LocalChange::ForgetDomain {
            domain: domain(),
            code,
        };
        let replaced = LocalChange::ReplaceCode {
            domain: domain(),
            old: added,
            new: pasted,
        };
        let came = "Received when the domain was added here, 1970-01-02";
        for (local, title, detail, about, before) in [
            (
                imported,
                "Workspace file imported",
                Some("2 new domains · 2 embed codes used · 1 embed code replaced"),
                "w.json, a.example",
                None,
            ),
            (
                LocalChange::of_undone_import("w.json", 1),
                "Import of a workspace file undone",
                Some("1 domain is as it was before."),
                "w.json",
                None,
            ),
            (
                forgotten(Some(added)),
                "Domain forgotten",
                None,
                "a.example",
                Some(came),
            ),
            (
                forgotten(None),
                "Domain forgotten",
                None,
                "a.example",
                Some("No embed code"),
            ),
            (
                replaced,
                "Embed code replaced",
                Some("Pasted here, 1970-01-02"),
                "a.example",
                Some(came),
            ),
        ] {
            let words = local_words(&local);
            assert_eq!(words.title, title);
            assert_eq!(words.detail.as_deref(), detail);
            assert_eq!(words.about.join(", "), about);
            assert_eq!(words.before.as_deref(), before);
        }
    }
}
