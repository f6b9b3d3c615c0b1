-- Charts of accounts, each from a day on; exports of the journal, as they were asked for. Written by partition 0.
create table chart_of_accounts_row (
    partition      integer not null,
    version        integer not null,
    effective_from date    not null,
    terms          jsonb   not null,
    set_at         timestamptz not null,
    set_by         text,
    primary key (partition, version)
);
create table journal_exported_row (
    partition   integer not null,
    n           integer not null,
    export_id   text    not null,
    month       date    not null,
    closes      boolean not null,
    exported_at timestamptz not null,
    exported_by text,
    primary key (partition, n)
);
create index journal_exported_row_id on journal_exported_row (export_id);
