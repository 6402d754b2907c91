use model::ReturnTo;

use crate::path;

/// The onboarding page, with the deep link to follow in the end and whatever else it is asked.
pub(super) fn address(then: &str, asked: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let wanted = ReturnTo::parse(then);
    if wanted != ReturnTo::default() {
        query.append_pair("return_to", wanted.as_str());
    }
    query.extend_pairs(asked);
    let query = query.finish();
    if query.is_empty() {
        path::ONBOARDING.to_owned()
    } else {
        format!("{}?{query}", path::ONBOARDING)
    }
}
