//! Explains how to install the code on each kind of website.

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

/// The instructions for a platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// The steps, in order.
    pub steps: Vec<String>,
    /// The code in the form that the platform needs, with the index of the step that it belongs to.
    pub code: Option<(usize, String)>,
    /// Further notes.
    pub notes: Vec<String>,
}

impl Platform {
    /// All platforms, in the order of their tabs.
    pub const ALL: [Self; 5] = [
        Self::Html,
        Self::WordPress,
        Self::Shopify,
        Self::TagManager,
        Self::React,
    ];

    /// Returns the platform of a tab, or [`Self::Html`] for an unknown tab.
    #[must_use]
    pub fn of_tab(tab: usize) -> Self {
        Self::ALL.get(tab).copied().unwrap_or(Self::Html)
    }

    /// Returns the name of the platform.
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

    /// Returns the instructions for this code.
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

/// Returns whether Shopify's template language would interpret part of the code.
fn holds_liquid(code: &EmbedCode) -> bool {
    [&code.link, &code.socket_link]
        .into_iter()
        .any(|part| part.contains("{{") || part.contains("{%"))
}

#[cfg(test)]
mod tests {
    use switchboard_model::embed::{Severity, check};

    use super::*;
    use crate::widgets::embed_codes::both;

    fn code(link: &str) -> EmbedCode {
        EmbedCode {
            link: link.to_owned(),
            socket_link: "<script src=//a.example/s.js></script>".to_owned(),
        }
    }

    #[test]
    fn each_platform_has_its_own_instructions() {
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
    fn next_js_gets_script_elements_or_manual_steps() {
        let whole = Platform::React.guide(&code("<script src=//a.example/w.js></script>"));
        let (step, elements) = whole.code.expect("elements");
        assert_eq!(whole.steps[step], t(Text::NextScripts));
        assert!(elements.starts_with("<Script src=\"//a.example/w.js\""));
        let by_hand = Platform::React.guide(&code("<script>chat()</script>"));
        assert_eq!(by_hand.code, None);
        assert!(by_hand.steps.contains(&t(Text::NextByHand).to_owned()));
    }

    /// Returns the files that a platform's instructions name, with the code where they put it.
    fn files(platform: Platform, code: &EmbedCode) -> Vec<String> {
        let guide = platform.guide(code);
        let page = |code: &str| {
            format!("<!doctype html><html><head></head><body><h1>Shop</h1>\n{code}\n</body></html>")
        };
        let (page, both) = (page(&both(code)), both(code));
        match (platform, guide.code) {
            (Platform::Html | Platform::WordPress, _) => vec![page],
            (Platform::Shopify, _) => vec![page.replace("<h1>", "{% raw %}<h1>{% endraw %}")],
            (Platform::TagManager, _) => vec![both],
            (Platform::React, elements) => {
                let (_, elements) = elements.expect("elements for Next.js");
                let component = |before: &str, content: &str, after: &str| {
                    format!(
                        "import type {{ Metadata }} from \"next\";\nimport Script from \"next/script\";\n\nexport default function Root({{ children }}: Readonly<{{ children: React.ReactNode }}>) {{\n  return (\n    {before}\n        {content}\n        {elements}\n    {after}\n  );\n}}\n"
                    )
                };
                let layout = component(
                    "<html lang=\"en\">\n      <body className={`${sans.variable} antialiased`}>",
                    "{children}",
                    "  </body>\n    </html>",
                );
                let app = component("<>", "<Component {...pageProps} />", "</>");
                vec![page, layout, app]
            }
        }
    }

    #[test]
    fn code_put_in_as_told_passes_the_check() {
        let plain = "<script src=\"https://a.example/w.js?d=shop&v=2\" async></script>";
        let marked = "<script id=chat class='x \"y\"' data-a=\"b\" src='//a.example/w.js?d=&quot;' crossorigin></script>";
        for link in [plain, marked] {
            let code = code(link);
            for platform in Platform::ALL {
                for file in files(platform, &code) {
                    let checked = check(&file, &code);
                    assert_eq!(checked.severity(), Severity::Good, "{file}\n{checked:?}");
                }
            }
        }
    }

    #[test]
    fn code_with_liquid_syntax_needs_wrapping_on_shopify() {
        let notes = |link: &str| Platform::Shopify.guide(&code(link)).notes;
        assert_eq!(notes("<script>a={}</script>").len(), 1);
        assert!(notes("<script>a='{{b}}'</script>")[0].contains("{% raw %}"));
    }
}
