"""Loads `onrecord export --format jsonl` (standard input) into an SQLite file as Datasette would be given it.

    onrecord export --format jsonl --data-dir DIR | python3 benches/datasette/load.py archive.db
"""

import json
import sqlite3
import sys


def slug(value):
    return value.get("slug") if isinstance(value, dict) else value


def rows(lines):
    for line in lines:
        briefing = json.loads(line)
        for utterance in briefing["utterances"]:
            yield (
                briefing["slug"],
                utterance["number"],
                briefing.get("date"),
                slug(briefing.get("series")),
                utterance.get("label"),
                slug(utterance.get("speaker")),
                utterance["text"],
            )


database = sqlite3.connect(sys.argv[1])
database.executescript(
    """
    create table utterance (id integer primary key, briefing text, number integer, date text, series text, label text,
                            speaker text, text text);
    """
)
database.executemany(
    "insert into utterance (briefing, number, date, series, label, speaker, text) values (?, ?, ?, ?, ?, ?, ?)",
    rows(sys.stdin),
)
database.executescript(
    """
    create virtual table utterance_fts using fts5(text, content='utterance', content_rowid='id',
                                                  tokenize='porter unicode61 remove_diacritics 2');
    insert into utterance_fts (utterance_fts) values ('rebuild');
    insert into utterance_fts (utterance_fts) values ('optimize');
    create index utterance_speaker on utterance (speaker);
    analyze;
    """
)
database.commit()
print(database.execute("select count(*) from utterance").fetchone()[0], "utterances")
