//! What survives, and who sees it.

use super::*;

fn one(id: i64, text: &str) -> Briefing {
    Briefing::held_on(id, "2031-03-14").turn("A", 1, text)
}

#[test]
fn a_briefing_is_replaced_or_removed_as_a_whole() {
    let folder = Folder::new();
    let index = opened(&folder, [one(1, "harbour").turn("B", 2, "ferry"), one(2, "harbour")]);
    assert_eq!(finds(&index, "harbour"), [1000, 2000]);
    index.apply(2, [one(1, "tax").change()].map(Ok)).unwrap();
    assert_eq!(finds(&index, "harbour OR ferry"), [2000]);
    assert_eq!(finds(&index, "tax"), [1000]);
    index.apply(3, [gone(1), gone(2)].map(Ok)).unwrap();
    assert_eq!(index.search(&Query::default()).unwrap(), Answer::default());
    assert_eq!(index.position(), 3);
}

#[test]
fn an_index_remembers_its_position_and_lets_one_process_write() {
    let folder = Folder::new();
    let index = opened(&folder, [one(1, "harbour")]);
    assert!(matches!(Index::open(folder.path(), Access::Writer), Err(IndexError::Locked(_))));
    let reader = Index::open(folder.path(), Access::Reader).unwrap();
    assert_eq!(reader.position(), 1);
    assert!(matches!(reader.apply(2, []), Err(IndexError::ReadOnly)));
    index.apply(5, [one(2, "harbour").change()].map(Ok)).unwrap();
    reader.refresh().unwrap();
    assert_eq!((reader.position(), finds(&reader, "harbour")), (5, vec![1000, 2000]));
    drop(index);
    let index = Index::open(folder.path(), Access::Writer).unwrap();
    assert_eq!((index.position(), finds(&index, "harbour")), (5, vec![1000, 2000]));
}

#[test]
fn a_reader_waits_for_the_first_writer() {
    let folder = Folder::new();
    let reader = Index::open(folder.path(), Access::Reader).unwrap();
    assert_eq!((reader.position(), reader.search(&Query::default()).unwrap().total), (0, 0));
    let _index = opened(&folder, [one(1, "harbour")]);
    reader.refresh().unwrap();
    assert_eq!((reader.position(), finds(&reader, "harbour")), (1, vec![1000]));
}

#[test]
fn what_was_not_committed_is_gone_after_a_crash() {
    let folder = Folder::new();
    let index = opened(&folder, [one(1, "harbour")]);
    {
        // As after kill -9: written, never committed, nothing tidied up.
        let mut writing = index.writing.get().unwrap().lock().unwrap();
        let mut writer = writing.writer.take().unwrap();
        writer.add(one(1, "ferry").change()).unwrap();
        writer.add(one(2, "ferry").change()).unwrap();
    }
    drop(index);
    let index = Index::open(folder.path(), Access::Writer).unwrap();
    assert_eq!((index.position(), finds(&index, "harbour"), finds(&index, "ferry")), (1, vec![1000], vec![]));
    index.apply(2, [one(2, "ferry").change()].map(Ok)).unwrap();
    assert_eq!(finds(&index, "ferry"), [2000]);
}

#[test]
fn an_interrupted_batch_leaves_nothing_to_the_next() {
    let folder = Folder::new();
    let index = opened(&folder, [one(1, "harbour")]);
    {
        let mut writing = index.writing.get().unwrap().lock().unwrap();
        let writer = writing.writer.as_mut().unwrap();
        writer.add(one(2, "ferry").change()).unwrap();
        writer.rollback().unwrap();
    }
    index.apply(3, [one(3, "tax").change()].map(Ok)).unwrap();
    assert_eq!(finds(&index, "ferry OR tax OR harbour"), [1000, 3000]);
}

#[test]
fn a_rebuilt_index_takes_the_place_of_the_old_one_at_once() {
    let folder = Folder::new();
    let index = opened(&folder, [one(1, "harbour")]);
    let reader = Index::open(folder.path(), Access::Reader).unwrap();
    let mut rebuild = index.rebuild().unwrap();
    rebuild.add(one(2, "harbour").change()).unwrap();
    assert_eq!(finds(&index, "harbour"), [1000]);
    index.apply(8, [one(3, "harbour").change()].map(Ok)).unwrap();
    rebuild.finish(7).unwrap();
    assert_eq!((index.position(), finds(&index, "harbour")), (7, vec![2000]));
    reader.refresh().unwrap();
    assert_eq!((reader.position(), finds(&reader, "harbour")), (7, vec![2000]));
    index.apply(9, [one(4, "harbour").change()].map(Ok)).unwrap();
    assert_eq!(finds(&index, "harbour"), [2000, 4000]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "current, lock and one generation");
}

#[test]
fn an_abandoned_rebuild_changes_nothing_and_is_tidied_up() {
    let folder = Folder::new();
    let index = opened(&folder, [one(1, "harbour")]);
    let mut rebuild = index.rebuild().unwrap();
    rebuild.add(one(2, "harbour").change()).unwrap();
    drop(rebuild);
    drop(index);
    let index = Index::open(folder.path(), Access::Writer).unwrap();
    assert_eq!((index.position(), finds(&index, "harbour")), (1, vec![1000]));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn an_index_of_another_version_or_a_broken_one_counts_as_empty() {
    let folder = Folder::new();
    drop(opened(&folder, [one(1, "harbour")]));
    std::fs::write(folder.path().join("current"), "gen-000001 v0").unwrap();
    assert_eq!(Index::open(folder.path(), Access::Reader).unwrap().position(), 0);
    let index = Index::open(folder.path(), Access::Writer).unwrap();
    assert_eq!((index.position(), index.search(&Query::default()).unwrap().total), (0, 0));
    index.apply(4, [one(1, "harbour").change()].map(Ok)).unwrap();
    drop(index);
    std::fs::write(folder.path().join("gen-000002/meta.json"), "nonsense").unwrap();
    assert_eq!(Index::open(folder.path(), Access::Writer).unwrap().position(), 0);
}
