use crate::handle::Handle;

/// What Okta's state handles begin with today; clients take the whole for opaque.
const PREFIX: &str = "02.id.";

/// The handle of an interaction as it stands in the answers of the sign-in API.
pub(super) fn write(handle: &Handle) -> String {
    format!("{PREFIX}{}", handle.expose())
}

/// Reads a state handle, a state token or an interaction handle: all of them name the same interaction.
pub(crate) fn read(text: &str) -> Handle {
    Handle::received(text.strip_prefix(PREFIX).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_handle_and_an_interaction_handle_are_the_same_handle() {
        let handle = Handle::received("abc");
        assert_eq!(write(&handle), "02.id.abc");
        assert_eq!(read("02.id.abc").expose(), "abc");
        assert_eq!(read("abc").expose(), "abc");
    }
}
