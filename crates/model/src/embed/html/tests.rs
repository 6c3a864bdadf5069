//! Difficult HTML, split as browsers split it.

use super::*;

/// Returns the tokens in short form: `<name a=b>`, `</name>`, `text`, `name{raw}`, `!comment`.
fn short(html: &str) -> Vec<String> {
    Tokens::new(html, 1)
        .map(|token| match token {
            Token::Start {
                name, attributes, ..
            } => {
                let attributes: String = attributes
                    .iter()
                    .map(|(name, value)| format!(" {name}={value}"))
                    .collect();
                format!("<{name}{attributes}>")
            }
            Token::End { name } => format!("</{name}>"),
            Token::Text { text, .. } => text.to_owned(),
            Token::Raw { of, text, .. } => format!("{of}{{{text}}}"),
            Token::Comment { text, .. } => format!("!{text}"),
        })
        .collect()
}

#[track_caller]
fn assert_cut(html: &str, expected: &[&str]) {
    assert_eq!(short(html), expected, "{html}");
}

#[test]
fn attributes_are_read_however_they_are_written() {
    assert_cut(
        "<a b c=d e='f>g' h=\"i'j\" K = l m=n/>x",
        &["<a b= c=d e=f>g h=i'j K=l m=n/>", "x"],
    );
    assert_cut("<a/b/c=d>", &["<a b= c=d>"]);
    assert_cut("<a =b c= >", &["<a =b= c=>"]);
    assert_cut("<a b=>x", &["<a b=>", "x"]);
    assert_cut("<a b='1'c=\"2\">", &["<a b=1 c=2>"]);
    assert_cut("<a\n\tb\n=\n'c'\n>", &["<a b=c>"]);
}

#[test]
fn a_script_ends_where_browsers_end_it() {
    assert_cut(
        "<script>'</body>' </scripts> </ script></SCRIPT >x",
        &[
            "<script>",
            "script{'</body>' </scripts> </ script>}",
            "</SCRIPT>",
            "x",
        ],
    );
    assert_cut(
        "<script><!-- a </script>x",
        &["<script>", "script{<!-- a }", "</script>", "x"],
    );
    assert_cut(
        "<script><!-- <script> </script> --> </script>x",
        &[
            "<script>",
            "script{<!-- <script> </script> --> }",
            "</script>",
            "x",
        ],
    );
    assert_cut(
        "<script><!--> <script> </script>x",
        &["<script>", "script{<!--> <script> }", "</script>", "x"],
    );
    assert_cut(
        "<script/>x</script>",
        &["<script>", "script{x}", "</script>"],
    );
}

#[test]
fn comments_end_where_browsers_end_them() {
    assert_cut("<!-- a -- > b --><i>", &["! a -- > b ", "<i>"]);
    assert_cut("<!-->a<!--->b<!----!>c", &["!", "a", "!", "b", "!", "c"]);
    assert_cut(
        "<!doctype html><?php a ?></ x></>y",
        &["!doctype html", "!php a ?", "! x", "!", "y"],
    );
    assert_cut("<![CDATA[ <b> ]]>", &["![CDATA[ <b", " ]]>"]);
    assert_cut(
        "<svg><![CDATA[ <b> ]]></svg>",
        &["<svg>", "! <b> ", "</svg>"],
    );
}

#[test]
fn self_closing_tags_work_only_in_svg_and_math() {
    assert_cut(
        "<svg><title/><p></svg><i>",
        &["<svg>", "<title>", "<p>", "</svg>", "<i>"],
    );
    assert_cut("<svg/><title/><i>", &["<svg>", "<title>", "title{<i>}"]);
}

#[test]
fn signs_that_open_nothing_are_text() {
    assert_cut("a < b <3 <", &["a ", "< b ", "<3 ", "<"]);
    assert_cut("ü<ä>", &["ü", "<ä>"]);
    assert_cut("</", &["</"]);
}

#[test]
fn unfinished_construct_is_reported_with_its_line() {
    for (html, unclosed) in [
        ("a\n<!-- b\n", Some((Unclosed::Comment, 2))),
        ("a\n\n<script src='b", Some((Unclosed::Tag, 3))),
        ("<b", Some((Unclosed::Tag, 1))),
        ("<script>\n", Some((Unclosed::Element, 1))),
        ("<script>", Some((Unclosed::Element, 1))),
        ("<p>", None),
    ] {
        let mut tokens = Tokens::new(html, 1);
        tokens.by_ref().for_each(drop);
        assert_eq!(tokens.unclosed(), unclosed, "{html}");
    }
}

/// For each start tag, whether its element belongs to SVG or MathML.
fn foreign(html: &str) -> String {
    let tokens = Tokens::new(html, 1).filter_map(|token| match token {
        Token::Start {
            name, is_foreign, ..
        } => Some(if is_foreign {
            name.to_uppercase()
        } else {
            name.to_lowercase()
        }),
        _ => None,
    });
    tokens.collect::<Vec<_>>().join(" ")
}

#[test]
fn elements_of_svg_end_where_browsers_end_them() {
    for (html, expected) in [
        ("<svg><g><script></script></g></svg><a>", "SVG G SCRIPT a"),
        ("<svg><svg></svg><a></svg><a>", "SVG SVG A a"),
        ("<svg/><a>", "SVG a"),
        ("<svg><g><div><a>", "SVG G div a"),
        ("<div><svg><g></div><a>", "div SVG G a"),
        (
            "<svg><foreignObject><a></foreignObject><a></svg><a>",
            "SVG FOREIGNOBJECT a A a",
        ),
        (
            "<svg><foreignObject><div><svg><a></svg><a></svg><a>",
            "SVG FOREIGNOBJECT div SVG A a a",
        ),
        ("<svg><desc/><a>", "SVG DESC A"),
        ("</svg><math><mi></math><a>", "MATH MI a"),
        ("<foreignObject><a></foreignObject><a>", "foreignobject a a"),
    ] {
        assert_eq!(foreign(html), expected, "{html}");
    }
}
