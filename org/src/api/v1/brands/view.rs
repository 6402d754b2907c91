use serde_json::{Value, json};

use crate::api::hinted;
use crate::branding::Brand;
use crate::config::OrgUrl;
use crate::events::Target;
use crate::paths;

/// The brand in Okta's shape.
pub(super) fn view(brand: &Brand, url: &OrgUrl) -> Value {
    let own = format!("/brands/{}", brand.id);
    let settings = &brand.settings;
    let mut view = json!({
        "id": brand.id,
        "name": brand.name,
        "isDefault": brand.is_default,
        "removePoweredByOkta": settings.remove_powered_by_okta,
        "customPrivacyPolicyUrl": settings.custom_privacy_policy_url,
        "agreeToCustomPrivacyPolicy": settings.agree_to_custom_privacy_policy,
        "defaultApp": {"appInstanceId": null, "appLinkName": null, "classicApplicationUri": null},
        "_links": {
            "themes": hinted(url, &format!("{own}/themes"), &["GET"]),
            "self": hinted(url, &own, &["GET", "PUT", "DELETE"]),
        },
    });
    if let Some(locale) = &settings.locale {
        view["locale"] = json!(locale);
    }
    view
}

/// The theme of a brand in Okta's shape. The local org has one logo.
pub(super) fn theme_view(brand: &Brand, url: &OrgUrl) -> Value {
    let own = format!("/brands/{}/themes/{}", brand.id, brand.theme_id);
    let icon = url.to(paths::ICON);
    let mut view = json!(brand.theme);
    view["id"] = json!(brand.theme_id);
    view["logo"] = json!(icon);
    view["favicon"] = json!(icon);
    view["backgroundImage"] = Value::Null;
    let upload = |name: &str| hinted(url, &format!("{own}/{name}"), &["POST", "DELETE"]);
    view["_links"] = json!({
        "self": hinted(url, &own, &["GET", "PUT"]),
        "logo": upload("logo"),
        "favicon": upload("favicon"),
        "background-image": upload("background-image"),
    });
    view
}

/// The brand in the System Log.
pub(super) fn target(brand: &Brand) -> Target {
    Target::new("Brand", brand.id.as_str(), "unknown", brand.name.clone())
}
