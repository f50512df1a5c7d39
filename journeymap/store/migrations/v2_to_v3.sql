PRAGMA legacy_alter_table = ON;

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

DROP TABLE old_data_set;

ALTER TABLE map RENAME TO old_map;

CREATE TABLE map (
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  scenario TEXT NOT NULL,
  finding TEXT NOT NULL,
  client TEXT NOT NULL,
  team TEXT NOT NULL,
  owner TEXT NOT NULL,
  language TEXT NOT NULL,
  currency TEXT NOT NULL,
  example INTEGER NOT NULL CHECK (example IN (0, 1)),
  privacy_limit INTEGER NOT NULL,
  brand_id TEXT,
  year_start INTEGER NOT NULL,
  column_width INTEGER NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(brand_id) REFERENCES brand (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

INSERT INTO map SELECT id, title, scenario, finding, client, team, owner, language, currency, example, privacy_limit, brand_id, year_start, 0 FROM old_map;

DROP TABLE old_map;

CREATE INDEX ix_map_brand_id ON map (brand_id);

ALTER TABLE persona RENAME TO old_persona;

CREATE TABLE persona (
  id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  name TEXT NOT NULL,
  line TEXT NOT NULL,
  age INTEGER,
  quote TEXT NOT NULL,
  hue INTEGER NOT NULL,
  avatar TEXT NOT NULL,
  picture_hash TEXT NOT NULL,
  interviews INTEGER,
  segment_column TEXT NOT NULL,
  segment_value TEXT NOT NULL,
  origin_id TEXT NOT NULL,
  hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
  evidence TEXT NOT NULL,
  origin_map TEXT NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

INSERT INTO persona SELECT id, "order", name, line, age, quote, hue, avatar, picture_hash, interviews, segment_column, segment_value, origin_id, hidden, '', '', '' FROM old_persona;

DROP TABLE old_persona;

ALTER TABLE lane RENAME TO old_lane;

CREATE TABLE lane (
  id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  hint TEXT NOT NULL,
  hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
  folded INTEGER NOT NULL CHECK (folded IN (0, 1)),
  colour TEXT NOT NULL,
  height INTEGER NOT NULL,
  kpi TEXT NOT NULL,
  chart TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

INSERT INTO lane SELECT id, "order", kind, name, hint, hidden, folded, '', 0, '', '' FROM old_lane;

DROP TABLE old_lane;

ALTER TABLE attachment RENAME TO old_attachment;

CREATE TABLE attachment (
  id TEXT NOT NULL,
  touchpoint_id TEXT,
  lane_id TEXT,
  "order" TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  url TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(lane_id) REFERENCES lane (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

INSERT INTO attachment SELECT id, touchpoint_id, lane_id, "order", name, media_type, content_hash, '' FROM old_attachment;

DROP TABLE old_attachment;

CREATE INDEX ix_attachment_lane_id ON attachment (lane_id);

CREATE INDEX ix_attachment_touchpoint_id ON attachment (touchpoint_id);

ALTER TABLE "view" RENAME TO old_view;

CREATE TABLE "view" (
  id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  lanes TEXT NOT NULL,
  personas TEXT NOT NULL,
  phases TEXT NOT NULL,
  departments TEXT NOT NULL,
  channels TEXT NOT NULL,
  tags TEXT NOT NULL,
  states TEXT NOT NULL,
  kpi TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

INSERT INTO "view" SELECT id, "order", name, kind, lanes, personas, '[]', '[]', '[]', '[]', '[]', '' FROM old_view;

DROP TABLE old_view;

ALTER TABLE touchpoint RENAME TO old_touchpoint;

CREATE TABLE touchpoint (
  id TEXT NOT NULL,
  phase_id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  channel_id TEXT,
  department_id TEXT,
  owner TEXT NOT NULL,
  initiator TEXT NOT NULL,
  influence TEXT NOT NULL,
  outcome TEXT NOT NULL,
  moment_of_truth INTEGER NOT NULL CHECK (moment_of_truth IN (0, 1)),
  message TEXT NOT NULL,
  reach REAL,
  counterpart_id TEXT,
  tension REAL,
  PRIMARY KEY (id),
  FOREIGN KEY(phase_id) REFERENCES phase (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(channel_id) REFERENCES channel (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(department_id) REFERENCES department (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(counterpart_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

INSERT INTO touchpoint SELECT id, phase_id, "order", name, description, channel_id, department_id, owner, initiator, influence, outcome, moment_of_truth, message, reach, counterpart_id, NULL FROM old_touchpoint;

DROP TABLE old_touchpoint;

CREATE INDEX ix_touchpoint_channel_id ON touchpoint (channel_id);

CREATE INDEX ix_touchpoint_counterpart_id ON touchpoint (counterpart_id);

CREATE INDEX ix_touchpoint_department_id ON touchpoint (department_id);

CREATE INDEX ix_touchpoint_phase_id ON touchpoint (phase_id);

PRAGMA legacy_alter_table = OFF
