// Tables of the log, written by triggers and by the importer, never by TypeORM entities (hand-off design 4).

/** DDL of the log as of the first release; later changes are migrations. */
export const LOG_TABLES: readonly string[] = [
  // `home` is a note of the triggers to themselves: number of the stream of the row being written.
  `CREATE TABLE sync_local (
    one INTEGER PRIMARY KEY CHECK (one = 1), device_no INTEGER NOT NULL, tag TEXT NOT NULL,
    ms INTEGER NOT NULL, c INTEGER NOT NULL, capture INTEGER NOT NULL,
    actor TEXT, batch TEXT, src TEXT, home INTEGER
  ) STRICT`,
  'CREATE TABLE sync_stream (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT',
  'CREATE TABLE sync_device (no INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE, office TEXT, cert TEXT, forked INTEGER NOT NULL DEFAULT 0) STRICT',
  // An ordinary rowid table with interned integers: less than half the size of one keyed by text. Local numbers are never used again, also
  // when an import is taken back: marks outside the database, exports and previews name them.
  `CREATE TABLE sync_op (
    local_seq INTEGER PRIMARY KEY AUTOINCREMENT, stream_no INTEGER NOT NULL, device_no INTEGER NOT NULL, n INTEGER NOT NULL,
    hlc TEXT NOT NULL, at TEXT NOT NULL, tbl TEXT NOT NULL, row_id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    actor TEXT, batch TEXT, src TEXT, schema INTEGER NOT NULL,
    UNIQUE (stream_no, device_no, n)
  ) STRICT`,
  'CREATE INDEX idx_sync_op_row ON sync_op (row_id)',
  'CREATE INDEX idx_sync_op_batch ON sync_op (batch)',
  "CREATE INDEX idx_sync_op_deletion ON sync_op (row_id) WHERE kind = 'd'",
  'CREATE TABLE sync_row (id TEXT PRIMARY KEY, tbl TEXT NOT NULL, stream_no INTEGER NOT NULL, birth TEXT NOT NULL) STRICT, WITHOUT ROWID',
  `CREATE TABLE sync_field (
    row_id TEXT NOT NULL, field TEXT NOT NULL, w TEXT NOT NULL, rivals TEXT NOT NULL, PRIMARY KEY (row_id, field)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE sync_have (
    stream_no INTEGER NOT NULL, device_no INTEGER NOT NULL, upto INTEGER NOT NULL, extra TEXT, PRIMARY KEY (stream_no, device_no)
  ) STRICT, WITHOUT ROWID`,
  // What a partner proved to hold, by a signed package or receipt of its own: the base of the next delta.
  `CREATE TABLE sync_peer_have (
    peer_no INTEGER NOT NULL, stream_no INTEGER NOT NULL, device_no INTEGER NOT NULL, upto INTEGER NOT NULL, extra TEXT, package_id TEXT NOT NULL,
    PRIMARY KEY (peer_no, stream_no, device_no)
  ) STRICT, WITHOUT ROWID`,
  // Attachments that a partner knows of but lacks, as its last package or receipt said: the next package to it carries them.
  `CREATE TABLE sync_peer_want (peer_no INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (peer_no, sha256)) STRICT, WITHOUT ROWID`,
  // Derived by the fold: what people must or may decide. Rebuilt at any time; sync_note keeps what was said about an item here.
  `CREATE TABLE sync_conflict (
    id TEXT PRIMARY KEY, tbl TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL, class TEXT NOT NULL, level TEXT NOT NULL,
    heads TEXT NOT NULL, base TEXT, provisional INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX idx_sync_conflict_row ON sync_conflict (row_id)',
  'CREATE TABLE sync_note (conflict_id TEXT PRIMARY KEY, assignee TEXT, comment TEXT, by TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID',
  // Rows that are shown as another one: entered twice and merged. Derived from the live alias edges.
  'CREATE TABLE sync_alias_root (id TEXT PRIMARY KEY, root TEXT NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE INDEX idx_sync_alias_root ON sync_alias_root (root)',
  // Signed heads of the hash chains of operations, by which an author is known even when somebody else passes them on.
  `CREATE TABLE sync_seal (
    stream_no INTEGER NOT NULL, device_no INTEGER NOT NULL, n INTEGER NOT NULL, hash TEXT NOT NULL, sig TEXT NOT NULL,
    PRIMARY KEY (stream_no, device_no, n)
  ) STRICT, WITHOUT ROWID`,
  // Offices whose fingerprint somebody here compared by telephone.
  `CREATE TABLE handoff_partner (
    office TEXT PRIMARY KEY, name TEXT NOT NULL, code TEXT NOT NULL, key TEXT NOT NULL, confirmed_by TEXT NOT NULL, confirmed_at TEXT NOT NULL, revoked_at TEXT,
    devices TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE handoff_import (
    id TEXT PRIMARY KEY, package_id TEXT NOT NULL, office TEXT NOT NULL, device TEXT NOT NULL, made_at TEXT NOT NULL, kind TEXT NOT NULL,
    applied_at TEXT NOT NULL, actor TEXT NOT NULL, summary TEXT NOT NULL, ranges TEXT NOT NULL, undone_at TEXT
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE handoff_export (
    package_id TEXT PRIMARY KEY, kind TEXT NOT NULL, made_at TEXT NOT NULL, actor TEXT NOT NULL, recipients TEXT NOT NULL, folder TEXT NOT NULL,
    scope TEXT NOT NULL, ops INTEGER NOT NULL, blobs INTEGER NOT NULL, last_seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  // What people did, by name: one row per action, so that it can be listed and undone.
  `CREATE TABLE action_log (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, actor TEXT NOT NULL, source TEXT NOT NULL, at TEXT NOT NULL,
    undo_of TEXT, undone_by TEXT, ops INTEGER NOT NULL
  ) STRICT`,
  'CREATE INDEX idx_action_log_at ON action_log (at)',
  'CREATE TABLE number_counter (device_no INTEGER NOT NULL, series TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (device_no, series)) STRICT, WITHOUT ROWID',
  // Settings of this computer and facts about the store itself; never exchanged.
  'CREATE TABLE store_setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
  `CREATE TABLE search_entry (
    row_id TEXT PRIMARY KEY, entity TEXT NOT NULL, title TEXT NOT NULL, detail TEXT NOT NULL, words TEXT NOT NULL, parent_id TEXT
  ) STRICT, WITHOUT ROWID`,
];
