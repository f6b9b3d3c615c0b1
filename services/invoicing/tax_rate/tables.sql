-- What jurisdictions take of which products. A rate that was deleted has `deleted_at`, and its row until its id is given again.
create table tax_rate_row (
    partition         integer     not null,
    rate_id           text        not null,
    jurisdiction_id   text        not null,
    tax               text        not null,
    product_tax_class text        not null,
    kind              text        not null,
    rate              numeric     not null,
    category          text        not null,
    effective_from    date        not null,
    effective_to      date,
    share             numeric     not null,
    includes          jsonb       not null,
    replaces          jsonb       not null,
    applies_where     text        not null,
    reason            text,
    version           integer     not null,
    defined_at        timestamptz not null,
    deleted_at        timestamptz,
    primary key (partition, rate_id)
);
create index tax_rate_by_id on tax_rate_row (rate_id);
create index tax_rate_by_jurisdiction on tax_rate_row (jurisdiction_id, rate_id);
