//! Lists that come in pages.

use http::HeaderMap;
use http::header::LINK;

/// The path and query of the next page, from the `Link` headers of a list.
///
/// There may be one header for each relation or one for all. Only path and query are taken: a page is asked for at the org
/// that was named on the command line, whatever host stands in the header, so that the token goes nowhere else.
pub(crate) fn next(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(entries)
        .find(|(_, rel)| rel.contains(r#"rel="next""#))
        .and_then(|(address, _)| path_and_query(address))
}

/// `<address>; parameters` for each entry. An address may hold commas, so the angle brackets are what divides.
fn entries(header: &str) -> impl Iterator<Item = (&str, &str)> {
    header
        .split('<')
        .skip(1)
        .filter_map(|entry| entry.split_once('>'))
}

fn path_and_query(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let query = url
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    Some(format!("{}{query}", url.path()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(LINK, HeaderValue::from_str(value).expect("a header"));
        }
        headers
    }

    #[test]
    fn the_next_page_is_found_in_one_header_or_in_several() {
        let own = r#"<https://example.okta.com/api/v1/users?limit=1>; rel="self""#;
        let next_page =
            r#"<https://example.okta.com/api/v1/users?after=00u1,2&limit=1>; rel="next""#;
        let expected = Some("/api/v1/users?after=00u1,2&limit=1".to_owned());
        assert_eq!(next(&headers(&[own, next_page])), expected);
        assert_eq!(next(&headers(&[&format!("{own}, {next_page}")])), expected);
        assert_eq!(next(&headers(&[own])), None);
    }

    #[test]
    fn a_page_at_another_host_is_asked_for_at_the_org() {
        let elsewhere = r#"<https://evil.example/api/v1/users?after=1>; rel="next""#;
        assert_eq!(
            next(&headers(&[elsewhere])).as_deref(),
            Some("/api/v1/users?after=1")
        );
    }
}
