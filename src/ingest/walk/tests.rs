//! Folders as people have them, and what is found in them.

use std::io::Write;

use super::*;
use crate::transcript::model::Kind;

/// A folder of its own for each test, removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("onrecord-walk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn walk(&self) -> Walk {
        walk(std::slice::from_ref(&self.0))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The paths found, without the folder in front.
fn paths(folder: &Folder, walk: &Walk) -> Vec<String> {
    let root = format!("{}/", folder.0.display());
    walk.items.iter().map(|item| item.path.replace(&root, "")).collect()
}

fn titles(walk: &Walk) -> Vec<Option<&str>> {
    walk.items.iter().map(|item| item.described.as_ref().and_then(|described| described.title.as_deref())).collect()
}

#[test]
fn a_folder_yields_its_files_in_order_without_clutter() {
    let folder = Folder::new("order");
    for path in ["b.html", "a/2.txt", "a/1.txt", ".git/config", "a/.hidden", "index.jsonl"] {
        folder.file(path, "Q Hello.");
    }
    let found = folder.walk();
    assert_eq!(paths(&folder, &found), ["a/1.txt", "a/2.txt", "b.html"]);
    assert_eq!(found.items[0].load().unwrap(), b"Q Hello.");
    assert_eq!(found.items[0].name(), "1.txt");
}

#[test]
fn sidecars_describe_from_beside_and_from_above_and_the_nearest_counts() {
    let folder = Folder::new("sidecars");
    folder.file("index.jsonl", r#"{"file": "2024/a.txt", "title": "Far", "series": "s"}"#);
    folder.file("2024/manifest.csv", "file,title\na.txt,Near\n");
    folder.file("2024/a.txt", "x");
    let found = folder.walk();
    let described = found.items[0].described.clone().unwrap();
    assert_eq!((described.title.as_deref(), described.series.as_deref()), (Some("Near"), Some("s")));
    // A file or a folder named alone is described all the same.
    assert_eq!(titles(&walk(&[folder.0.join("2024/a.txt")])), [Some("Near")]);
    fs::remove_file(folder.0.join("2024/manifest.csv")).unwrap();
    assert_eq!(titles(&walk(&[folder.0.join("2024")])), [Some("Far")]);
}

#[test]
fn what_is_wrong_with_a_sidecar_is_told_once() {
    let folder = Folder::new("bad-sidecar");
    folder.file("index.jsonl", "nonsense\n{\"file\": \"gone.txt\"}\n{\"file\": \"gone2.txt\"}\n{\"file\": \"a.txt\"}");
    folder.file("a.txt", "x");
    let found = folder.walk();
    assert_eq!(found.items.len(), 1);
    let codes: Vec<_> = found.refused.iter().map(|(_, problem)| problem.code.as_str()).collect();
    assert_eq!(codes, ["sidecar", "sidecar-missing"]);
    assert!(found.refused[1].1.message.starts_with("2 files are described"));
}

#[test]
fn archives_unfold_with_sidecars_inside_or_beside() {
    let folder = Folder::new("archives");
    let inside =
        [("2024/b.txt", "Q B."), ("2024/a.txt", "Q A."), ("2024/index.jsonl", r#"{"file":"a.txt","title":"A"}"#)];
    folder.file("one.zip", zip(&inside));
    folder.file("two.zip", zip(&[("c.txt", "Q C.")]));
    folder.file("manifest.csv", "file,title,kind\ntwo/c.txt,C,statement\n");
    let found = folder.walk();
    assert_eq!(paths(&folder, &found), ["one.zip/2024/a.txt", "one.zip/2024/b.txt", "two.zip/c.txt"]);
    assert_eq!(titles(&found), [Some("A"), None, Some("C")]);
    assert_eq!(found.items[2].described.as_ref().unwrap().kind, Some(Kind::Statement));
    assert_eq!(found.items[1].load().unwrap(), b"Q B.");
    let uploaded = walk_archive("upload.zip", zip(&inside));
    assert_eq!(uploaded.items[0].path, "upload.zip/2024/a.txt");
    assert_eq!(uploaded.items[0].load().unwrap(), b"Q A.");
}

#[test]
fn office_documents_are_files_and_broken_archives_a_line() {
    let folder = Folder::new("office");
    folder.file("a.docx", zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")]));
    folder.file("b.zip", &zip(&[("x.txt", "some words")])[..50]);
    let found = folder.walk();
    assert_eq!(paths(&folder, &found), ["a.docx"]);
    assert_eq!(found.refused[0].1.code, "archive-damaged");
}

#[test]
fn links_in_circles_and_missing_paths_do_no_harm() {
    let folder = Folder::new("links");
    folder.file("a/x.txt", "x");
    std::os::unix::fs::symlink(&folder.0, folder.0.join("a/loop")).unwrap();
    std::os::unix::fs::symlink("/nonexistent", folder.0.join("a/broken")).unwrap();
    let found = folder.walk();
    assert_eq!(paths(&folder, &found), ["a/x.txt"]);
    assert_eq!(found.refused.len(), 1);
    let missing = walk(&[folder.0.join("nothing-here")]);
    assert_eq!(missing.refused[0].1.message, "There is no file or folder of this name.");
}

#[test]
fn a_file_that_is_too_large_is_refused_unread() {
    let folder = Folder::new("large");
    let path = folder.file("large.txt", "");
    File::options().write(true).open(&path).unwrap().set_len(200 << 20).unwrap();
    let begun = std::time::Instant::now();
    assert_eq!(folder.walk().items[0].load().unwrap_err().code, "too-large");
    assert!(begun.elapsed().as_millis() < 500);
}
