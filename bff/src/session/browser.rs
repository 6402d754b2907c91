use http::{HeaderMap, header};

/// What a request tells about the browser: enough for a person to recognise a device in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BrowserInfo {
    label: String,
}

/// Marks of a browser in `User-Agent`. Order matters: Edge and Opera claim to be Chrome, and Chrome to be Safari.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Marks of a system. Android claims to be Linux, and an iPhone to be like Mac OS X.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

impl BrowserInfo {
    /// Reads the `User-Agent` header.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let agent = headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let find = |marks: &[(&str, &'static str)], unknown: &'static str| {
            marks
                .iter()
                .find(|(mark, _)| agent.contains(mark))
                .map_or(unknown, |(_, name)| name)
        };
        let browser = find(&BROWSERS, "Unknown browser");
        let system = find(&SYSTEMS, "unknown system");
        Self {
            label: format!("{browser} on {system}"),
        }
    }

    /// Such as `Firefox on Windows`.
    pub fn label(&self) -> &str {
        &self.label
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(agent: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, http::HeaderValue::from_static(agent));
        BrowserInfo::from_headers(&headers).label
    }

    #[test]
    fn a_device_is_named_as_its_owner_would() {
        assert_eq!(
            label(
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
            ),
            "Chrome on Linux"
        );
        assert_eq!(
            label(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 Version/17.5 Mobile Safari/604.1"
            ),
            "Safari on iPhone"
        );
        assert_eq!(
            label(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0"
            ),
            "Firefox on Windows"
        );
        assert_eq!(label("curl/8"), "Unknown browser on unknown system");
    }
}
