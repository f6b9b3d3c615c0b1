-- Numbering series with their last number, written by the partition of the series.
create table numbering_series_row (
    partition      integer not null,
    series_id      text    not null,
    kind           text    not null,
    legal_entity   text    not null,
    pattern        text    not null,
    reset          text    not null,
    last           bigint  not null,
    last_number    text,
    last_issued_on date,
    primary key (partition, series_id)
);
create index numbering_series_row_id on numbering_series_row (series_id);
