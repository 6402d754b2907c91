use std::fmt::Write as _;

use crate::Area;

/// The list of checks, as it stands in the documentation.
pub fn catalogue() -> String {
    let mut text = String::new();
    let mut area: Option<Area> = None;
    for check in crate::checks() {
        if area != Some(check.area) {
            area = Some(check.area);
            let title = check.area.title();
            let _written = write!(
                text,
                "\n### {title}\n\n| id | what is true when it passes | at worst | source |\n| --- | --- | --- | --- |\n"
            );
        }
        let (id, promise, worst, source) = (check.id, check.promise, check.worst, check.source);
        let _written = writeln!(text, "| `{id}` | {promise} | {worst} | {source} |");
    }
    text.trim_start().to_owned()
}
