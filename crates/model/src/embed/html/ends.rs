//! Where comments and elements that contain text end.

/// Whether the text goes on with a tag's name, in any letter case, and not with a longer one.
fn starts_with_tag(text: &[u8], start: &str, name: &str) -> bool {
    let length = start.len() + name.len();
    text.starts_with(start.as_bytes())
        && text
            .get(start.len()..length)
            .is_some_and(|there| there.eq_ignore_ascii_case(name.as_bytes()))
        && text
            .get(length)
            .is_some_and(|next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>'))
}

/// The end of what browsers take for a comment.
pub(super) fn bogus_comment_end(text: &str) -> Option<(usize, usize)> {
    Some((text.find('>')?, 1))
}

/// The end of a comment: `-->` or `--!>`. One search for both, so that a page full of comments is read once.
pub(super) fn comment_end(text: &str) -> Option<(usize, usize)> {
    text.match_indices('>').find_map(|(at, _)| {
        ["--", "--!"]
            .iter()
            .find(|end| text[..at].ends_with(**end))
            .map(|end| (at - end.len(), end.len() + 1))
    })
}

/// Where the end tag of a raw element begins.
pub(super) fn element_end(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</")
        .map(|(at, _)| at)
        .find(|at| starts_with_tag(&text.as_bytes()[*at..], "</", name))
}

/// Where the end tag of a script begins. In a script, `<!--` followed by `<script` hides the next `</script>`.
pub(super) fn script_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut is_escaped, mut is_hidden) = (false, false);
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"<!--") && !is_escaped {
            is_escaped = true;
            // The two hyphens may already be those of the `-->`.
            at += 2;
            continue;
        }
        if rest.starts_with(b"-->") {
            (is_escaped, is_hidden) = (false, false);
        } else if starts_with_tag(rest, "</", "script") {
            if !is_hidden {
                return Some(at);
            }
            is_hidden = false;
        } else if is_escaped && starts_with_tag(rest, "<", "script") {
            is_hidden = true;
        }
        at += 1;
    }
    None
}

/// Where the last start tag of a script begins in the text of another script, unless it begins a string.
pub(in crate::embed) fn inner_script(text: &str) -> Option<usize> {
    let mut tags = text.rmatch_indices('<').map(|(at, _)| at);
    let at = tags.find(|at| starts_with_tag(&text.as_bytes()[*at..], "<", "script"))?;
    (!text[..at].ends_with(['"', '\'', '`'])).then_some(at)
}
