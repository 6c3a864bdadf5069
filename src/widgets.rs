//! Parts that several pages share and that know the organisation's data.

pub mod assignment;
pub mod confirm;
pub mod confirm_again;
pub mod connect_failure;
pub mod consequences;
pub mod debounced_query;
pub mod disconnect;
pub mod domain_choice;
pub mod domain_label;
pub mod embed_codes;
pub mod failure;
pub mod forgetting;
pub mod freshness;
pub mod list_filter;
pub mod list_search;
pub mod live_chat;
pub mod load_state;
pub mod pager;
pub mod places;
pub mod renamed;
pub mod run_bar;
pub mod sort_head;
pub mod toggle;
pub mod token_dialog;
pub mod token_field;
pub mod unsaved_codes;
