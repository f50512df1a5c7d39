ALTER TABLE register_entry RENAME TO old_register_entry;

CREATE TABLE register_entry (
  id TEXT NOT NULL,
  touchpoint_id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  data TEXT NOT NULL,
  purpose TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  retention TEXT NOT NULL,
  recipients TEXT NOT NULL,
  special TEXT NOT NULL,
  source TEXT NOT NULL,
  no_data INTEGER NOT NULL CHECK (no_data IN (0, 1)),
  PRIMARY KEY (id),
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

INSERT INTO register_entry SELECT id, touchpoint_id, "order", data, purpose, legal_basis, retention, recipients, '', '', 0 FROM old_register_entry;

DROP TABLE old_register_entry;

CREATE INDEX ix_register_entry_touchpoint_id ON register_entry (touchpoint_id);

ALTER TABLE data_set RENAME TO old_data_set;

CREATE TABLE data_set (
  id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  recipe TEXT NOT NULL,
  account TEXT NOT NULL,
  imported TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  grain TEXT NOT NULL,
  weighted INTEGER NOT NULL CHECK (weighted IN (0, 1)),
  segments TEXT NOT NULL,
  series TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

INSERT INTO data_set SELECT id, "order", name, source, fingerprint, recipe, account, imported, first_day, last_day, grain, weighted, segments, '' FROM old_data_set;

DROP TABLE old_data_set
