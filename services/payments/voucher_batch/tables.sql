-- Batches of vouchers, written by the partition of the batch. `redeemed` and `voided` count single vouchers; the rest is
-- as the batch is.
create table voucher_batch_row (
    partition        integer not null,
    batch_id         text    not null,
    prefix           text    not null,
    seller           text    not null,
    seller_reference text    not null,
    currency         text    not null,
    amount           numeric not null,
    count            bigint  not null,
    filled           bigint  not null,
    redeemed         bigint  not null,
    voided           bigint  not null,
    valid_from       date,
    valid_until      date,
    credit_days      bigint,
    status           text    not null,
    reason           text    not null,
    created_by       text,
    created_at       timestamptz not null,
    activated_at     timestamptz,
    ended_at         timestamptz,
    version          bigint  not null,
    primary key (partition, batch_id)
);
create index voucher_batch_row_id on voucher_batch_row (batch_id);
create index voucher_batch_row_created on voucher_batch_row (created_at, batch_id);
create index voucher_batch_row_seller on voucher_batch_row (seller, created_at);

-- Single vouchers. `own` is what became of this one (claimed, redeemed, void); empty: as its batch is.
create table voucher_row (
    partition  integer not null,
    serial     text    not null,
    batch_id   text    not null,
    n          bigint  not null,
    code_hash  text    not null,
    own        text    not null,
    changed_at timestamptz not null,
    primary key (partition, serial)
);
create index voucher_row_serial on voucher_row (serial);
create index voucher_row_code on voucher_row (code_hash);
create index voucher_row_batch on voucher_row (batch_id, n);
