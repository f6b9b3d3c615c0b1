-- Letters of dunning, written by the partition of their account. `name` and `details` are sealed;
-- `seller` and `issuer` are null where the operator writes.
create table dunning_letter_row (
    partition    integer     not null,
    letter_id    text        not null,
    account_id   text        not null,
    number       text        not null,
    case_id      text        not null,
    letters      jsonb       not null,
    currency     text        not null,
    overdue      numeric     not null,
    since        date        not null,
    days_overdue integer     not null,
    written_on   date        not null,
    details      text,
    seller       text,
    name         text,
    issuer       jsonb,
    legal_entity text,
    written_at   timestamptz not null,
    primary key (partition, letter_id)
);
create index dunning_letter_row_id on dunning_letter_row (letter_id);
