// Tables of the log, written by triggers and by the importer, never by TypeORM entities (hand-off design 4).

/** DDL of the log as of the first release; later changes are migrations. */
export const LOG_TABLES: readonly string[] = [
  `CREATE TABLE sync_local (
    one INTEGER PRIMARY KEY CHECK (one = 1), device_no INTEGER NOT NULL, tag TEXT NOT NULL,
    ms INTEGER NOT NULL, c INTEGER NOT NULL, capture INTEGER NOT NULL,
    actor TEXT, batch TEXT, src TEXT
  ) STRICT`,
  'CREATE TABLE sync_stream (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT',
  'CREATE TABLE sync_device (no INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE, office TEXT, cert TEXT, forked INTEGER NOT NULL DEFAULT 0) STRICT',
  // An ordinary rowid table with interned integers: less than half the size of one keyed by text.
  `CREATE TABLE sync_op (
    local_seq INTEGER PRIMARY KEY, stream_no INTEGER NOT NULL, device_no INTEGER NOT NULL, n INTEGER NOT NULL,
    hlc TEXT NOT NULL, at TEXT NOT NULL, tbl TEXT NOT NULL, row_id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    actor TEXT, batch TEXT, src TEXT, schema INTEGER NOT NULL,
    UNIQUE (stream_no, device_no, n)
  ) STRICT`,
  'CREATE INDEX idx_sync_op_row ON sync_op (row_id)',
  'CREATE INDEX idx_sync_op_batch ON sync_op (batch)',
  'CREATE TABLE sync_row (id TEXT PRIMARY KEY, tbl TEXT NOT NULL, stream_no INTEGER NOT NULL, birth TEXT NOT NULL) STRICT, WITHOUT ROWID',
  `CREATE TABLE sync_field (
    row_id TEXT NOT NULL, field TEXT NOT NULL, w TEXT NOT NULL, rivals TEXT NOT NULL, PRIMARY KEY (row_id, field)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE sync_have (
    stream_no INTEGER NOT NULL, device_no INTEGER NOT NULL, upto INTEGER NOT NULL, extra TEXT, PRIMARY KEY (stream_no, device_no)
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
