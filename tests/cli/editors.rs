//! `onrecord editors` and whom an import names.

use std::io::Write as _;
use std::process::Stdio;

use super::fiction;
use super::world::{Outcome, World};

pub fn add_with_password(world: &World, email: &str, password: &str) -> Outcome {
    let mut command = world.command(&["editors", "add", email, "--role", "admin", "--password-stdin"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{password}").unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Outcome { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr), seconds: 0.0 }
}

#[test]
fn accounts_are_made_listed_disabled_and_enabled() {
    let world = World::new("editors");
    let invited = world.run(&["editors", "add", "Bo@Harbour.example", "--public-url", "https://onrecord.example/"]);
    assert_eq!(invited.code, Some(0), "{invited:?}");
    assert!(invited.stdout.contains("by https://onrecord.example/editor/enter?token="), "{invited:?}");
    let short = add_with_password(&world, "ada@harbour.example", "short");
    assert_eq!(short.code, Some(1));
    assert!(short.stderr.contains("A password has at least 12 characters."), "{short:?}");
    let added = add_with_password(&world, "ada@harbour.example", "three grey herons");
    assert_eq!(added.code, Some(0), "{added:?}");
    let twice = world.run(&["editors", "add", "bo@harbour.example"]);
    assert!(twice.code == Some(1) && twice.stderr.contains("There is an account of this address"), "{twice:?}");
    let wrong = world.run(&["editors", "add", "bo"]);
    assert!(wrong.code == Some(1) && wrong.stderr.contains("written like name@example.org"), "{wrong:?}");
    assert_eq!(world.run(&["editors", "add", "bo@harbour.example", "--role", "king"]).code, Some(2));

    assert_eq!(world.run(&["editors", "disable", "bo@harbour.example"]).code, Some(0));
    let list = world.run(&["editors", "list"]);
    assert_eq!(list.stdout, "ada@harbour.example\tadmin\tactive\nbo@harbour.example\teditor\tdisabled\n");
    let last = world.run(&["editors", "disable", "ada@harbour.example"]);
    assert!(last.code == Some(1) && last.stderr.contains("This is the last admin who can sign in."), "{last:?}");
    let nobody = world.run(&["editors", "enable", "nobody@harbour.example"]);
    assert!(nobody.code == Some(1) && nobody.stderr.contains("There is no account of this address."), "{nobody:?}");
    assert_eq!(world.run(&["editors", "enable", "bo@harbour.example"]).code, Some(0));
    assert!(world.run(&["editors", "list"]).stdout.contains("bo@harbour.example\teditor\tinvited"));

    let server = world.serve();
    assert_eq!(server.link, None, "there is an admin: no link is printed");
}

#[test]
fn an_import_names_an_account_that_is_in_use() {
    let world = World::new("import-as");
    let file = world.file("a.html", fiction::briefing(1, 4));
    let unknown = world.run(&["import", "--as", "ada@harbour.example", &file]);
    assert!(unknown.code == Some(1) && unknown.stderr.contains("There is no account of this address."), "{unknown:?}");
    assert_eq!(world.run(&["editors", "add", "ada@harbour.example"]).code, Some(0));
    assert_eq!(world.run(&["editors", "disable", "ada@harbour.example"]).code, Some(0));
    let disabled = world.run(&["import", "--as", "ada@harbour.example", &file]);
    assert!(disabled.code == Some(1) && disabled.stderr.contains("This account is disabled."), "{disabled:?}");
    assert_eq!(world.run(&["editors", "enable", "ada@harbour.example"]).code, Some(0));
    world.import(&["--as", "Ada@harbour.example", &file]).assert_counts(1, 0, 0);
}
