-- What each source did, by the hour of the day of `recorded_at`: the latest such hour (rows.py). Bit n of `minutes`
-- stands for minute n.
create table source_activity (
    partition      integer     not null,
    source         text        not null,
    hour_of_day    bigint      not null,
    hour           timestamptz not null,
    first_seen     timestamptz not null,
    last_seen      timestamptz not null,
    records        bigint      not null,
    duplicates     bigint      not null,
    conflicts      bigint      not null,
    malformed      bigint      not null,
    late           bigint      not null,
    quarantined    bigint      not null,
    minutes        bigint      not null,
    least_delay_us bigint,
    primary key (partition, source, hour_of_day)
);
create index source_activity_by_source on source_activity (source);
