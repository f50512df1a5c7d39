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
  PRIMARY KEY (id),
  FOREIGN KEY(brand_id) REFERENCES brand (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

INSERT INTO map SELECT id, title, scenario, finding, client, team, owner, language, currency, example, privacy_limit, brand_id, 1 FROM old_map;

DROP TABLE old_map;

CREATE INDEX ix_map_brand_id ON map (brand_id);

ALTER TABLE measure RENAME TO old_measure;

CREATE TABLE measure (
  id TEXT NOT NULL,
  data_set_id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  touchpoint_id TEXT,
  phase_id TEXT,
  kpi TEXT NOT NULL,
  name TEXT NOT NULL,
  "column" TEXT NOT NULL,
  statistic TEXT NOT NULL,
  unit TEXT NOT NULL,
  counted TEXT NOT NULL,
  scale TEXT NOT NULL,
  positive TEXT NOT NULL,
  is_reversed INTEGER NOT NULL CHECK (is_reversed IN (0, 1)),
  rows INTEGER NOT NULL,
  n INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  not_applicable INTEGER NOT NULL,
  unreadable INTEGER NOT NULL,
  definition TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(data_set_id) REFERENCES data_set (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(phase_id) REFERENCES phase (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

INSERT INTO measure SELECT id, data_set_id, "order", touchpoint_id, phase_id, kpi, name, "column", statistic, unit, counted, scale, positive, is_reversed, rows, n, missing, not_applicable, unreadable, '' FROM old_measure;

DROP TABLE old_measure;

CREATE INDEX ix_measure_data_set_id ON measure (data_set_id);

CREATE INDEX ix_measure_phase_id ON measure (phase_id);

CREATE INDEX ix_measure_touchpoint_id ON measure (touchpoint_id)
