-- Coupons, written by partition 0. One that was deleted has `deleted_at`, and its row until its id is given again.
create table coupon_row (
    partition       integer     not null,
    coupon_id       text        not null,
    name            text        not null,
    terms           jsonb       not null,
    redeem_by       date,
    max_redemptions bigint,
    redeemed        bigint      not null,
    version         integer     not null,
    defined_at      timestamptz not null,
    retired_at      timestamptz,
    deleted_at      timestamptz,
    primary key (partition, coupon_id)
);
create index coupon_by_id on coupon_row (coupon_id);
