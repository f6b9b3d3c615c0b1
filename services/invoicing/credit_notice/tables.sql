-- Notices of credit, written by the partition of their account. `name` and `details` are sealed;
-- `seller` is null where the operator writes.
create table credit_notice_row (
    partition    integer     not null,
    notice_id    text        not null,
    account_id   text        not null,
    kind         text        not null,
    currency     text        not null,
    amount       numeric     not null,
    threshold    numeric     not null,
    written_on   date        not null,
    name         text        not null,
    details      text,
    seller       jsonb,
    legal_entity text,
    written_at   timestamptz not null,
    primary key (partition, notice_id)
);
create index credit_notice_row_id on credit_notice_row (notice_id);
