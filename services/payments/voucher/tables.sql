-- Redemptions of vouchers, written by the partition of the batch.
create table voucher_redemption_row (
    partition     integer not null,
    redemption_id text    not null,
    serial        text    not null,
    batch_id      text    not null,
    account_id    text    not null,
    currency      text    not null,
    amount        numeric not null,
    status        text    not null,
    payment_id    text,
    credit_id     text,
    expires_on    date,
    code          text    not null,
    detail        text    not null,
    redeemed_by   text,
    claimed_at    timestamptz not null,
    settled_at    timestamptz,
    primary key (partition, redemption_id)
);
create index voucher_redemption_row_id on voucher_redemption_row (redemption_id);
create index voucher_redemption_row_account on voucher_redemption_row (account_id, claimed_at);
create index voucher_redemption_row_batch on voucher_redemption_row (batch_id, claimed_at);
create index voucher_redemption_row_claimed on voucher_redemption_row (claimed_at, redemption_id);
