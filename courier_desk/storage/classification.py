"""Every column of every table: personal or not. Masks, log scrubbing, audit, export and erasure are driven by it.

A column that is not here fails a test: whoever adds one decides what it is.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class DataClass(StrEnum):
    """What a column says about a person."""

    PLAIN = "plain"
    # Name, telephone, street: masked on lists, erased when its time is over.
    PERSONAL = "personal"
    # Numbers of identity papers, kept masked or as a keyed hash.
    IDENTITY = "identity"
    # What people wrote: may hold anything, so treated as personal.
    FREE_TEXT = "free_text"
    # Hashes of passwords and answers: never leave the database.
    SECRET = "secret"  # noqa: S105  the name of a class


_HOUSE = "station_id desk_id row_version business_date"
_PARTY = "name phone company street detail"
_PARTY_PLACE = "province city district postcode division country"


def _of_party(who: str, parts: str) -> str:
    return " ".join(f"{who}_{part}" for part in parts.split())


_P, _PERSONAL, _IDENTITY, _FREE, _SECRET = DataClass

_CLASSES: Mapping[str, Mapping[DataClass, str]] = {
    "installation": {_P: "id database_id created_at"},
    "station": {
        _P: "station_id code name company kind number_prefix hotline zone currency division_code routing_code "
        "row_version"
    },
    "desk": {_P: "desk_id station_id name incarnation enrolled_at is_own row_version"},
    "counters": {_P: "name value"},
    # The set of people holds names of staff; its payload is treated as a whole.
    "reference_set": {_P: "kind version valid_from valid_until digest received_at", _PERSONAL: "payload"},
    "audit": {
        _P: "seq at business_date station_id desk_id session_id operator_id role action entity entity_id digest hash"
    },
    "audit_payload": {_P: "seq erased_at", _PERSONAL: "payload"},
    "outbox": {_P: "incarnation seq op_id kind entity_id at digest hash acknowledged_at", _PERSONAL: "body"},
    "orders": {
        _P: f"row id number source customer_id visit_id {_of_party('sender', _PARTY_PLACE)} "
        f"{_of_party('recipient', _PARTY_PLACE)} service marks declared_value_fen cod_fen payer pay_way tendered_fen "
        "change_fen total_fen currency chargeable_g routing_code package_centre line accepted_at promised_at "
        f"operator_id tariff_version pieces weight_g status {_HOUSE}",
        _PERSONAL: f"{_of_party('sender', _PARTY)} {_of_party('recipient', _PARTY)} operator_name",
        _FREE: "note void_reason",
    },
    "waybill": {_P: f"number order_id serial void {_HOUSE}"},
    "parcel": {
        _P: "id order_id waybill number piece status inspected void weight_g length_mm width_mm height_mm destination "
        f"line bag_id manifest_id {_HOUSE}"
    },
    "goods": {_P: f"order_id position quantity value_fen currency {_HOUSE}", _FREE: "name"},
    "charge": {_P: f"order_id position kind line amount_fen currency {_HOUSE}"},
    "payment": {_P: f"id order_id kind pay_way amount_fen currency paid_at operator_id {_HOUSE}", _FREE: "reason"},
    "inspection": {
        _P: f"order_id contents_seen restricted_confirmed identity_kind visit_id seen_at {_HOUSE}",
        _IDENTITY: "identity_masked identity_hash",
        _FREE: "remark",
    },
    "refusal": {_P: f"id action refused_at operator_id {_HOUSE}", _FREE: "reason remark"},
    "customer": {
        _P: f"id {_PARTY_PLACE} usual_service usual_payer usual_pay_way usual_weight_g orders identity_kind {_HOUSE}",
        _PERSONAL: _PARTY,
        _IDENTITY: "identity_masked identity_hash",
        _FREE: "usual_goods",
    },
    "customer_recipient": {_P: f"customer_id {_PARTY_PLACE} used_at times {_HOUSE}", _PERSONAL: _PARTY},
    "bag": {
        _P: f"id tag destination line state pieces weight_g seal opened_at sealed_at manifest_id {_HOUSE}",
    },
    "seal": {_P: f"number bag_id {_HOUSE}"},
    "manifest": {
        _P: f"id number line state opened_at closed_at supplement_of digest {_HOUSE}",
        _PERSONAL: "plate driver",
        _FREE: "differences",
    },
    "manifest_item": {_P: f"manifest_id position number is_bag destination pieces weight_g {_HOUSE}", _FREE: "remark"},
    "scan_event": {
        _P: f"row id number waybill operation outcome device keyed scanned_at bag_id manifest_id operator_id {_HOUSE}",
        _PERSONAL: "operator_name",
        # A code that was not ours can be anything that somebody printed.
        _FREE: "text reason",
    },
    "print_job": {
        _P: f"seq id kind subject printer state copy error operator_id created_at changed_at {_HOUSE}",
        _FREE: "reason",
    },
    "draft": {_P: f"id owner_id page saved_at {_HOUSE}", _FREE: "title body"},
    "approval": {_P: f"id kind digest grade asker_id approver_id given_at used_at {_HOUSE}"},
    "number_block": {_P: f"id prefix first last next {_HOUSE}"},
    "session": {_P: f"id operator_id opened_at closed_at {_HOUSE}"},
    "operator_login": {
        _P: f"operator_id must_change failures last_failure_at changed_at {_HOUSE}",
        _SECRET: "password_hash answer_hash",
        _FREE: "question",
    },
    # What the find functions look through: names, telephones, addresses.
    "find_trigram": {_PERSONAL: "words"},
    "find_unigram": {_PERSONAL: "words"},
    "applied": {_P: "op_id"},
    "kept_aside": {_P: "op_id origin kind entity_id reason kept_at", _PERSONAL: "body"},
    "voided": {_P: "order_id at operator_id"},
    "recalled_operation": {_P: "op_id incarnation seq kind entity_id digest epoch kept_at", _PERSONAL: "body"},
    "history": {_P: "id mark done total more since"},
    "hq_link": {
        _P: "id address station_id desk_id incarnation epoch feed_after cursor machine state reason joined_at "
        "prove_from counted_incarnation counted_seq alarm alarm_at log_from",
        _SECRET: "secret",
    },
    "entering": {_P: "id incarnation former epoch whole missing blocks_burnt tail total done seen"},
    "entering_part": {_P: "incarnation acknowledged common after last lost_after"},
    "dead_incarnation": {_P: "incarnation cursor chain ended_at"},
    "refused_operation": {
        _P: "op_id incarnation seq kind entity_id reason refused_at settled_at settled_how",
        _FREE: "text settled_text",
    },
    # The entity of news on a customer is a telephone number.
    "kept_item": {_P: "epoch n kind op_id station at why text kept_at", _PERSONAL: "about body"},
    "inbound_order": {
        _P: "waybill order_id op_id origin_station origin_desk routing_code service pieces accepted_at void told_at",
        _PERSONAL: "recipient_name recipient_phone sender_phone body",
        _FREE: "void_reason",
    },
    "inbound_parcel": {_P: "number waybill piece weight_g status destination line status_at"},
    "remote_event": {_P: "row op_id waybill number at station place operation outcome", _FREE: "remark"},
    "lease_request": {_P: "request_id incarnation prefix wanted asked_at lease_id answered_at"},
    "proof": {_P: "business_date state agreed_at answered_at ours theirs"},
    "proof_tally": {_P: "business_date kind count digest"},
    "customer_field": {_P: "field at op_id", _PERSONAL: "phone"},
    "customer_older": {_P: "row field at op_id", _PERSONAL: "phone former"},
    "former_password": {_P: f"operator_id {_HOUSE}", _SECRET: "password_hash"},
}  # fmt: skip

_OF: Mapping[tuple[str, str], DataClass] = {
    (table, column): kind
    for table, kinds in _CLASSES.items()
    for kind, columns in kinds.items()
    for column in columns.split()
}


def class_of(table: str, column: str) -> DataClass:
    """The class of a column. Errors: KeyError for one that nobody classed."""
    return _OF[table, column]


def personal_columns(table: str) -> tuple[str, ...]:
    """The columns of ``table`` that are masked on lists and erased when their time is over."""
    return tuple(column for (owner, column), kind in _OF.items() if owner == table and kind is not DataClass.PLAIN)


def log_keys() -> frozenset[str]:
    """Every name under which a personal value could reach the log; for ``add_personal_keys``."""
    return frozenset(column for (_table, column), kind in _OF.items() if kind is not DataClass.PLAIN)


def unclassed(columns: Iterable[tuple[str, str]]) -> set[str]:
    """Those of ``columns`` (table, column) that nobody classed, as ``table.column``."""
    return {f"{table}.{column}" for table, column in columns if (table, column) not in _OF}


def without_column(columns: Iterable[tuple[str, str]]) -> set[str]:
    """What is classed here and is in no table any more."""
    return {f"{table}.{column}" for table, column in _OF.keys() - set(columns)}
