//! Tables to take away (CSV): cells that no spreadsheet takes for a formula.

use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse};

use super::error::Error;

/// A cell that means what it says: what a spreadsheet would take for a formula begins with an apostrophe.
pub fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

/// A row as it stands in the file.
pub fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let guarded = cells.into_iter().map(cell);
    writer.write_record(guarded).map_err(|error| Error::Internal(Box::new(error)))?;
    writer.into_inner().map_err(|error| Error::Internal(error.to_string().into()))
}

/// What such a file says of itself.
pub fn headers(name: &str) -> impl IntoResponse + axum::response::IntoResponseParts {
    AppendHeaders([
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_table_is_a_formula() {
        let row = row(["=1+1", "a, \"b\"", "-", "two\nlines", "@x", "3"]).expect("a row");
        assert_eq!(String::from_utf8_lossy(&row), "'=1+1,\"a, \"\"b\"\"\",'-,\"two\nlines\",'@x,3\r\n");
    }
}
