-- One PostgreSQL is enough for a cell of stations. Where tables are to be spread over several servers, these statements
-- do it, once, on a database that is migrated to the newest step, before the first desk is enrolled. They are not part
-- of the migrations, since they need the extension Citus. Station-owned tables lie together by station, those of a
-- parcel's life by waybill; what all need stands on every server. The order counts.

-- Everywhere.
SELECT create_reference_table('station');
SELECT create_reference_table('desk');
SELECT create_reference_table('dead_secret');
SELECT create_reference_table('enrolment_code');
SELECT create_reference_table('reference_version');
SELECT create_reference_table('epoch');
SELECT create_reference_table('customer');
SELECT create_reference_table('customer_older');

-- By station.
SELECT create_distributed_table('cursor', 'station_id');
SELECT create_distributed_table('op_log', 'station_id', colocate_with => 'cursor');
SELECT create_distributed_table('arrival', 'station_id', colocate_with => 'cursor');
SELECT create_distributed_table('issued_again', 'station_id', colocate_with => 'cursor');
SELECT create_distributed_table('parked', 'station_id', colocate_with => 'cursor');
SELECT create_distributed_table('waybill', 'station_id', colocate_with => 'cursor');
SELECT create_distributed_table('early_scan', 'station_id', colocate_with => 'cursor');
SELECT create_distributed_table('bag', 'station_id', colocate_with => 'cursor');
SELECT create_distributed_table('proof', 'station_id', colocate_with => 'cursor');
SELECT create_distributed_table('photograph', 'station_id', colocate_with => 'cursor');

-- By waybill.
SELECT create_distributed_table('interest', 'waybill');
SELECT create_distributed_table('parcel_event', 'waybill', colocate_with => 'interest');

-- What is left stays where the service connects: number_space and number_range, since no range may overlap another in
-- the whole network; feed_pending, feed_item and the other tables of the feeds, which one sequencer numbers; incident and
-- what belongs to headquarters' own people.
