//! Tests the token, which every call needs.

use switchboard_api::{
    ApiError,
    endpoints::{DeleteUser, GetOrganisation, ListOperators},
};

use super::transport::with_each_encoding;

#[test]
fn a_wrong_token_is_not_authorised_whatever_the_call() {
    with_each_encoding(|client| {
        let mut wrong = client.clone();
        wrong.connection.token = "wrong".parse().expect("a token");
        let grace = DeleteUser {
            email: "grace@acme.example".parse().expect("an e-mail"),
        };
        for error in [
            wrong.call(&GetOrganisation).map(drop),
            wrong.call(&ListOperators).map(drop),
            wrong.call(&grace).map(drop),
        ] {
            let Err(ApiError::NotAuthorised {
                http_status: 401,
                field_errors,
                ..
            }) = error
            else {
                panic!("{error:?}")
            };
            assert_eq!(field_errors[0].text, "Invalid api_token");
        }
        assert_eq!(client.done(&ListOperators).len(), 12);
    });
}

#[test]
fn token_in_another_header_is_not_authorised() {
    with_each_encoding(|client| {
        let mut other = client.clone();
        other.connection.token_header = "access_token".parse().expect("a header's name");
        assert!(matches!(
            other.call(&GetOrganisation),
            Err(ApiError::NotAuthorised {
                http_status: 401,
                ..
            })
        ));
    });
}
