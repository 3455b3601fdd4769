"""The tables of version 1 as they were made: frozen, so that old files stay what they are. Statements are parted by an
empty line."""

STATEMENTS = """
CREATE TABLE installation (id INTEGER NOT NULL CONSTRAINT ck_installation_one_row CHECK (id = 1), database_id TEXT NOT
  NULL, created_at TEXT NOT NULL, CONSTRAINT pk_installation PRIMARY KEY (id)) STRICT

CREATE TABLE station (station_id TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, company TEXT NOT NULL, kind
  TEXT NOT NULL CONSTRAINT ck_station_kind CHECK (kind IN ('live', 'sample', 'training')), number_prefix TEXT NOT
  NULL, hotline TEXT DEFAULT '' NOT NULL, zone TEXT DEFAULT 'Asia/Shanghai' NOT NULL, currency TEXT DEFAULT 'CNY' NOT
  NULL, division_code TEXT DEFAULT '' NOT NULL, routing_code TEXT DEFAULT '' NOT NULL, row_version INTEGER DEFAULT 1
  NOT NULL, CONSTRAINT pk_station PRIMARY KEY (station_id)) WITHOUT ROWID, STRICT

CREATE TRIGGER refuse_update_station BEFORE UPDATE OF station_id, kind, number_prefix ON station BEGIN SELECT
  RAISE(ABORT, 'update of station is refused'); END

CREATE TRIGGER refuse_delete_station BEFORE DELETE ON station BEGIN SELECT RAISE(ABORT,
  'delete of station is refused'); END

CREATE TABLE counters (name TEXT NOT NULL, value INTEGER NOT NULL, CONSTRAINT pk_counters PRIMARY KEY (name)) WITHOUT
  ROWID, STRICT

CREATE TRIGGER refuse_update_counters BEFORE UPDATE ON counters WHEN NEW.value < OLD.value OR NEW.name <> OLD.name
  BEGIN SELECT RAISE(ABORT, 'update of counters is refused'); END

CREATE TRIGGER refuse_delete_counters BEFORE DELETE ON counters BEGIN SELECT RAISE(ABORT,
  'delete of counters is refused'); END

CREATE TABLE reference_set (kind TEXT NOT NULL, version INTEGER NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT,
  digest BLOB NOT NULL, payload BLOB NOT NULL, received_at TEXT NOT NULL, CONSTRAINT pk_reference_set PRIMARY KEY
  (kind, version)) STRICT

CREATE TRIGGER refuse_update_reference_set BEFORE UPDATE ON reference_set BEGIN SELECT RAISE(ABORT,
  'update of reference_set is refused'); END

CREATE TRIGGER refuse_delete_reference_set BEFORE DELETE ON reference_set BEGIN SELECT RAISE(ABORT,
  'delete of reference_set is refused'); END

CREATE TABLE audit (seq INTEGER NOT NULL, at TEXT NOT NULL, business_date TEXT NOT NULL, station_id TEXT NOT NULL,
  desk_id TEXT NOT NULL, session_id TEXT NOT NULL, operator_id TEXT NOT NULL, role TEXT NOT NULL, action TEXT NOT
  NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL, digest BLOB NOT NULL, hash BLOB NOT NULL, CONSTRAINT pk_audit
  PRIMARY KEY (seq)) STRICT

CREATE INDEX ix_audit_entity_id ON audit (entity_id)

CREATE TRIGGER refuse_update_audit BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'update of audit is refused'); END

CREATE TRIGGER refuse_delete_audit BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'delete of audit is refused'); END

CREATE TRIGGER refuse_insert_audit BEFORE INSERT ON audit WHEN NEW.seq <= (SELECT max(seq) FROM audit) BEGIN SELECT
  RAISE(ABORT, 'insert of audit is refused'); END

CREATE TABLE outbox (incarnation INTEGER NOT NULL, seq INTEGER NOT NULL, op_id TEXT NOT NULL, kind TEXT NOT NULL,
  entity_id TEXT NOT NULL, at TEXT NOT NULL, body BLOB NOT NULL, digest BLOB NOT NULL, hash BLOB NOT NULL,
  acknowledged_at TEXT, CONSTRAINT pk_outbox PRIMARY KEY (incarnation, seq), CONSTRAINT uq_outbox_op_id UNIQUE
  (op_id)) STRICT

CREATE TRIGGER refuse_update_outbox BEFORE UPDATE OF incarnation, seq, op_id, kind, entity_id, at, body, digest, hash
  ON outbox BEGIN SELECT RAISE(ABORT, 'update of outbox is refused'); END

CREATE TRIGGER refuse_delete_outbox BEFORE DELETE ON outbox WHEN OLD.acknowledged_at IS NULL BEGIN SELECT RAISE(ABORT,
  'delete of outbox is refused'); END

CREATE INDEX ix_outbox_waiting ON outbox (incarnation, seq) WHERE acknowledged_at IS NULL

CREATE TABLE scan_event ("row" INTEGER NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL, number TEXT NOT NULL, waybill
  TEXT NOT NULL, operation TEXT NOT NULL, outcome TEXT NOT NULL, device TEXT NOT NULL, keyed INTEGER NOT NULL,
  scanned_at TEXT NOT NULL, bag_id TEXT NOT NULL, manifest_id TEXT NOT NULL, reason TEXT NOT NULL, operator_id TEXT
  NOT NULL, operator_name TEXT NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT
  1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_scan_event PRIMARY KEY ("row"), CONSTRAINT uq_scan_event_id
  UNIQUE (id)) STRICT

CREATE INDEX ix_scan_number ON scan_event (number, operation)

CREATE INDEX ix_scan_waybill ON scan_event (waybill, scanned_at)

CREATE TRIGGER refuse_update_scan_event BEFORE UPDATE ON scan_event BEGIN SELECT RAISE(ABORT,
  'update of scan_event is refused'); END

CREATE TRIGGER refuse_delete_scan_event BEFORE DELETE ON scan_event BEGIN SELECT RAISE(ABORT,
  'delete of scan_event is refused'); END

CREATE TABLE bag (id TEXT NOT NULL, tag TEXT NOT NULL, destination TEXT NOT NULL, line TEXT NOT NULL, state TEXT NOT
  NULL, pieces INTEGER NOT NULL, weight_g INTEGER NOT NULL, seal TEXT NOT NULL, opened_at TEXT NOT NULL, sealed_at
  TEXT, manifest_id TEXT, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL,
  business_date TEXT NOT NULL, CONSTRAINT pk_bag PRIMARY KEY (id), CONSTRAINT uq_bag_tag UNIQUE (tag)) STRICT

CREATE INDEX ix_bag_manifest ON bag (manifest_id) WHERE manifest_id IS NOT NULL

CREATE INDEX ix_bag_line ON bag (line, state)

CREATE UNIQUE INDEX ux_bag_seal ON bag (seal) WHERE seal != ''

CREATE TABLE manifest (id TEXT NOT NULL, number TEXT NOT NULL, line TEXT NOT NULL, state TEXT NOT NULL, plate TEXT NOT
  NULL, driver TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT, differences TEXT NOT NULL, supplement_of TEXT
  NOT NULL, digest TEXT NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT
  NULL, business_date TEXT NOT NULL, CONSTRAINT pk_manifest PRIMARY KEY (id), CONSTRAINT uq_manifest_number UNIQUE
  (number)) STRICT

CREATE INDEX ix_manifest_day ON manifest (business_date, line)

CREATE TRIGGER refuse_update_manifest BEFORE UPDATE ON manifest WHEN OLD.state = 'closed' BEGIN SELECT RAISE(ABORT,
  'update of manifest is refused'); END

CREATE TRIGGER refuse_delete_manifest BEFORE DELETE ON manifest BEGIN SELECT RAISE(ABORT,
  'delete of manifest is refused'); END

CREATE TABLE print_job (seq INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, printer
  TEXT NOT NULL, state TEXT NOT NULL, copy INTEGER NOT NULL, reason TEXT NOT NULL, error TEXT NOT NULL, operator_id
  TEXT NOT NULL, created_at TEXT NOT NULL, changed_at TEXT NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL,
  row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_print_job PRIMARY KEY (seq),
  CONSTRAINT uq_print_job_id UNIQUE (id)) STRICT

CREATE INDEX ix_print_job_subject ON print_job (subject)

CREATE INDEX ix_print_job_state ON print_job (state, printer, seq)

CREATE TABLE orders ("row" INTEGER NOT NULL, id TEXT NOT NULL, number TEXT NOT NULL, source TEXT NOT NULL, customer_id
  TEXT, visit_id TEXT, sender_name TEXT NOT NULL, sender_phone TEXT NOT NULL, sender_company TEXT NOT NULL,
  sender_province TEXT NOT NULL, sender_city TEXT NOT NULL, sender_district TEXT NOT NULL, sender_street TEXT NOT
  NULL, sender_detail TEXT NOT NULL, sender_postcode TEXT NOT NULL, sender_division TEXT NOT NULL, sender_country TEXT
  NOT NULL, recipient_name TEXT NOT NULL, recipient_phone TEXT NOT NULL, recipient_company TEXT NOT NULL,
  recipient_province TEXT NOT NULL, recipient_city TEXT NOT NULL, recipient_district TEXT NOT NULL, recipient_street
  TEXT NOT NULL, recipient_detail TEXT NOT NULL, recipient_postcode TEXT NOT NULL, recipient_division TEXT NOT NULL,
  recipient_country TEXT NOT NULL, service TEXT NOT NULL, marks TEXT NOT NULL, declared_value_fen INTEGER NOT NULL,
  cod_fen INTEGER NOT NULL, payer TEXT NOT NULL, pay_way TEXT NOT NULL, tendered_fen INTEGER, change_fen INTEGER NOT
  NULL, total_fen INTEGER NOT NULL, currency TEXT NOT NULL, chargeable_g INTEGER NOT NULL, routing_code TEXT NOT NULL,
  package_centre TEXT NOT NULL, line TEXT NOT NULL, note TEXT NOT NULL, accepted_at TEXT NOT NULL, promised_at TEXT,
  operator_id TEXT NOT NULL, operator_name TEXT NOT NULL, tariff_version INTEGER NOT NULL, pieces INTEGER NOT NULL,
  weight_g INTEGER NOT NULL, status TEXT NOT NULL, void_reason TEXT NOT NULL, station_id TEXT NOT NULL, desk_id TEXT
  NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_orders PRIMARY KEY
  ("row"), CONSTRAINT uq_orders_id UNIQUE (id), CONSTRAINT uq_orders_number UNIQUE (number)) STRICT

CREATE INDEX ix_orders_recipient_phone ON orders (recipient_phone)

CREATE INDEX ix_orders_status ON orders (status)

CREATE INDEX ix_orders_day ON orders (business_date)

CREATE INDEX ix_orders_accepted ON orders (accepted_at)

CREATE INDEX ix_orders_customer ON orders (customer_id)

CREATE INDEX ix_orders_sender_phone ON orders (sender_phone)

CREATE VIRTUAL TABLE find_trigram USING fts5(words, content='', contentless_delete=1, tokenize='trigram')

CREATE VIRTUAL TABLE find_unigram USING fts5(words, content='', contentless_delete=1, tokenize='unicode61')

CREATE TABLE refusal (id TEXT NOT NULL, reason TEXT NOT NULL, action TEXT NOT NULL, remark TEXT NOT NULL, refused_at
  TEXT NOT NULL, operator_id TEXT NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER
  DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_refusal PRIMARY KEY (id)) STRICT

CREATE TABLE operator_login (operator_id TEXT NOT NULL, password_hash TEXT NOT NULL, must_change INTEGER NOT NULL,
  failures INTEGER NOT NULL, last_failure_at TEXT, changed_at TEXT, question TEXT NOT NULL, answer_hash TEXT NOT NULL,
  station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT
  NULL, CONSTRAINT pk_operator_login PRIMARY KEY (operator_id)) STRICT

CREATE TABLE former_password (operator_id TEXT NOT NULL, password_hash TEXT NOT NULL, station_id TEXT NOT NULL,
  desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT
  pk_former_password PRIMARY KEY (operator_id, password_hash)) STRICT

CREATE TABLE session (id TEXT NOT NULL, operator_id TEXT NOT NULL, opened_at TEXT NOT NULL, closed_at TEXT, station_id
  TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT NULL,
  CONSTRAINT pk_session PRIMARY KEY (id)) STRICT

CREATE INDEX ix_session_operator_id ON session (operator_id)

CREATE TABLE approval (id TEXT NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL, grade INTEGER NOT NULL, asker_id
  TEXT NOT NULL, approver_id TEXT NOT NULL, given_at TEXT NOT NULL, used_at TEXT, station_id TEXT NOT NULL, desk_id
  TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_approval PRIMARY
  KEY (id)) STRICT

CREATE TABLE customer (id TEXT NOT NULL, phone TEXT NOT NULL, name TEXT NOT NULL, company TEXT NOT NULL, province TEXT
  NOT NULL, city TEXT NOT NULL, district TEXT NOT NULL, street TEXT NOT NULL, detail TEXT NOT NULL, postcode TEXT NOT
  NULL, division TEXT NOT NULL, country TEXT NOT NULL, usual_service TEXT NOT NULL, usual_goods TEXT NOT NULL,
  usual_payer TEXT NOT NULL, usual_pay_way TEXT NOT NULL, usual_weight_g INTEGER NOT NULL, orders INTEGER NOT NULL,
  identity_masked TEXT NOT NULL, identity_kind TEXT NOT NULL, identity_hash TEXT NOT NULL, station_id TEXT NOT NULL,
  desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_customer
  PRIMARY KEY (id), CONSTRAINT uq_customer_phone UNIQUE (phone)) STRICT

CREATE INDEX ix_customer_name ON customer (name)

CREATE TABLE customer_recipient (customer_id TEXT NOT NULL, phone TEXT NOT NULL, detail TEXT NOT NULL, name TEXT NOT
  NULL, company TEXT NOT NULL, province TEXT NOT NULL, city TEXT NOT NULL, district TEXT NOT NULL, street TEXT NOT
  NULL, postcode TEXT NOT NULL, division TEXT NOT NULL, country TEXT NOT NULL, used_at TEXT NOT NULL, times INTEGER
  NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL, business_date
  TEXT NOT NULL, CONSTRAINT pk_customer_recipient PRIMARY KEY (customer_id, phone, detail)) WITHOUT ROWID, STRICT

CREATE TABLE draft (id TEXT NOT NULL, owner_id TEXT NOT NULL, page TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT
  NULL, saved_at TEXT NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT
  NULL, business_date TEXT NOT NULL, CONSTRAINT pk_draft PRIMARY KEY (id)) STRICT

CREATE INDEX ix_draft_owner_id ON draft (owner_id)

CREATE TABLE number_block (id TEXT NOT NULL, prefix TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, next
  INTEGER NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL,
  business_date TEXT NOT NULL, CONSTRAINT pk_number_block PRIMARY KEY (id)) STRICT

CREATE UNIQUE INDEX ux_number_block_first ON number_block (prefix, first)

CREATE TABLE desk (desk_id TEXT NOT NULL, station_id TEXT NOT NULL, name TEXT NOT NULL, incarnation INTEGER NOT NULL
  CONSTRAINT ck_desk_incarnation CHECK (incarnation > 0), enrolled_at TEXT NOT NULL, is_own INTEGER NOT NULL,
  row_version INTEGER DEFAULT 1 NOT NULL, CONSTRAINT pk_desk PRIMARY KEY (desk_id), CONSTRAINT fk_desk_station_id
  FOREIGN KEY(station_id) REFERENCES station (station_id)) WITHOUT ROWID, STRICT

CREATE UNIQUE INDEX uq_desk_own ON desk (is_own) WHERE is_own = 1

CREATE TRIGGER refuse_update_desk BEFORE UPDATE OF desk_id, station_id, incarnation ON desk WHEN NEW.incarnation <=
  OLD.incarnation BEGIN SELECT RAISE(ABORT, 'update of desk is refused'); END

CREATE TABLE audit_payload (seq INTEGER NOT NULL, payload BLOB, erased_at TEXT, CONSTRAINT pk_audit_payload PRIMARY
  KEY (seq), CONSTRAINT fk_audit_payload_seq FOREIGN KEY(seq) REFERENCES audit (seq)) STRICT

CREATE TRIGGER refuse_delete_audit_payload BEFORE DELETE ON audit_payload BEGIN SELECT RAISE(ABORT,
  'delete of audit_payload is refused'); END

CREATE TRIGGER refuse_insert_audit_payload BEFORE INSERT ON audit_payload WHEN EXISTS (SELECT 1 FROM audit_payload
  WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'insert of audit_payload is refused'); END

CREATE TRIGGER refuse_update_audit_payload BEFORE UPDATE ON audit_payload WHEN NEW.seq <> OLD.seq OR NEW.payload IS
  NOT NULL OR NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL BEGIN SELECT RAISE(ABORT,
  'update of audit_payload is refused'); END

CREATE TABLE seal (number TEXT NOT NULL, bag_id TEXT NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL,
  row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_seal PRIMARY KEY (number),
  CONSTRAINT fk_seal_bag_id FOREIGN KEY(bag_id) REFERENCES bag (id)) WITHOUT ROWID, STRICT

CREATE TABLE manifest_item (manifest_id TEXT NOT NULL, position INTEGER NOT NULL, number TEXT NOT NULL, is_bag INTEGER
  NOT NULL, destination TEXT NOT NULL, pieces INTEGER NOT NULL, weight_g INTEGER NOT NULL, remark TEXT NOT NULL,
  station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT
  NULL, CONSTRAINT pk_manifest_item PRIMARY KEY (manifest_id, position), CONSTRAINT fk_manifest_item_manifest_id
  FOREIGN KEY(manifest_id) REFERENCES manifest (id)) WITHOUT ROWID, STRICT

CREATE TRIGGER refuse_insert_manifest_item BEFORE INSERT ON manifest_item WHEN (SELECT state FROM manifest WHERE id =
  NEW.manifest_id) = 'closed' BEGIN SELECT RAISE(ABORT, 'insert of manifest_item is refused'); END

CREATE TRIGGER refuse_update_manifest_item BEFORE UPDATE ON manifest_item WHEN (SELECT state FROM manifest WHERE id =
  OLD.manifest_id) = 'closed' BEGIN SELECT RAISE(ABORT, 'update of manifest_item is refused'); END

CREATE TRIGGER refuse_delete_manifest_item BEFORE DELETE ON manifest_item WHEN (SELECT state FROM manifest WHERE id =
  OLD.manifest_id) = 'closed' BEGIN SELECT RAISE(ABORT, 'delete of manifest_item is refused'); END

CREATE TABLE waybill (number TEXT NOT NULL, order_id TEXT NOT NULL, serial INTEGER NOT NULL, void INTEGER NOT NULL,
  station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT
  NULL, CONSTRAINT pk_waybill PRIMARY KEY (number), CONSTRAINT fk_waybill_order_id FOREIGN KEY(order_id) REFERENCES
  orders (id)) STRICT

CREATE INDEX ix_waybill_order_id ON waybill (order_id)

CREATE TABLE goods (order_id TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, quantity INTEGER NOT NULL,
  value_fen INTEGER NOT NULL, currency TEXT NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version
  INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_goods PRIMARY KEY (order_id, position),
  CONSTRAINT fk_goods_order_id FOREIGN KEY(order_id) REFERENCES orders (id)) WITHOUT ROWID, STRICT

CREATE TABLE charge (order_id TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, line TEXT NOT NULL,
  amount_fen INTEGER NOT NULL, currency TEXT NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version
  INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_charge PRIMARY KEY (order_id, position),
  CONSTRAINT fk_charge_order_id FOREIGN KEY(order_id) REFERENCES orders (id)) WITHOUT ROWID, STRICT

CREATE TABLE payment (id TEXT NOT NULL, order_id TEXT NOT NULL, kind TEXT NOT NULL, pay_way TEXT NOT NULL, amount_fen
  INTEGER NOT NULL, currency TEXT NOT NULL, reason TEXT NOT NULL, paid_at TEXT NOT NULL, operator_id TEXT NOT NULL,
  station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT
  NULL, CONSTRAINT pk_payment PRIMARY KEY (id), CONSTRAINT fk_payment_order_id FOREIGN KEY(order_id) REFERENCES orders
  (id)) STRICT

CREATE INDEX ix_payment_order_id ON payment (order_id)

CREATE TABLE inspection (order_id TEXT NOT NULL, contents_seen INTEGER NOT NULL, restricted_confirmed INTEGER NOT
  NULL, remark TEXT NOT NULL, identity_kind TEXT NOT NULL, identity_masked TEXT NOT NULL, identity_hash TEXT NOT NULL,
  visit_id TEXT NOT NULL, seen_at TEXT NOT NULL, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version INTEGER
  DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_inspection PRIMARY KEY (order_id), CONSTRAINT
  fk_inspection_order_id FOREIGN KEY(order_id) REFERENCES orders (id)) WITHOUT ROWID, STRICT

CREATE INDEX ix_inspection_visit ON inspection (visit_id)

CREATE TABLE parcel (id TEXT NOT NULL, order_id TEXT NOT NULL, waybill TEXT NOT NULL, number TEXT NOT NULL, piece
  INTEGER NOT NULL, status TEXT NOT NULL, inspected INTEGER NOT NULL, void INTEGER NOT NULL, weight_g INTEGER NOT
  NULL, length_mm INTEGER NOT NULL, width_mm INTEGER NOT NULL, height_mm INTEGER NOT NULL, destination TEXT NOT NULL,
  line TEXT NOT NULL, bag_id TEXT, manifest_id TEXT, station_id TEXT NOT NULL, desk_id TEXT NOT NULL, row_version
  INTEGER DEFAULT 1 NOT NULL, business_date TEXT NOT NULL, CONSTRAINT pk_parcel PRIMARY KEY (id), CONSTRAINT
  fk_parcel_order_id FOREIGN KEY(order_id) REFERENCES orders (id), CONSTRAINT fk_parcel_waybill FOREIGN KEY(waybill)
  REFERENCES waybill (number), CONSTRAINT uq_parcel_number UNIQUE (number)) STRICT

CREATE INDEX ix_parcel_loose ON parcel (line) WHERE manifest_id IS NULL AND bag_id IS NULL AND status = 'PICK'

CREATE INDEX ix_parcel_bag ON parcel (bag_id) WHERE bag_id IS NOT NULL

CREATE INDEX ix_parcel_manifest ON parcel (manifest_id) WHERE manifest_id IS NOT NULL

CREATE INDEX ix_parcel_order_id ON parcel (order_id)

CREATE INDEX ix_parcel_waybill ON parcel (waybill)
"""
