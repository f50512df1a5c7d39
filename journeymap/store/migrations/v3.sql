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

CREATE INDEX ix_map_brand_id ON map (brand_id);

CREATE TABLE brand (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  colour TEXT NOT NULL,
  logo_hash TEXT NOT NULL,
  font TEXT NOT NULL,
  footer TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE state (
  id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

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

CREATE TABLE trait (
  id TEXT NOT NULL,
  persona_id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(persona_id) REFERENCES persona (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_trait_persona_id ON trait (persona_id);

CREATE TABLE slider (
  id TEXT NOT NULL,
  persona_id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  low TEXT NOT NULL,
  high TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(persona_id) REFERENCES persona (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_slider_persona_id ON slider (persona_id);

CREATE TABLE phase (
  id TEXT NOT NULL,
  state_id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  name TEXT NOT NULL,
  goal TEXT NOT NULL,
  duration TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(state_id) REFERENCES state (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_phase_state_id ON phase (state_id);

CREATE TABLE department (
  id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  name TEXT NOT NULL,
  external INTEGER NOT NULL CHECK (external IN (0, 1)),
  PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE channel (
  id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  name TEXT NOT NULL,
  icon TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

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

CREATE INDEX ix_touchpoint_channel_id ON touchpoint (channel_id);

CREATE INDEX ix_touchpoint_counterpart_id ON touchpoint (counterpart_id);

CREATE INDEX ix_touchpoint_department_id ON touchpoint (department_id);

CREATE INDEX ix_touchpoint_phase_id ON touchpoint (phase_id);

CREATE TABLE link (
  id TEXT NOT NULL,
  source_id TEXT NOT NULL,
  target_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  share REAL,
  persona_id TEXT,
  PRIMARY KEY (id),
  FOREIGN KEY(source_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(target_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(persona_id) REFERENCES persona (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_link_persona_id ON link (persona_id);

CREATE INDEX ix_link_source_id ON link (source_id);

CREATE INDEX ix_link_target_id ON link (target_id);

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

CREATE TABLE card (
  id TEXT NOT NULL,
  lane_id TEXT NOT NULL,
  touchpoint_id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  text TEXT NOT NULL,
  span INTEGER NOT NULL,
  persona_id TEXT,
  PRIMARY KEY (id),
  FOREIGN KEY(lane_id) REFERENCES lane (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(persona_id) REFERENCES persona (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_card_lane_id ON card (lane_id);

CREATE INDEX ix_card_persona_id ON card (persona_id);

CREATE INDEX ix_card_touchpoint_id ON card (touchpoint_id);

CREATE TABLE emotion (
  id TEXT NOT NULL,
  persona_id TEXT NOT NULL,
  touchpoint_id TEXT NOT NULL,
  value REAL NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(persona_id) REFERENCES persona (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_emotion_persona_id ON emotion (persona_id);

CREATE INDEX ix_emotion_touchpoint_id ON emotion (touchpoint_id);

CREATE TABLE user_story (
  id TEXT NOT NULL,
  touchpoint_id TEXT NOT NULL,
  persona_id TEXT,
  "order" TEXT NOT NULL,
  want TEXT NOT NULL,
  benefit TEXT NOT NULL,
  expectation TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(persona_id) REFERENCES persona (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_user_story_persona_id ON user_story (persona_id);

CREATE INDEX ix_user_story_touchpoint_id ON user_story (touchpoint_id);

CREATE TABLE tag (
  id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE tagging (
  id TEXT NOT NULL,
  tag_id TEXT NOT NULL,
  touchpoint_id TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(tag_id) REFERENCES tag (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_tagging_tag_id ON tagging (tag_id);

CREATE INDEX ix_tagging_touchpoint_id ON tagging (touchpoint_id);

CREATE TABLE note (
  id TEXT NOT NULL,
  touchpoint_id TEXT,
  text TEXT NOT NULL,
  author TEXT NOT NULL,
  resolved INTEGER NOT NULL CHECK (resolved IN (0, 1)),
  PRIMARY KEY (id),
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_note_touchpoint_id ON note (touchpoint_id);

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

CREATE INDEX ix_attachment_lane_id ON attachment (lane_id);

CREATE INDEX ix_attachment_touchpoint_id ON attachment (touchpoint_id);

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

CREATE INDEX ix_register_entry_touchpoint_id ON register_entry (touchpoint_id);

CREATE TABLE pain_point (
  id TEXT NOT NULL,
  touchpoint_id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  severity INTEGER NOT NULL,
  frequency REAL,
  frequency_low REAL,
  frequency_high REAL,
  frequency_n INTEGER,
  evidence TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_pain_point_touchpoint_id ON pain_point (touchpoint_id);

CREATE TABLE opportunity (
  id TEXT NOT NULL,
  touchpoint_id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_opportunity_touchpoint_id ON opportunity (touchpoint_id);

CREATE TABLE action (
  id TEXT NOT NULL,
  "order" TEXT NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  owner TEXT NOT NULL,
  department_id TEXT,
  opportunity_id TEXT,
  start TEXT NOT NULL,
  due TEXT NOT NULL,
  status TEXT NOT NULL,
  effort INTEGER,
  impact INTEGER,
  cost REAL,
  kpi TEXT NOT NULL,
  kpi_touchpoint_id TEXT,
  expected_low REAL,
  expected_high REAL,
  PRIMARY KEY (id),
  FOREIGN KEY(department_id) REFERENCES department (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(opportunity_id) REFERENCES opportunity (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(kpi_touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_action_department_id ON action (department_id);

CREATE INDEX ix_action_kpi_touchpoint_id ON action (kpi_touchpoint_id);

CREATE INDEX ix_action_opportunity_id ON action (opportunity_id);

CREATE TABLE answer (
  id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  pain_id TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(action_id) REFERENCES action (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(pain_id) REFERENCES pain_point (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_answer_action_id ON answer (action_id);

CREATE INDEX ix_answer_pain_id ON answer (pain_id);

CREATE TABLE dismissal (
  id TEXT NOT NULL,
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE check_answer (
  id TEXT NOT NULL,
  touchpoint_id TEXT,
  questionnaire TEXT NOT NULL,
  question TEXT NOT NULL,
  respondent TEXT NOT NULL,
  score INTEGER,
  PRIMARY KEY (id),
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_check_answer_touchpoint_id ON check_answer (touchpoint_id);

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

CREATE INDEX ix_measure_data_set_id ON measure (data_set_id);

CREATE INDEX ix_measure_phase_id ON measure (phase_id);

CREATE INDEX ix_measure_touchpoint_id ON measure (touchpoint_id);

CREATE TABLE kpi_target (
  id TEXT NOT NULL,
  touchpoint_id TEXT,
  phase_id TEXT,
  kpi TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(phase_id) REFERENCES phase (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_kpi_target_phase_id ON kpi_target (phase_id);

CREATE INDEX ix_kpi_target_touchpoint_id ON kpi_target (touchpoint_id);

CREATE TABLE typed_kpi (
  id TEXT NOT NULL,
  touchpoint_id TEXT,
  phase_id TEXT,
  "order" TEXT NOT NULL,
  kpi TEXT NOT NULL,
  name TEXT NOT NULL,
  value REAL NOT NULL,
  low REAL,
  high REAL,
  n INTEGER,
  unit TEXT NOT NULL,
  period TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(phase_id) REFERENCES phase (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_typed_kpi_phase_id ON typed_kpi (phase_id);

CREATE INDEX ix_typed_kpi_touchpoint_id ON typed_kpi (touchpoint_id);

CREATE TABLE quote (
  id TEXT NOT NULL,
  touchpoint_id TEXT,
  data_set_id TEXT,
  persona_id TEXT,
  "order" TEXT NOT NULL,
  text TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(touchpoint_id) REFERENCES touchpoint (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(data_set_id) REFERENCES data_set (id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(persona_id) REFERENCES persona (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_quote_data_set_id ON quote (data_set_id);

CREATE INDEX ix_quote_persona_id ON quote (persona_id);

CREATE INDEX ix_quote_touchpoint_id ON quote (touchpoint_id);

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

CREATE TABLE version (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  time TEXT NOT NULL,
  author TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE meta (
  "key" TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE log (
  seq INTEGER NOT NULL,
  time TEXT NOT NULL,
  author TEXT NOT NULL,
  session TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('new', 'do', 'undo', 'redo')),
  label TEXT NOT NULL,
  "of" INTEGER,
  change TEXT NOT NULL,
  PRIMARY KEY (seq)
)
 STRICT;

CREATE TABLE snapshot (
  version_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  records BLOB NOT NULL,
  PRIMARY KEY (version_id)
)
 STRICT;

CREATE TABLE draft (
  record_id TEXT NOT NULL,
  field TEXT NOT NULL,
  text TEXT NOT NULL,
  time TEXT NOT NULL,
  PRIMARY KEY (record_id, field)
)
 STRICT;

CREATE TABLE cube_block (
  measure_id TEXT NOT NULL,
  segment_column TEXT NOT NULL,
  codes TEXT NOT NULL,
  "values" TEXT NOT NULL,
  cells INTEGER NOT NULL,
  weighted INTEGER NOT NULL CHECK (weighted IN (0, 1)),
  exact INTEGER NOT NULL CHECK (exact IN (0, 1)),
  columns BLOB NOT NULL,
  PRIMARY KEY (measure_id, segment_column)
)
 STRICT;

CREATE TABLE cube_pair (
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  n INTEGER NOT NULL,
  x REAL NOT NULL,
  y REAL NOT NULL,
  xx REAL NOT NULL,
  yy REAL NOT NULL,
  xy REAL NOT NULL,
  PRIMARY KEY (a, b)
)
 STRICT;

CREATE TABLE blob (
  hash TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (hash)
)
 STRICT;
