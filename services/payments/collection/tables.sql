-- What gateways have given the operator, sealed; written by partition 0.
create table gateway_row (
    partition      integer not null,
    gateway        text    not null,
    secret         text    not null,
    webhook_secret text    not null,
    base_url       text    not null,
    merchant       text    not null,
    callback_url   text    not null,
    primary key (partition, gateway)
);

-- Collections through gateways, written by the partition of the account. `claim` names the process that calls.
create table collection_row (
    partition     integer not null,
    collection_id text    not null,
    account_id    text    not null,
    invoice_id    text,
    method_id     text    not null,
    gateway       text    not null,
    details       text    not null,
    currency      text    not null,
    amount        numeric not null,
    status        text    not null,
    attempts      bigint  not null,
    due_at        timestamptz,
    claim         text    not null,
    outcome       text    not null,
    reference     text    not null,
    code          text    not null,
    action_url    text    not null,
    pay_to        jsonb,
    return_url    text    not null,
    stopping      text    not null,
    late          boolean not null,
    statement_key text    not null,
    asked_at      timestamptz not null,
    moved_at      timestamptz not null,
    told_at       timestamptz,
    primary key (partition, collection_id)
);
create index collection_row_id on collection_row (collection_id);
create index collection_row_account on collection_row (account_id, asked_at);
create index collection_row_asked on collection_row (asked_at, collection_id);
create index collection_row_due on collection_row (partition, due_at) where status = 'waiting';
create index collection_row_calling on collection_row (partition, collection_id) where status = 'calling';
create index collection_row_pending on collection_row (partition, collection_id) where status = 'pending';
create index collection_row_statement on collection_row (statement_key);
create index collection_row_invoice on collection_row (partition, invoice_id) where invoice_id is not null;
create index collection_row_gateway on collection_row (gateway, moved_at);
create index collection_row_told on collection_row (gateway, told_at) where told_at is not null;
create index collection_row_failed on collection_row (partition, invoice_id) where status = 'failed';
create index collection_row_late on collection_row (asked_at) where late;
