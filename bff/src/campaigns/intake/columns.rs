/// Where in a row the fields of a person stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) email: usize,
    pub(super) first_name: Option<usize>,
    pub(super) last_name: Option<usize>,
    pub(super) phone: Option<usize>,
    /// The names of columns that mean nothing here.
    pub(super) ignored: Vec<String>,
}

/// The names of columns, without case, spaces and punctuation, in English and in German.
const EMAIL: [&str; 8] = [
    "email",
    "mail",
    "emailaddress",
    "mailaddress",
    "login",
    "username",
    "emailadresse",
    "mailadresse",
];
const FIRST_NAME: [&str; 5] = ["firstname", "givenname", "first", "vorname", "forename"];
const LAST_NAME: [&str; 6] = [
    "lastname",
    "surname",
    "familyname",
    "last",
    "nachname",
    "familienname",
];
const PHONE: [&str; 11] = [
    "phone",
    "mobile",
    "mobilephone",
    "phonenumber",
    "telephone",
    "primaryphone",
    "cell",
    "telefon",
    "telefonnummer",
    "handy",
    "mobil",
];

/// As much of the name of an ignored column as is shown, in characters.
const MAX_NAME: usize = 40;

impl Columns {
    /// Reads the header. `None`: no column has mail addresses.
    pub(super) fn of_header(names: &[String]) -> Option<Self> {
        let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
        let find = |known: &[&str]| plain.iter().position(|name| known.contains(&name.as_str()));
        let (email, first_name, last_name, phone) = (
            find(&EMAIL)?,
            find(&FIRST_NAME),
            find(&LAST_NAME),
            find(&PHONE),
        );
        let used = [Some(email), first_name, last_name, phone];
        let ignored = names
            .iter()
            .enumerate()
            .filter(|(index, name)| !used.contains(&Some(*index)) && !name.trim().is_empty())
            .map(|(_, name)| name.trim().chars().take(MAX_NAME).collect())
            .collect();
        Some(Self {
            email,
            first_name,
            last_name,
            phone,
            ignored,
        })
    }

    /// Guesses by a first row that is no header: where the address stands, and then first name, last name, telephone.
    pub(super) fn of_row(fields: &[String]) -> Option<Self> {
        let email = fields.iter().position(|field| field.contains('@'))?;
        let mut others = (0..fields.len().max(4)).filter(|index| *index != email);
        Some(Self {
            email,
            first_name: others.next(),
            last_name: others.next(),
            phone: others.next(),
            ignored: Vec::new(),
        })
    }
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn columns_are_found_by_their_names_in_any_order_and_spelling() {
        let columns = Columns::of_header(&texts(&[
            "Dept",
            "Last Name",
            "E-Mail",
            "first_name",
            "Mobile phone",
        ]))
        .expect("columns");
        assert_eq!(columns.email, 2);
        assert_eq!(columns.first_name, Some(3));
        assert_eq!(columns.last_name, Some(1));
        assert_eq!(columns.phone, Some(4));
        assert_eq!(columns.ignored, ["Dept"]);
        let german = Columns::of_header(&texts(&["Vorname", "Nachname", "E-Mail-Adresse"]));
        assert_eq!(german.expect("columns").email, 2);
        assert_eq!(Columns::of_header(&texts(&["name", "age"])), None);
    }

    #[test]
    fn without_a_header_the_address_tells_where_the_rest_is() {
        let columns = Columns::of_row(&texts(&["Ada", "Lovelace", "ada@example.com"]));
        let columns = columns.expect("columns");
        assert_eq!(
            (columns.email, columns.first_name, columns.last_name),
            (2, Some(0), Some(1))
        );
        assert_eq!(Columns::of_row(&texts(&["Ada", "Lovelace"])), None);
    }
}
