-- The chain of each numbering series, written by the partition of the series; link.py says what is hashed.

create table document_link (
    partition   integer not null,
    series_id   text    not null,
    n           bigint  not null,
    number      text    not null,
    issued_on   date    not null,
    kind        text    not null,
    document_id text    not null,
    content     text,
    inputs      text,
    previous    text,
    hash        text,
    primary key (partition, series_id, n)
);
create index document_link_series on document_link (series_id, n);
