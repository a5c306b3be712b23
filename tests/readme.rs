//! The README says what is: its table of settings is the one that the command line has.

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const BEGIN: &str = "<!-- settings: begin -->\n";
const END: &str = "<!-- settings: end -->";

#[test]
fn the_readme_lists_every_setting() {
    let readme = std::fs::read_to_string(README).expect("the README");
    let (before, rest) = readme.split_once(BEGIN).expect("where the table begins");
    let (table, after) = rest.split_once(END).expect("where it ends");
    let right = onrecord::cli::settings_table();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(README, format!("{before}{BEGIN}{right}{END}{after}")).expect("the README written");
        return;
    }
    assert_eq!(table, right, "write it anew with BLESS=1 cargo test readme");
}
