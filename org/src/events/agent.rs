//! What a `User-Agent` header says of its sender, as far as it can be trusted to say anything.

/// The words of Okta's log for a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Agent {
    pub(super) os: &'static str,
    pub(super) browser: &'static str,
    pub(super) device: &'static str,
}

/// The first of these that the header holds, for browsers name those that they want to pass for behind their own name.
const BROWSERS: [(&str, &str); 10] = [
    ("Edg/", "EDGE"),
    ("EdgA/", "EDGE"),
    ("EdgiOS/", "EDGE"),
    ("OPR/", "OPERA"),
    ("Firefox/", "FIREFOX"),
    ("FxiOS/", "FIREFOX"),
    ("CriOS/", "CHROME"),
    ("HeadlessChrome/", "CHROME"),
    ("Chrome/", "CHROME"),
    ("Safari/", "SAFARI"),
];
/// The same for operating systems, with the kind of device that they run on.
const SYSTEMS: [(&str, &str, &str); 7] = [
    ("iPhone", "iOS", "Mobile"),
    ("iPad", "iOS", "Tablet"),
    ("Android", "Android", "Mobile"),
    ("Windows", "Windows", "Computer"),
    ("Macintosh", "Mac OS X", "Computer"),
    ("CrOS", "Chrome OS", "Computer"),
    ("Linux", "Linux", "Computer"),
];

/// Reads the header. What it does not name is `Unknown`, and so is what a program that is no browser says.
pub(super) fn classify(user_agent: &str) -> Agent {
    let browser = BROWSERS.iter().find(|(mark, _)| user_agent.contains(mark));
    let system = SYSTEMS.iter().find(|(mark, ..)| user_agent.contains(mark));
    let (os, device) = match (browser, system) {
        (Some(_), Some((_, os, device))) => (*os, *device),
        (None, Some((_, os, _))) => (*os, "Unknown"),
        (_, None) => ("Unknown", "Unknown"),
    };
    Agent {
        os,
        browser: browser.map_or("UNKNOWN", |(_, name)| name),
        device,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_says_what_its_sender_is_and_nothing_is_made_up() {
        for (header, os, browser, device) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 \
                 Edg/126.0.0.0",
                "Windows",
                "EDGE",
                "Computer",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0",
                "Mac OS X",
                "FIREFOX",
                "Computer",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 \
                 Mobile/15E148 Safari/604.1",
                "iOS",
                "SAFARI",
                "Mobile",
            ),
            ("curl/8.5.0", "Unknown", "UNKNOWN", "Unknown"),
            (
                "okta-sdk-nodejs/8 linux Linux/6.1",
                "Linux",
                "UNKNOWN",
                "Unknown",
            ),
            ("", "Unknown", "UNKNOWN", "Unknown"),
        ] {
            let expected = Agent {
                os,
                browser,
                device,
            };
            assert_eq!(classify(header), expected, "{header}");
        }
    }
}
