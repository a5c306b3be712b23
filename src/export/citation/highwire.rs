//! `citation_*` meta tags, by which reference managers and scholarly search engines read a page.

use super::{ARCHIVE, Author, Citation};

impl Citation {
    /// Names and contents of the tags, in order.
    pub fn highwire(&self) -> Vec<(&'static str, String)> {
        let mut tags = vec![("citation_title", self.title.clone())];
        for author in self.authors() {
            let name = match author {
                Author::Person(name) => name.family_first(),
                Author::Called(name) | Author::Body(name) => name.replace(',', " –"),
            };
            tags.push(("citation_author", name));
        }
        if let Some(date) = self.date {
            let date = format!("{:04}/{:02}/{:02}", date.year(), date.month(), date.day());
            tags.push(("citation_publication_date", date));
        }
        let own = |value: &Option<String>| value.clone();
        let rest = [
            ("citation_conference_title", own(&self.series)),
            ("citation_conference_place", own(&self.place)),
            ("citation_publisher", own(&self.issuer)),
            ("citation_language", own(&self.language)),
            ("citation_version", Some(format!("revision {}", self.revision))),
            ("citation_firstpage", self.numbers.map(|(first, _)| first.to_string())),
            ("citation_lastpage", self.numbers.map(|(_, last)| last.to_string())),
            ("citation_public_url", Some(self.url.clone())),
            ("citation_source_url", own(&self.official)),
            ("citation_access_date", Some(self.retrieved.to_string().replace('-', "/"))),
            ("citation_database_title", Some(ARCHIVE.to_owned())),
        ];
        tags.extend(rest.into_iter().filter_map(|(name, value)| Some((name, value?))));
        tags
    }
}
