//! Where the code goes on each kind of website.

use switchboard_api::EmbedCode;
use switchboard_model::embed::next_script;

use crate::i18n::{Text, t, tf};

/// A kind of website.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Files or templates.
    Html,
    /// WordPress.
    WordPress,
    /// Shopify.
    Shopify,
    /// Google Tag Manager.
    TagManager,
    /// React, alone or with Next.js.
    React,
}

/// What is to be done on a platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// One step after the other.
    pub steps: Vec<String>,
    /// The code in the form that the platform wants, with the step that it belongs to, counted from 0.
    pub code: Option<(usize, String)>,
    /// What else has to be known.
    pub notes: Vec<String>,
}

impl Platform {
    /// All of them, in the order of their tabs.
    pub const ALL: [Self; 5] = [
        Self::Html,
        Self::WordPress,
        Self::Shopify,
        Self::TagManager,
        Self::React,
    ];

    /// The platform of a tab.
    #[must_use]
    pub fn of_tab(tab: usize) -> Self {
        Self::ALL.get(tab).copied().unwrap_or(Self::Html)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        t(match self {
            Self::Html => Text::PlatformHtml,
            Self::WordPress => Text::PlatformWordPress,
            Self::Shopify => Text::PlatformShopify,
            Self::TagManager => Text::PlatformTagManager,
            Self::React => Text::PlatformReact,
        })
    }

    /// What is to be done with this code.
    #[must_use]
    pub fn guide(self, code: &EmbedCode) -> Guide {
        let next = match self {
            Self::React => next_script(code),
            _ => None,
        };
        let steps: &[Text] = match self {
            Self::Html => &[Text::HtmlOpen, Text::HtmlPaste, Text::HtmlLook],
            Self::WordPress => &[
                Text::WordPressPlugin,
                Text::WordPressPaste,
                Text::WordPressCache,
            ],
            Self::Shopify => &[Text::ShopifyOpen, Text::ShopifyPaste, Text::ShopifyLook],
            Self::TagManager => &[
                Text::TagManagerNew,
                Text::TagManagerPaste,
                Text::TagManagerTrigger,
                Text::TagManagerPublish,
            ],
            Self::React if next.is_some() => &[
                Text::ReactIndex,
                Text::NextImport,
                Text::NextScripts,
                Text::NextLook,
            ],
            Self::React => &[
                Text::ReactIndex,
                Text::NextImport,
                Text::NextByHand,
                Text::NextLook,
            ],
        };
        let note = match self {
            Self::Html => None,
            Self::WordPress => Some(Text::WordPressNote),
            Self::Shopify => Some(Text::ShopifyNote),
            Self::TagManager => Some(Text::TagManagerNote),
            Self::React => Some(Text::NextNote),
        };
        let liquid = (self == Self::Shopify && holds_liquid(code)).then(|| {
            let values = [("raw", "{% raw %}"), ("endraw", "{% endraw %}")];
            tf(Text::ShopifyLiquid, &values)
        });
        Guide {
            steps: steps.iter().map(|step| t(*step).to_owned()).collect(),
            code: next.map(|next| (2, next)),
            notes: liquid
                .into_iter()
                .chain(note.map(|note| t(note).to_owned()))
                .collect(),
        }
    }
}

/// Whether Shopify's template language would take part of the code for its own.
fn holds_liquid(code: &EmbedCode) -> bool {
    [&code.link, &code.socket_link]
        .into_iter()
        .any(|part| part.contains("{{") || part.contains("{%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(link: &str) -> EmbedCode {
        EmbedCode {
            link: link.to_owned(),
            socket_link: "<script src=//a.example/s.js></script>".to_owned(),
        }
    }

    #[test]
    fn each_platform_says_what_to_do_in_its_own_words() {
        let code = code("<script src=//a.example/w.js></script>");
        let mut told: Vec<Guide> = Vec::new();
        for platform in Platform::ALL {
            let guide = platform.guide(&code);
            assert!(guide.steps.len() >= 3, "{platform:?}");
            assert!(!told.contains(&guide), "{platform:?}");
            told.push(guide);
        }
        assert_eq!(Platform::of_tab(99), Platform::Html);
    }

    #[test]
    fn next_js_gets_its_elements_where_there_are_any_and_is_told_the_truth_otherwise() {
        let whole = Platform::React.guide(&code("<script src=//a.example/w.js></script>"));
        let (step, elements) = whole.code.expect("elements");
        assert_eq!(whole.steps[step], t(Text::NextScripts));
        assert!(elements.starts_with("<Script src=\"//a.example/w.js\""));
        let by_hand = Platform::React.guide(&code("<script>chat()</script>"));
        assert_eq!(by_hand.code, None);
        assert!(by_hand.steps.contains(&t(Text::NextByHand).to_owned()));
    }

    #[test]
    fn a_code_that_shopify_would_read_as_liquid_is_to_be_wrapped() {
        let notes = |link: &str| Platform::Shopify.guide(&code(link)).notes;
        assert_eq!(notes("<script>a={}</script>").len(), 1);
        assert!(notes("<script>a='{{b}}'</script>")[0].contains("{% raw %}"));
    }
}
