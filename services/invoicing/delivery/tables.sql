-- Deliveries of issued documents and their attempts, written by the partition of the account; rows.py says what the
-- columns mean. `recipient` is sealed.
create table delivery_row (
    partition     integer     not null,
    delivery_id   text        not null,
    account_id    text        not null,
    document_kind text        not null,
    document_id   text        not null,
    number        text        not null,
    channel       text        not null,
    status        text        not null,
    code          text        not null,
    answer        text        not null,
    attempts      integer     not null,
    automatic     boolean     not null,
    own           boolean     not null,
    resend_of     text,
    batch_id      text,
    asked_at      timestamptz not null,
    due_at        timestamptz,
    sent_at       timestamptz,
    ended_at      timestamptz,
    recipient     text,
    claim         text        not null,
    primary key (partition, delivery_id)
);
create index delivery_row_id on delivery_row (delivery_id);
create index delivery_row_document on delivery_row (document_id, asked_at);
create index delivery_row_account on delivery_row (account_id, asked_at);
create index delivery_row_time on delivery_row (asked_at, delivery_id);
create index delivery_row_status on delivery_row (status, asked_at);
create index delivery_row_batch on delivery_row (batch_id, number) where batch_id is not null;
create index delivery_row_due on delivery_row (partition, channel, due_at) where status = 'waiting';
create index delivery_row_sending on delivery_row (partition, delivery_id) where status = 'sending';

create table delivery_attempt (
    partition   integer     not null,
    delivery_id text        not null,
    n           integer     not null,
    started_at  timestamptz not null,
    ended_at    timestamptz,
    outcome     text,
    code        text        not null,
    answer      text        not null,
    primary key (partition, delivery_id, n)
);
create index delivery_attempt_delivery on delivery_attempt (delivery_id, n);

-- How accounts get their documents, where somebody has said so; addresses are sealed.
create table delivery_preferences (
    partition    integer not null,
    account_id   text    not null,
    email        boolean not null,
    email_to     text,
    webhook      text,
    webhook_gone boolean not null,
    print        boolean not null,
    automatic    boolean not null,
    primary key (partition, account_id)
);
create index delivery_preferences_account on delivery_preferences (account_id);
